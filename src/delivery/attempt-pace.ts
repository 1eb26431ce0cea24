import type { Clock } from '../platform/clock.ts';
import { putBack, readyCount, takeSome, waitMs, type Bucket, type Pace } from '../platform/token-bucket.ts';

/**
 * How many attempts may begin at once: what a tenth of a second allows, and one at least. So in no second does a receiver get much
 * more than the rate, not even in the first one, and a high rate needs no timer for each attempt.
 */
const BURST_SECONDS = 0.1;

/** Keeps the attempts of an endpoint to its rate, whatever kind they are of. A rate of 0 is no limit. */
export class AttemptPace {
  readonly #clock: Pick<Clock, 'monotonic'>;
  #bucket: Bucket | undefined;

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /** How many attempts may begin now: a whole number, or Infinity. */
  readyCount(perSecond: number): number {
    return perSecond === 0 ? Infinity : readyCount(this.#bucket, paceOf(perSecond), this.#clock.monotonic());
  }

  /** How long, in ms, until the next attempt may begin; 0 = now. */
  waitMs(perSecond: number): number {
    if (perSecond === 0) return 0;
    return Math.ceil(waitMs(this.#bucket, paceOf(perSecond), this.#clock.monotonic()));
  }

  take(count: number, perSecond: number): void {
    this.#bucket =
      perSecond === 0
        ? undefined
        : takeSome(this.#bucket, paceOf(perSecond), { now: this.#clock.monotonic(), count });
  }

  /** Takes back what was taken for attempts that did not begin. */
  putBack(count: number): void {
    if (this.#bucket) this.#bucket = putBack(this.#bucket, count);
  }
}

const paceOf = (perSecond: number): Pace => ({ burst: Math.max(1, perSecond * BURST_SECONDS), perSecond });
