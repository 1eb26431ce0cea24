import { formatIsoTime, parseUtcTime } from '../../platform/utc-time.ts';

/** Whole seconds since 1970 or milliseconds, as text: forms and expressions send numbers so. */
const EPOCH = /^\d{9,14}$/;

/** As seconds this is the year 5138, as milliseconds 1973: what is less is seconds. */
const FIRST_MILLISECONDS = 100_000_000_000;

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
  return EPOCH.test(text) ? fromEpoch(Number(text)) : undefined;
}

const fromEpoch = (number: number): string | undefined =>
  fromEpochMs(number < FIRST_MILLISECONDS ? number * 1000 : number);

function fromEpochMs(at: number): string | undefined {
  return at >= 0 && at <= LAST_TIME ? formatIsoTime(Math.trunc(at)) : undefined;
}
