const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const LONG_DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Sun, 06 Nov 1994 08:49:37 GMT`, which is what a sender is to write today. */
const FIXED =
  /^(?<day>[A-Z][a-z]{2}), (?<date>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>[\d:]{8}) GMT$/;
/** `Sunday, 06-Nov-94 08:49:37 GMT`, of RFC 850. */
const RFC_850 =
  /^(?<day>[A-Z][a-z]+day), (?<date>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) (?<time>[\d:]{8}) GMT$/;
/** `Sun Nov  6 08:49:37 1994`, of C's asctime. */
const ASCTIME =
  /^(?<day>[A-Z][a-z]{2}) (?<month>[A-Z][a-z]{2}) (?<date>\d\d| \d) (?<time>[\d:]{8}) (?<year>\d{4})$/;

const TIME = /^(\d\d):(\d\d):(\d\d)$/;
const FORMATS = [FIXED, RFC_850, ASCTIME];

/** How far ahead a year of two digits may lie; beyond that it is one of the century before. */
const YEARS_AHEAD = 50;

/**
 * Epoch ms of an HTTP date in one of its three formats, to the letter (RFC 9110, section 5.6.7); `now` (epoch ms) tells the century
 * of a year of two digits. Undefined where it is none of them, or no date that exists, or its weekday is another.
 */
export function parseHttpDate(text: string, now: number): number | undefined {
  const parts = FORMATS.map((format) => format.exec(text)?.groups).find((groups) => groups !== undefined);
  if (!parts) return undefined;
  const midnight = dateOf(parts, now);
  const sinceMidnight = timeOfDay(parts['time'] ?? '');
  return midnight === undefined || sinceMidnight === undefined ? undefined : midnight + sinceMidnight;
}

/** Its first millisecond; undefined where it does not exist or falls on another weekday. */
function dateOf(
  { year = '', month = '', date = '', day = '' }: Record<string, string>,
  now: number,
): number | undefined {
  const midnight = new Date(0);
  midnight.setUTCFullYear(yearOf(year, now), MONTHS.indexOf(month), Number(date));
  const names = day.length > 3 ? LONG_DAYS : DAYS;
  const exists = MONTHS.includes(month) && midnight.getUTCDate() === Number(date);
  return exists && names[midnight.getUTCDay()] === day ? midnight.getTime() : undefined;
}

function yearOf(digits: string, now: number): number {
  if (digits.length !== 2) return Number(digits);
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(digits);
  if (year > thisYear + YEARS_AHEAD) return year - 100;
  return year <= thisYear + YEARS_AHEAD - 100 ? year + 100 : year;
}

/** Milliseconds since midnight; a leap second is the first of the next minute. */
function timeOfDay(text: string): number | undefined {
  const [, hour = '99', minute = '', second = ''] = TIME.exec(text) ?? [];
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  return ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
}
