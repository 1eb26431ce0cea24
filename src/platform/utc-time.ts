const DATE = /^(\d{4})-(\d\d)-(\d\d)/;
const TIME_OF_DAY = /^[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?/i;
const ZONE = /^ ?(?:Z|([+-])(\d\d):?(\d\d)?)$/i;

/** The longest text that can be a time; what is longer is not looked at. */
const LONGEST_TEXT = 64;

const MINUTE_MS = 60_000;
/** The widest zone in use is UTC+14. */
const WIDEST_ZONE_MINUTES = 14 * 60;

/**
 * Epoch ms of an ISO 8601 date or date-time, or of `YYYY-MM-DD HH:mm:ss`; UTC where no zone is given, whatever the
 * machine's zone. Undefined where it is no such text or no time that exists (30 February, 25 o'clock). Digits beyond
 * milliseconds are dropped.
 */
export function parseUtcTime(text: string): number | undefined {
  const trimmed = text.length > LONGEST_TEXT ? '' : text.trim();
  const midnight = parseDate(trimmed);
  const rest = trimmed.slice('YYYY-MM-DD'.length);
  const [time = ''] = TIME_OF_DAY.exec(rest) ?? [];
  const sinceMidnight = parseTimeOfDay(time);
  const east = parseZone(rest.slice(time.length));
  if (midnight === undefined || sinceMidnight === undefined || east === undefined) return undefined;
  return inFourDigitYears(midnight + sinceMidnight - east);
}

/** The same of a text, or a `Date`, as ISO 8601 UTC text; undefined also for anything else. */
export function readIsoTime(value: unknown): string | undefined {
  const at = value instanceof Date ? inFourDigitYears(value.getTime()) : undefined;
  const time = typeof value === 'string' ? parseUtcTime(value) : at;
  return time === undefined ? undefined : formatIsoTime(time);
}

/** `2026-01-31T14:05:00.000Z` for epoch ms. */
export const formatIsoTime = (at: number): string => new Date(at).toISOString();

function parseDate(text: string): number | undefined {
  const [, year, month, day] = (DATE.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined;
}

/** Milliseconds since midnight; 0 where only a date was given. */
function parseTimeOfDay(text: string): number | undefined {
  const [, hour = '0', minute = '0', second = '0', fraction = ''] = TIME_OF_DAY.exec(text) ?? [];
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  return Number(hour) * 60 * MINUTE_MS + Number(minute) * MINUTE_MS + Number(second) * 1000 + ms;
}

/** Milliseconds east of UTC; 0 where no zone was given. */
function parseZone(text: string): number | undefined {
  if (text === '') return 0;
  const match = ZONE.exec(text);
  if (!match) return undefined;
  const [, sign, hours = '0', minutes = '0'] = match;
  const east = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) > 59 || east > WIDEST_ZONE_MINUTES) return undefined;
  return (sign === '-' ? -east : east) * MINUTE_MS;
}

/** ISO 8601 without agreement has years 0000 to 9999; a zone can push a time out of them. */
function inFourDigitYears(at: number): number | undefined {
  const year = new Date(at).getUTCFullYear();
  return year >= 0 && year <= 9999 ? at : undefined;
}
