import type { Clock, Timer } from '../../src/platform/clock.ts';

interface Waiting {
  at: number;
  readonly callback: () => void;
}

/** Time that moves only when told to. Timers fire in order of their time while it moves past them. */
export class FakeClock implements Clock {
  #now: number;
  #jumped = 0;
  #waiting = new Set<Waiting>();

  constructor(now = Date.UTC(2026, 0, 1)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now - this.#jumped;
  }

  after(delayMs: number, callback: () => void): Timer {
    const timer = { at: this.#now + Math.max(delayMs, 0), callback };
    this.#waiting.add(timer);
    return { cancel: () => this.#waiting.delete(timer) };
  }

  /** Moves on, firing what falls due; lets promises settle after each timer. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (let timer = this.#next(end); timer; timer = this.#next(end)) {
      this.#waiting.delete(timer);
      this.#now = Math.max(this.#now, timer.at);
      timer.callback();
      await settle();
    }
    this.#now = end;
    await settle();
  }

  /** Moves on at once, as for a process that was kept busy: what falls due meanwhile fires when it is over, each timer once. */
  async leap(ms: number): Promise<void> {
    this.#now += ms;
    const late = [...this.#waiting].filter(({ at }) => at <= this.#now).sort((a, b) => a.at - b.at);
    for (const timer of late) {
      // One that fired before may have cancelled it.
      if (!this.#waiting.delete(timer)) continue;
      timer.callback();
      await settle();
    }
  }

  /** When the next timer fires, epoch ms; undefined = none is set. */
  get nextTimerAt(): number | undefined {
    return this.#next(Infinity)?.at;
  }

  /** Sets the time of day, as a person or NTP does: timers keep what is left of their delay. */
  jump(ms: number): void {
    this.#now += ms;
    this.#jumped += ms;
    for (const timer of this.#waiting) timer.at += ms;
  }

  /** How many timers are set. */
  get timerCount(): number {
    return this.#waiting.size;
  }

  #next(end: number): Waiting | undefined {
    return [...this.#waiting].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

/** Lets everything that only waits for promises and immediate callbacks happen. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
