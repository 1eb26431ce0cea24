import { parseHttpDate } from '../platform/http-date.ts';
import { LONGEST_RETRY_AFTER_MS } from './retry-policy.ts';
import type { TransportResult } from './transport.ts';

type Answer = Extract<TransportResult, { kind: 'response' }>;

/**
 * How long the receiver asks to be left alone, in ms, at most a day; 0 = it does not ask. `now` = epoch ms, the end of the attempt.
 *
 * It asks with `Retry-After`, which RFC 9110, section 10.2.3, defines for any answer: 503, 429 (RFC 6585) and 413 are its examples.
 * With a redirect it speaks of the request that would follow, which is never made. What is not to the letter of the RFC is ignored;
 * of several the longest counts. A 429 without it may say in `X-RateLimit-Reset`, as ServiceNow does, when its count begins anew.
 */
export function askedDelay(result: TransportResult, now: number): number {
  if (result.kind === 'error' || isRedirect(result)) return 0;
  const waits = valuesOf(result, 'retry-after').flatMap((text) => waitOf(text, result, now) ?? []);
  const longest = Math.max(0, ...(waits.length > 0 ? waits : rateLimitWaits(result, now)));
  return Math.min(longest, LONGEST_RETRY_AFTER_MS);
}

/** A value that is longer is not read: an HTTP date has 33 characters at most. */
const MOST_CHARACTERS = 500;

const isRedirect = ({ statusCode }: Answer): boolean => statusCode >= 300 && statusCode < 400;

function valuesOf({ headers }: Answer, name: string): string[] {
  const value = headers[name] ?? [];
  const texts = Array.isArray(value) ? value : [value];
  // The search for the spaces at the end takes seconds where a receiver puts 60 KB of them in the middle.
  return texts
    .filter(({ length }) => length <= MOST_CHARACTERS)
    .map((text) => text.replace(/^[ \t]+|[ \t]+$/g, ''));
}

/** Of a `Retry-After`, ms; undefined where it is neither a number of seconds nor a date. */
function waitOf(text: string, answer: Answer, now: number): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const at = parseHttpDate(text, now);
  if (at === undefined) return undefined;
  // One of the two clocks may be wrong, a Raspberry Pi's at boot by years: not before the date by either.
  const begins = [now, ...valuesOf(answer, 'date').flatMap((sentAt) => parseHttpDate(sentAt, now) ?? [])];
  return Math.max(...begins.map((begin) => at - begin));
}

/** Others than ServiceNow put a number of seconds or ms there, so it counts only where it can be nothing but a Unix time within a day. */
function rateLimitWaits(answer: Answer, now: number): number[] {
  if (answer.statusCode !== 429) return [];
  return valuesOf(answer, 'x-ratelimit-reset')
    .filter((text) => /^\d{10}$/.test(text))
    .map((text) => Number(text) * 1000 - now)
    .filter((wait) => wait <= LONGEST_RETRY_AFTER_MS);
}
