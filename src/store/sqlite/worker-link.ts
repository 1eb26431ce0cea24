import type { Transferable, Worker } from 'node:worker_threads';
import { HookError } from '../../errors.ts';
import type { Clock, Timer } from '../../platform/clock.ts';
import { fromWire, storeError } from './errors.ts';
import type { FromWorker, ToWorker } from './worker-protocol.ts';

export interface WorkerLinkOptions {
  /** Starts the thread; called again after its death. */
  readonly start: () => Worker;
  readonly clock: Clock;
  /** The database's name for people, without its folder. */
  readonly fileName: string;
  readonly onUp?: () => void;
  readonly onDown?: (error: HookError, retryMs: number) => void;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: HookError) => void;
}

/** How long to wait before a thread that died is started again: doubled each time it fails, up to the second number. */
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 30_000;

/**
 * A worker thread as promises. When it dies, what is pending rejects with HOOK_STORE_UNAVAILABLE, and so does at once
 * what is asked until it runs again. It keeps the process alive only while something is pending.
 */
export class WorkerLink {
  readonly #options: WorkerLinkOptions;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #starting: Promise<void> | undefined;
  #retry: Timer | undefined;
  #failures = 0;
  #lastId = 0;
  #error: HookError | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: WorkerLinkOptions) {
    this.#options = options;
  }

  /** Starts the thread for the first time; rejects, and does not try again, if it cannot open its database. */
  open(): Promise<void> {
    return this.#start();
  }

  /** Why requests are rejected at present; undefined = they are not. */
  get error(): HookError | undefined {
    return this.#error;
  }

  request(request: unknown, transfer: readonly Transferable[] = []): Promise<unknown> {
    const worker = this.#worker;
    if (!worker || this.#error) return Promise.reject(this.#error ?? this.#unavailable('is not open'));
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      post(worker, { kind: 'request', id, request }, transfer);
      this.#pending.set(id, { resolve, reject });
      worker.ref();
    });
  }

  /** Lets the thread answer what was asked, close its connection and end. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#retry?.cancel();
    const starting = this.#starting?.catch(() => undefined);
    this.#error = closedError(this.#options.fileName);
    await starting;
    const worker = this.#worker;
    if (!worker) return;
    worker.ref();
    await new Promise<void>((resolve) => {
      worker.once('exit', () => resolve());
      post(worker, { kind: 'close' });
    });
  }

  #start(): Promise<void> {
    const starting = new Promise<void>((resolve, reject) => {
      const worker = this.#options.start();
      let failure: unknown;
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'ready') {
          this.#isUp(worker);
          resolve();
        } else if (message.kind === 'refused') reject(fromWire(message.error));
        else this.#answer(worker, message);
      });
      worker.on('error', (error: unknown) => (failure = error));
      worker.on('messageerror', () => void worker.terminate());
      worker.on('exit', () => {
        const error = this.#unavailable('was lost: its thread ended', failure);
        reject(error);
        this.#isLost(worker, error);
      });
    });
    this.#starting = starting;
    return starting;
  }

  #isUp(worker: Worker): void {
    this.#worker = worker;
    if (this.#closed) return;
    this.#error = undefined;
    worker.unref();
    this.#options.onUp?.();
  }

  #answer(worker: Worker, message: Extract<FromWorker, { id: number }>): void {
    // Not at its start: a thread that dies of each request would be started without a pause.
    this.#failures = 0;
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (this.#pending.size === 0) worker.unref();
    if (message.kind === 'answer') pending?.resolve(message.value);
    else pending?.reject(fromWire(message.error));
  }

  #isLost(worker: Worker, error: HookError): void {
    const wasUp = this.#worker === worker;
    if (wasUp) this.#worker = undefined;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(error);
    if (wasUp) this.#tryAgain(error);
  }

  #tryAgain(error: HookError): void {
    if (this.#closed) return;
    this.#error = error;
    const retryMs = Math.min(FIRST_RETRY_MS * 2 ** this.#failures, LONGEST_RETRY_MS);
    this.#failures += 1;
    this.#options.onDown?.(error, retryMs);
    this.#retry = this.#options.clock.after(retryMs, () => {
      this.#start().catch((failure: unknown) => this.#tryAgain(storeError(failure, this.#options.fileName)));
    });
  }

  #unavailable(what: string, cause?: unknown): HookError {
    const message = `The store ${this.#options.fileName} ${what}.`;
    return new HookError('HOOK_STORE_UNAVAILABLE', message, cause === undefined ? {} : { cause });
  }
}

/** What calls of a closed store reject with. */
export const closedError = (fileName: string): HookError =>
  new HookError('HOOK_STORE_CLOSED', `The store ${fileName} is closed.`);

const post = (worker: Worker, message: ToWorker, transfer: readonly Transferable[] = []): void =>
  worker.postMessage(message, transfer);
