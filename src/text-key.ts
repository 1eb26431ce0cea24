/** The longest text whose accents are put together: strangers choose it, and marks on a letter are sorted in the square of their number. */
const LONGEST_COMPOSED = 255;

/** Unicode's composed form (NFC) of a text of up to 255 characters; a longer one stays as it is. */
const compose = (text: string): string => (text.length > LONGEST_COMPOSED ? text : text.normalize('NFC'));

/** Lower case first, because the capital `ẞ` is no `SS` until it is a small `ß`. */
const foldCase = (text: string): string => text.toLowerCase().toUpperCase().toLowerCase();

/**
 * What a name is compared by: without case (also where upper and lower case differ in length, as in `ß` and `SS`), without outer
 * spaces, and, up to 255 characters, however accents are put together. Empty for an empty text.
 */
export const textKey = (text: string): string => compose(foldCase(compose(text.trim())));
