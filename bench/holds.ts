import { Worker, type WorkerOptions } from 'node:worker_threads';

/** How long the writer was at each request, in ms, by what it was. */
export type Holds = Map<string, number[]>;

interface Posted {
  readonly kind: string;
  readonly at: number;
}

type Message =
  | { readonly kind: 'request'; readonly id: number; readonly request: Request }
  | { readonly kind: string; readonly id?: number };
interface Request {
  readonly ask?: string;
  readonly calls?: readonly { readonly method: string }[];
}

/** Starts the store's threads, and notes how long each request keeps the one that writes: whoever comes next waits for that. */
export function watchedWorkers(holds: Holds): (file: URL, options: WorkerOptions) => Worker {
  return (file, options) => {
    const worker = new Worker(file, options);
    if (options.name?.includes('writer')) watch(worker, holds);
    return worker;
  };
}

function watch(worker: Worker, holds: Holds): void {
  const posted = new Map<number, Posted>();
  const post = worker.postMessage.bind(worker);
  worker.postMessage = (message: Message, transfer) => {
    if ('request' in message)
      posted.set(message.id, { kind: kindOf(message.request), at: performance.now() });
    post(message, transfer);
  };
  let freeAt = 0;
  worker.on('message', ({ id = -1 }: Message) => {
    const request = posted.get(id);
    const now = performance.now();
    // It may have been posted while the one before was at work.
    if (request)
      holds.set(request.kind, [...(holds.get(request.kind) ?? []), now - Math.max(request.at, freeAt)]);
    posted.delete(id);
    freeAt = now;
  });
}

function kindOf({ ask, calls = [] }: Request): string {
  if (ask !== undefined) return ask;
  const methods = calls.map(({ method }) => method);
  return methods.find((method) => method === 'prune' || method === 'shrink') ?? 'deliveries';
}
