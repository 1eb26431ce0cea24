import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';

/** How long the same error is not said again. */
const QUIET_MS = 60_000;
/** How many errors it knows again. */
const MOST_KNOWN = 100;

/**
 * A logger that says the same error once a minute: a full disk is met by each request, and a line for each of them would fill it
 * again. Everything else it says as it is told.
 */
export function calmLogger(logger: Logger, clock: Clock): Logger {
  const saidAt = new Map<string, number>();
  return {
    info: (message) => logger.info(message),
    warn: (message) => logger.warn(message),
    error(message) {
      const now = clock.monotonic();
      const before = saidAt.get(message);
      if (before !== undefined && now - before < QUIET_MS) return;
      if (saidAt.size >= MOST_KNOWN) saidAt.clear();
      saidAt.set(message, now);
      logger.error(message);
    },
  };
}
