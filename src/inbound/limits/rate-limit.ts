import type { Clock } from '../../platform/clock.ts';
import { takeOne, waitMs, type Bucket } from '../../platform/token-bucket.ts';

/** Keeps requests to a steady rate, with what fits into one second at once. */
export class RateLimit {
  readonly #clock: Clock;
  readonly #buckets = new WeakMap<object, Bucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes one request of whoever `owner` is: 0 = it may go on; else how long, in ms, until the next one may. */
  take(owner: object, perSecond: number): number {
    if (perSecond <= 0) return 0;
    const pace = { burst: Math.max(perSecond, 1), perSecond };
    const now = this.#clock.monotonic();
    const bucket = this.#buckets.get(owner);
    const wait = waitMs(bucket, pace, now);
    if (wait === 0) this.#buckets.set(owner, takeOne(bucket, pace, now));
    return wait;
  }
}
