import { parseUtcTime } from '../platform/utc-time.ts';
import { rejected, type Verification, type Verified, type VerifyContext } from './scheme.ts';

/** How a timestamp is written: Unix seconds, Unix milliseconds, ISO 8601, or the date of HTTP (RFC 9110 section 5.6.7). */
export type TimestampFormat = 'seconds' | 'milliseconds' | 'iso' | 'http';

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

/** Epoch ms of a timestamp, or undefined where the text is none of this format. */
export function readTimestamp(text: string, format: TimestampFormat): number | undefined {
  switch (format) {
    case 'seconds':
      return /^\d{1,11}$/.test(text) ? Number(text) * 1000 : undefined;
    case 'milliseconds':
      return /^\d{1,14}$/.test(text) ? Number(text) : undefined;
    case 'iso':
      return parseUtcTime(text);
    case 'http':
      return readHttpDate(text);
  }
}

/** Only with a zone: what has none would be read in this machine's. */
function readHttpDate(text: string): number | undefined {
  if (text.length > 64 || !/(?:GMT|UTC|[+-]\d{4})$/.test(text)) return undefined;
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
