import { textKey } from '../text-key.ts';

/** A text that tells records apart: as it was sent, and the key by which it is compared. */
export interface Identifier {
  readonly text: string;
  readonly key: string;
}

/** The longest text whose digits of other scripts are looked at: that takes time in the square of the marks in it. */
const LONGEST_NORMALISED = 1_000;

/** The key of a phone number: its digits. Empty where it has none. */
export const phoneKey = (text: string): string =>
  (text.length > LONGEST_NORMALISED ? text : text.normalize('NFKC')).replace(/\D+/g, '');

/** By a name, a reference or an email address. */
export const nameIdentifier = (text: string): Identifier => ({ text: text.trim(), key: textKey(text) });
export const phoneIdentifier = (text: string): Identifier => ({ text: text.trim(), key: phoneKey(text) });
