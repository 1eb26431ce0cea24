import { readIsoTime } from '../platform/utc-time.ts';

export const FIELD_TYPES = ['string', 'integer', 'number', 'boolean', 'date-time', 'email', 'phone'] as const;

/** What a field holds. `date-time` is stored as ISO 8601 UTC text, `email` and `phone` as text. */
export type FieldType = (typeof FIELD_TYPES)[number];

/**
 * The value that a sent one stands for: forms and queries send everything as text. What cannot be read safely comes back
 * as it is, so that the schema refuses it; nothing is rounded, clamped or guessed.
 */
export type ReadValue = (sent: unknown) => unknown;

const WHOLE_NUMBER = /^[+-]?\d{1,15}$/;
const DECIMAL_NUMBER = /^[+-]?(?:\d{1,300}(?:\.\d{0,300})?|\.\d{1,300})(?:e[+-]?\d{1,3})?$/i;
const BOOLEAN_WORDS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'on', '1'].map((word) => [word, true] as const),
  ...['false', 'no', 'off', '0'].map((word) => [word, false] as const),
]);

export const READ_VALUE: Readonly<Record<FieldType, ReadValue>> = {
  string: readText,
  integer: (sent) => readNumber(sent, WHOLE_NUMBER),
  number: (sent) => readNumber(sent, DECIMAL_NUMBER),
  boolean: readBoolean,
  'date-time': (sent) => readIsoTime(sent) ?? sent,
  email: (sent) => (typeof sent === 'string' ? sent.trim() : sent),
  phone: (sent) => trimmed(readText(sent)),
};

/** A number stands for its digits, as long as none can have been lost: beyond 2^53 they are. */
function readText(sent: unknown): unknown {
  const isExact =
    typeof sent === 'number' && Number.isFinite(sent) && Math.abs(sent) <= Number.MAX_SAFE_INTEGER;
  return isExact ? String(sent) : sent;
}

function trimmed(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value;
}

function readNumber(sent: unknown, shape: RegExp): unknown {
  if (typeof sent !== 'string') return sent;
  const text = sent.trim();
  if (!shape.test(text)) return sent;
  const value = Number(text);
  return Number.isFinite(value) ? value : sent;
}

function readBoolean(sent: unknown): unknown {
  if (sent === 1 || sent === 0) return sent === 1;
  if (typeof sent !== 'string' || sent.length > 20) return sent;
  return BOOLEAN_WORDS.get(sent.trim().toLowerCase()) ?? sent;
}
