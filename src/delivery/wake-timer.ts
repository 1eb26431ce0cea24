import type { Clock, Timer } from '../platform/clock.ts';

/** The one timer of the loop: set for the earliest time that anybody asks for. */
export class WakeTimer {
  readonly #clock: Clock;
  readonly #wake: () => void;
  #timer: Timer | undefined;
  #at = Infinity;

  constructor(clock: Clock, wake: () => void) {
    this.#clock = clock;
    this.#wake = wake;
  }

  /** Its time has come, and it has not: on a busy event loop, or after a jump of the clock. */
  isLate(now: number): boolean {
    return this.#timer !== undefined && this.#at <= now;
  }

  /** Wakes at this time, or earlier where that is set already. */
  set(at: number, now: number): void {
    if (this.#timer && this.#at <= at && this.#at > now) return;
    this.cancel();
    this.#at = at;
    this.#timer = this.#clock.after(at - now, () => {
      this.#timer = undefined;
      this.#wake();
    });
  }

  cancel(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
