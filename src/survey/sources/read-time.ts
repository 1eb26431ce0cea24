import { formatIsoTime, parseUtcTime } from '../../platform/utc-time.ts';

/** Seconds or milliseconds since 1970, as text: forms and expressions send numbers so. */
const DIGITS = /^\d{9,13}$/;

/**
 * Numbers of 9 and 10 digits are seconds, those of 13 milliseconds, up to the year 2286. With 8, 12 and 14 digits people write
 * `20260131`, `202601311405` and `20260131140500`, which are not to be taken for a moment in 1970, 1976 or 2612.
 */
const SECONDS = { from: 100_000_000, to: 10_000_000_000 } as const;
const MILLISECONDS = { from: 1_000_000_000_000, to: 10_000_000_000_000 } as const;

/** The last millisecond of the year 9999. */
const LAST_TIME = 253_402_300_799_999;

/**
 * A time as ISO 8601 UTC: from a text (UTC where it names no zone), a Date, or seconds or milliseconds since 1970. Empty for an empty
 * value; undefined for what is no time that exists.
 */
export function readTime(value: unknown): string | undefined {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return fromEpoch(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : fromEpochMs(value.getTime());
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (text === '') return '';
  const at = parseUtcTime(text);
  if (at !== undefined) return formatIsoTime(at);
  return DIGITS.test(text) ? fromEpoch(Number(text)) : undefined;
}

function fromEpoch(number: number): string | undefined {
  if (SECONDS.from <= number && number < SECONDS.to) return fromEpochMs(number * 1000);
  return MILLISECONDS.from <= number && number < MILLISECONDS.to ? fromEpochMs(number) : undefined;
}

function fromEpochMs(at: number): string | undefined {
  return at >= 0 && at <= LAST_TIME ? formatIsoTime(Math.trunc(at)) : undefined;
}
