import { textKey } from '../text-key.ts';

/** A text that tells records apart: as it was sent, and the key by which it is compared. Neither holds NUL or half a surrogate pair. */
export interface Identifier {
  readonly text: string;
  readonly key: string;
}

/** The longest text whose digits of other scripts are looked at: that takes time in the square of the marks in it. */
const LONGEST_NORMALISED = 1_000;

/** The key of a phone number: its digits, whatever script they are of. Empty where it has none. */
export const phoneKey = (text: string): string =>
  text.length > LONGEST_NORMALISED
    ? text.replace(/\D+/g, '')
    : text
        .normalize('NFKC')
        .replace(/\P{Nd}+/gu, '')
        .replace(/[^\d]/gu, digitOf);

/** The digits of a script stand in a row from zero to nine, and no other digit stands before the zero. */
function digitOf(digit: string): string {
  let value = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint((digit.codePointAt(0) ?? 0) - value - 1))) value++;
  return String(value % 10);
}

/** By a name, a reference or an email address. */
export const nameIdentifier = (text: string): Identifier => ({ text: text.trim(), key: textKey(text) });
export const phoneIdentifier = (text: string): Identifier => ({ text: text.trim(), key: phoneKey(text) });
