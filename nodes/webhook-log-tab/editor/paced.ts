/** Durations and timers of the browser, or of a test. */
interface Pace {
  /** Milliseconds from an arbitrary start. */
  monotonic(): number;
  after(delayMs: number, callback: () => void): unknown;
}

const browserPace: Pace = {
  monotonic: () => performance.now(),
  after: (delayMs, callback) => setTimeout(callback, delayMs),
};

/** Does a task when it is asked for; while the task is under way, and for a pause after it, requests are kept and become one. */
export interface Paced {
  readonly ask: () => void;
  /** Forgets what was asked for and is not begun. */
  readonly forget: () => void;
}

/**
 * The pause is `pauseMs`, or three times as long as the task took where that is longer: whoever answers slowly is asked less often. The
 * task must not reject.
 */
export function paced(task: () => Promise<void>, pauseMs: number, pace = browserPace): Paced {
  let isBusy = false;
  let isAsked = false;
  const run = async (): Promise<void> => {
    isBusy = true;
    isAsked = false;
    const startedAt = pace.monotonic();
    await task();
    pace.after(Math.max(pauseMs, 3 * (pace.monotonic() - startedAt)), () => {
      isBusy = false;
      if (isAsked) void run();
    });
  };
  return {
    ask: () => {
      isAsked = true;
      if (!isBusy) void run();
    },
    forget: () => {
      isAsked = false;
    },
  };
}
