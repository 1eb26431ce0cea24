const TIME =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(?: ?(Z|[+-]\d\d(?::?\d\d)?))?$/i;

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
  const match = text.length > LONGEST_TEXT ? null : TIME.exec(text.trim());
  if (!match) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const isDate = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  const offset = parseZone(zone);
  if (!isDate || offset === undefined || !isTimeOfDay(hour, minute, second)) return undefined;
  date.setUTCHours(Number(hour), Number(minute), Number(second), Number(fraction.padEnd(3, '0').slice(0, 3)));
  return inFourDigitYears(date.getTime() - offset * MINUTE_MS);
}

/** `2026-01-31T14:05:00.000Z` for epoch ms. */
export const formatIsoTime = (at: number): string => new Date(at).toISOString();

function isTimeOfDay(hour: string, minute: string, second: string): boolean {
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
}

/** Minutes east of UTC. */
function parseZone(zone: string): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  if (Number(digits.slice(2)) > 59 || minutes > WIDEST_ZONE_MINUTES) return undefined;
  return zone.startsWith('-') ? -minutes : minutes;
}

/** ISO 8601 without agreement has years 0000 to 9999; a zone can push a time out of them. */
function inFourDigitYears(at: number): number | undefined {
  const year = new Date(at).getUTCFullYear();
  return year >= 0 && year <= 9999 ? at : undefined;
}
