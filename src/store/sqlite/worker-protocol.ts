import type { WireError } from './errors.ts';

/** From the main thread: a request, or the order to let go of everything and end. */
export type ToWorker =
  { readonly kind: 'request'; readonly id: number; readonly request: unknown } | { readonly kind: 'close' };

/** From a worker: first `ready`, or `refused` and its end; then an answer for each request. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'refused'; readonly error: WireError }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: WireError };

/** What a worker of the store is given at its start. */
export interface WorkerSettings {
  readonly file: string;
  /** Epoch ms, for the rows that note when a migration was applied. */
  readonly now: number;
}
