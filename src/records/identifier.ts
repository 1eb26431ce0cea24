/** A text that tells records apart: as it was sent, and the key by which it is compared. */
export interface Identifier {
  readonly text: string;
  readonly key: string;
}

/** The longest text whose accents are put together: strangers choose it, and marks on a letter are sorted in the square of their number. */
const LONGEST_NORMALISED = 1_000;

const compose = (text: string): string => (text.length > LONGEST_NORMALISED ? text : text.normalize('NFC'));

/**
 * The key of a name, a reference or an email address: without case (also where upper and lower case differ in length, as in `ß` and
 * `SS`), without outer spaces, and, up to 1,000 characters, however accents are put together (Unicode NFC). Empty for an empty text.
 */
export const nameKey = (text: string): string => compose(foldCase(compose(text.trim())));

/** Lower case first, because the capital `ẞ` is no `SS` until it is a small `ß`. */
const foldCase = (text: string): string => text.toLowerCase().toUpperCase().toLowerCase();

/** The key of a phone number: its digits. Empty where it has none. */
export const phoneKey = (text: string): string =>
  (text.length > LONGEST_NORMALISED ? text : text.normalize('NFKC')).replace(/\D+/g, '');

export const nameIdentifier = (text: string): Identifier => ({ text: text.trim(), key: nameKey(text) });
export const phoneIdentifier = (text: string): Identifier => ({ text: text.trim(), key: phoneKey(text) });
