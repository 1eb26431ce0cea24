/** A text that tells records apart: as it was sent, and the key by which it is compared. */
export interface Identifier {
  readonly text: string;
  readonly key: string;
}

/**
 * The key of a name, a reference or an email address: without case (also where upper and lower case differ in length, as in `ß` and
 * `SS`), without outer spaces, and however accents are put together (Unicode NFC). Empty for an empty text.
 */
export const nameKey = (text: string): string =>
  text.trim().normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');

/** The key of a phone number: its digits. Empty where it has none. */
export const phoneKey = (text: string): string => text.normalize('NFKC').replace(/\D+/g, '');

export const nameIdentifier = (text: string): Identifier => ({ text: text.trim(), key: nameKey(text) });
export const phoneIdentifier = (text: string): Identifier => ({ text: text.trim(), key: phoneKey(text) });
