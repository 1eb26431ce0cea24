import type { Clock } from '../platform/clock.ts';

interface Deadline {
  readonly clock: Pick<Clock, 'after'>;
  readonly ms: number;
  /** What it rejects with where the time is over. */
  readonly error: () => Error;
}

/** What a promise settles to, if it does within a time. */
export function within<Value>(promise: Promise<Value>, { clock, ms, error }: Deadline): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = clock.after(ms, () => reject(error()));
    promise.then(resolve, reject).finally(() => timer.cancel());
  });
}
