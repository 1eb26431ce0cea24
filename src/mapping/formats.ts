import { parseUtcTime } from '../platform/utc-time.ts';

/** The longest email address that can be delivered to (RFC 5321, section 4.5.3.1.3, without the angle brackets). */
const LONGEST_EMAIL = 254;
const LONGEST_LOCAL_PART = 64;

/** Letters of any script (RFC 6531), and the signs that an unquoted local part may hold (RFC 5322, atext), dots between them. */
const LOCAL_PART = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~.-]+$/u;
const DOMAIN_LABEL = /^[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;

/** Digits, spaces, parentheses, dashes and plus: what CustomerGauge's public API pages allow in a phone number. */
const PHONE = /^[\d ()+-]+$/;

export function isEmail(text: string): boolean {
  if (text.length > LONGEST_EMAIL) return false;
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const labels = text.slice(at + 1).split('.');
  return (
    at > 0 &&
    at <= LONGEST_LOCAL_PART &&
    LOCAL_PART.test(local) &&
    local.split('.').every((part) => part !== '') &&
    labels.length >= 2 &&
    labels.every((label) => DOMAIN_LABEL.test(label))
  );
}

export const isPhone = (text: string): boolean => PHONE.test(text) && /\d/.test(text);

/** A time as records keep it. */
export const isIsoTime = (text: string): boolean => text.endsWith('Z') && parseUtcTime(text) !== undefined;
