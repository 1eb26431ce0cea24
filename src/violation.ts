/** One thing that is wrong with what was sent. All texts are safe to show: long values are cut, and there are no angle brackets in them. */
export interface Violation {
  /** The name people know the field by; empty where the whole payload is meant. */
  readonly field: string;
  /** JSON pointer (RFC 6901) to the place in the payload as it was sent, or where the field was expected. */
  readonly path: string;
  /** Which rule was broken, one word, stable for scripts. */
  readonly rule: string;
  /** A sentence: what is wrong, and what is expected. */
  readonly message: string;
}

/** The longest part of a sent name or value that a violation repeats, in characters. */
const SHOWN_CHARACTERS = 60;

/** Control characters, and those that turn the direction of what stands beside them. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]+/gu;

/** A text from outside made fit for a message: on one line, cut, and without angle brackets, so that it is never markup. */
export function printable(text: string): string {
  const start = text.slice(0, SHOWN_CHARACTERS * 2).replace(UNPRINTABLE, ' ');
  const characters = Array.from(start.replaceAll('<', '‹').replaceAll('>', '›'));
  const isCut = characters.length > SHOWN_CHARACTERS || text.length > SHOWN_CHARACTERS * 2;
  return isCut ? `${characters.slice(0, SHOWN_CHARACTERS).join('')}…` : characters.join('');
}

/** A value as a message shows it: texts quoted and cut, objects and lists only by kind. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'an empty text' : `"${printable(value)}"`;
  if (Array.isArray(value)) return 'a list';
  if (value === null || ['undefined', 'number', 'boolean', 'bigint'].includes(typeof value))
    return String(value);
  return value instanceof Uint8Array ? 'a buffer' : 'an object';
}

/** The JSON pointer to a field of the payload's top level. */
export function pointerTo(name: string): string {
  return `/${printable(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
