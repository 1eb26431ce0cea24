import { parseDuration } from '../platform/duration.ts';
import type { Random } from '../platform/random.ts';

/** When a failed delivery is tried again: one delay for each retry, counted from the end of the failed attempt. */
export interface RetryPolicy {
  /** In ms; its length is the number of retries. */
  readonly delaysMs: readonly number[];
  /** Up to this share of the delay is added at random; never taken off. */
  readonly jitter: number;
}

const minutes = (count: number): number => count * 60_000;
const hours = (count: number): number => minutes(count * 60);

/** CIOPulse, "Error Handling": 5, 10, 20 and 40 minutes after the attempt before; five attempts in 75 minutes. */
export const CIO_PULSE: RetryPolicy = { delaysMs: [5, 10, 20, 40].map(minutes), jitter: 0 };

/**
 * The example schedule of Standard Webhooks (https://www.standardwebhooks.com, "Retry schedule"), which asks for jitter:
 * a tenth, so that a receiver that was down is not met by everyone at once.
 */
export const STANDARD_WEBHOOKS: RetryPolicy = {
  delaysMs: [5000, minutes(5), minutes(30), ...[2, 5, 10, 14, 20, 24].map(hours)],
  jitter: 0.1,
};

/** One attempt. */
export const NO_RETRY: RetryPolicy = { delaysMs: [], jitter: 0 };

/** The most retries a list may name: more is a slip of the hand. */
const MOST_RETRIES = 50;

/** The policy of a list such as `5m,10m,20m,40m`; undefined if an entry is no duration, or there are none or more than 50. */
export function parseRetryDelays(text: string): RetryPolicy | undefined {
  const delaysMs = text.split(',').map(parseDuration);
  if (delaysMs.length > MOST_RETRIES) return undefined;
  return delaysMs.every((delay) => delay !== undefined) ? { delaysMs, jitter: 0 } : undefined;
}

/** The delay after the given number of charged failures (from 1), in ms; undefined = no attempt is left. */
export function retryDelay(policy: RetryPolicy, charged: number, random: Random): number | undefined {
  const delay = policy.delaysMs[charged - 1];
  return delay === undefined ? undefined : delay + Math.floor(delay * policy.jitter * random());
}
