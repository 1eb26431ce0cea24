/** A timer that can be taken back; taking it back twice, or after it fired, does nothing. */
export interface Timer {
  cancel(): void;
}

/** Time as the product sees it, so that tests can hold it still. */
export interface Clock {
  /** UTC epoch milliseconds. It may jump: a Raspberry Pi has no time at boot. */
  now(): number;
  /** Milliseconds from an arbitrary start, never jumping: for durations. */
  monotonic(): number;
  /** Calls back once after `delayMs`; longer than 24.8 days is clamped to that, so a callback looks at the time anew. */
  after(delayMs: number, callback: () => void): Timer;
}

/** The longest delay that `setTimeout` keeps; beyond it, it fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's own time. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(Math.max(delayMs, 0), LONGEST_TIMER_MS));
    timer.unref();
    return { cancel: () => clearTimeout(timer) };
  },
};
