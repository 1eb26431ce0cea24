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

/** The longest wait that a receiver can ask for: a slip of its hand holds a delivery for a day at most. */
export const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;

/** What the delay before the next attempt depends on. */
export interface RetryTurn {
  /** Failed attempts so far that the policy counts, from 1. */
  readonly charged: number;
  /** How long the receiver asks to be left alone, ms, at most a day; 0 if absent. */
  readonly askedMs?: number;
  readonly random: Random;
}

/**
 * The delay before the next attempt, in ms, from the end of the failed one; undefined = no attempt is left. Never shorter than the
 * policy's own delay, nor than the receiver asks for; what it asks for adds no attempt.
 */
export function retryDelay(
  policy: RetryPolicy,
  { charged, askedMs = 0, random }: RetryTurn,
): number | undefined {
  const delay = policy.delaysMs[charged - 1];
  if (delay === undefined) return undefined;
  const chance = random();
  const spread = (ms: number): number => ms + Math.floor(ms * policy.jitter * chance);
  return Math.max(spread(delay), Math.min(spread(askedMs), LONGEST_RETRY_AFTER_MS));
}
