import type { HookError } from '../../errors.ts';
import { GroupCommit, type Outcome } from '../group-commit.ts';
import type { ConnectionInfo } from './connection.ts';
import { fromWire } from './errors.ts';
import type { BatchAnswer, WireOutcome } from './transaction.ts';
import type { WorkerLink } from './worker-link.ts';
import { undoOf, weightOf, withOwnBytes, type Gathered, type WriterCall } from './writer-call.ts';
import type { WriterStore } from './writer-store.ts';
import type { WriterRequest } from './writer-worker.ts';

/** The part of a link that the writer needs. */
export type WriterLink = Pick<WorkerLink, 'request' | 'error'>;

/** The writer's thread as seen from the main one: gathers calls into batches, and knows what a dying thread may have left. */
export class Writer {
  readonly #link: WriterLink;
  readonly #onCommit: (error: HookError | undefined) => void;
  readonly #queue: GroupCommit<Gathered>;
  /** What takes back the calls whose answers a dying thread kept. */
  #lost: WriterCall[] = [];
  #finished: HookError | undefined;
  #callCount = 0;
  #commitCount = 0;

  /** `onCommit` hears of each batch: committed, or why not. */
  constructor(link: WriterLink, onCommit: (error: HookError | undefined) => void) {
    this.#link = link;
    this.#onCommit = onCommit;
    this.#queue = new GroupCommit({ commit: (gathered) => this.#commit(gathered) });
  }

  get counts(): { callCount: number; commitCount: number; waitingCount: number } {
    return {
      callCount: this.#callCount,
      commitCount: this.#commitCount,
      waitingCount: this.#queue.waitingCount,
    };
  }

  /** Asks the live connection. */
  async info(): Promise<ConnectionInfo & { schemaVersion: number }> {
    const request: WriterRequest = { ask: 'info' };
    // The writer's thread is ours, and answers this question with this shape.
    return (await this.#link.request(request)) as ConnectionInfo & { schemaVersion: number };
  }

  /**
   * Takes the write-ahead log into the database now. SQLite does so by itself in the commit that makes a thousand pages full, and was
   * seen to hold that up for 30 ms; after some dozens of pages it takes a third of that.
   */
  async checkpoint(): Promise<void> {
    const request: WriterRequest = { ask: 'checkpoint' };
    await this.#link.request(request);
  }

  /** One call of the store. Bytes are copied before it returns, so that the caller's buffers stay its own. */
  call<Method extends keyof WriterStore>(
    method: Method,
    argument: Parameters<WriterStore[Method]>[0],
  ): ReturnType<WriterStore[Method]> {
    return this.#submit({ method, argument } as WriterCall) as ReturnType<WriterStore[Method]>;
  }

  /** Takes no more calls; waits until every one has its answer, and takes back what a dying thread left. */
  async finish(reason: HookError): Promise<void> {
    this.#finished = reason;
    await this.#queue.drain();
    if (this.#lost.length > 0 && !this.#link.error) await this.#commit([]);
  }

  #submit(call: WriterCall): Promise<unknown> {
    const error = this.#finished ?? this.#link.error;
    if (error) return Promise.reject(error);
    return this.#queue.submit(withOwnBytes(call), weightOf(call));
  }

  async #commit(gathered: readonly Gathered[]): Promise<readonly Outcome[]> {
    const lost = this.#lost;
    const request: WriterRequest = { calls: [...lost, ...gathered.map(({ call }) => call)] };
    const answer = await this.#request(request, gathered);
    if ('failed' in answer) {
      const error = fromWire(answer.failed);
      this.#onCommit(error);
      throw error;
    }
    this.#lost = this.#lost.filter((undo) => !lost.includes(undo));
    this.#callCount += gathered.length;
    this.#commitCount += 1;
    this.#onCommit(undefined);
    return answer.outcomes.slice(lost.length).map(outcomeOf);
  }

  async #request(request: WriterRequest, gathered: readonly Gathered[]): Promise<BatchAnswer> {
    try {
      const transfer = gathered.flatMap((one) => one.transfer);
      // The writer's thread is ours, and answers a batch with this shape.
      return (await this.#link.request(request, transfer)) as BatchAnswer;
    } catch (error) {
      // Nobody knows whether the thread had committed; what its caller was told has failed must neither be delivered nor count as seen.
      this.#lost.push(...gathered.map(({ call }) => undoOf(call)).filter((undo) => undo !== undefined));
      throw error;
    }
  }
}

const outcomeOf = (outcome: WireOutcome): Outcome =>
  'error' in outcome ? { error: fromWire(outcome.error) } : outcome;
