import { parseUtcTime } from '../platform/utc-time.ts';
import type { TimestampFormat } from './notation.ts';
import { rejected, type Verification, type Verified, type VerifyContext } from './scheme.ts';

/** The time as the format writes it. `now` is epoch ms. */
export function writeTimestamp(now: number, format: TimestampFormat): string {
  switch (format) {
    case 'seconds':
      return String(Math.floor(now / 1000));
    case 'milliseconds':
      return String(now);
    case 'iso':
      return new Date(now).toISOString();
    case 'http':
      return new Date(now).toUTCString();
  }
}

/**
 * What a timestamp of each format looks like. No text of one format begins or ends with another one of the same: some schemes put
 * nothing between timestamp and body, and then a part of the body could pass for a part of the timestamp, or the other way round.
 * Ten digits of seconds, or thirteen of milliseconds, are the years 2001 to 2286.
 */
const PATTERNS: Readonly<Record<TimestampFormat, RegExp>> = {
  seconds: /^\d{10}$/,
  milliseconds: /^\d{13}$/,
  iso: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/,
  http: /^[a-z]{3}, \d{1,2} [a-z]{3} \d{4} \d\d:\d\d:\d\d (?:GMT|UTC|[+-]\d{4})$/i,
};

/** Epoch ms of a timestamp, or undefined where the text is none of this format. */
export function readTimestamp(text: string, format: TimestampFormat): number | undefined {
  if (!PATTERNS[format].test(text)) return undefined;
  switch (format) {
    case 'seconds':
      return Number(text) * 1000;
    case 'milliseconds':
      return Number(text);
    case 'iso':
      return parseUtcTime(text);
    case 'http':
      return readHttpDate(text);
  }
}

function readHttpDate(text: string): number | undefined {
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

/**
 * What was verified, if the timestamp that was signed with it is within the tolerance, before or after now. It is judged after
 * the signature: a time that anyone may have written says nothing.
 */
export function withinTime(
  verified: Verified,
  timestamp: string,
  { now, toleranceMs, format }: VerifyContext & { readonly format: TimestampFormat },
): Verification {
  const signedAt = readTimestamp(timestamp, format);
  if (signedAt === undefined) return rejected('timestamp-malformed');
  if (now - signedAt > toleranceMs) return rejected('timestamp-too-old');
  return signedAt - now > toleranceMs ? rejected('timestamp-too-new') : verified;
}
