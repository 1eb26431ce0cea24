import { parseUtcTime } from '../platform/utc-time.ts';

/** Digits, spaces, parentheses, dashes and plus: what CustomerGauge's public API pages allow in a phone number. */
const PHONE = /^[\d ()+-]+$/;

export const isPhone = (text: string): boolean => PHONE.test(text) && /\d/.test(text);

/** A time as records keep it. */
export const isIsoTime = (text: string): boolean => text.endsWith('Z') && parseUtcTime(text) !== undefined;
