import { readIsoTime } from '../platform/utc-time.ts';
import type { ExternalFieldType, ExternalValue } from './external-data.ts';

/** A value as a field's type has it, or what is wrong with it, in words that do not tell it. */
export type TypedValue =
  | { readonly kind: 'value'; readonly value: ExternalValue }
  | { readonly kind: 'wrong'; readonly message: string };

/** The longest text that is kept: as long as what a tag can stand for. */
export const LONGEST_VALUE = 4096;

/** Reads a value that is there. Nothing is rounded, cut or guessed. */
export function readTyped(type: ExternalFieldType, sent: unknown): TypedValue {
  const value = READ[type](sent);
  return value === undefined
    ? { kind: 'wrong', message: `It is ${kindOf(sent)}; this field takes ${TAKES[type]}.` }
    : { kind: 'value', value };
}

const TAKES: Readonly<Record<ExternalFieldType, string>> = {
  boolean: 'true or false',
  'date-time': 'a date and time that exists, such as 2026-01-31T14:05:00Z',
  integer: `a whole number of up to ${Number.MAX_SAFE_INTEGER}`,
  string: `a text of up to ${LONGEST_VALUE} characters, a number whose digits are all there, or true or false`,
};

/** Undefined = not of the type. */
const READ: Readonly<Record<ExternalFieldType, (sent: unknown) => ExternalValue | undefined>> = {
  boolean: (sent) => (typeof sent === 'boolean' ? sent : readBoolean(sent)),
  'date-time': readIsoTime,
  integer: readInteger,
  string: readText,
};

function readBoolean(sent: unknown): boolean | undefined {
  const word = typeof sent === 'string' && sent.length < 20 ? sent.trim().toLowerCase() : '';
  return word === 'true' || (word === 'false' ? false : undefined);
}

const WHOLE_NUMBER = /^[+-]?\d{1,20}$/;

function readInteger(sent: unknown): number | undefined {
  const isText = typeof sent === 'string' && sent.length < 100 && WHOLE_NUMBER.test(sent.trim());
  const number = isText ? Number(sent) : sent;
  // Minus zero is no other number to people.
  return Number.isSafeInteger(number) ? Number(number) + 0 : undefined;
}

/** A number stands for its digits, as long as none can have been lost: beyond 2^53 they are. */
function readText(sent: unknown): string | undefined {
  if (typeof sent === 'boolean') return String(sent);
  if (typeof sent === 'number') return Math.abs(sent) <= Number.MAX_SAFE_INTEGER ? String(sent) : undefined;
  return typeof sent === 'string' && sent.length <= LONGEST_VALUE ? sent : undefined;
}

function kindOf(sent: unknown): string {
  if (Array.isArray(sent)) return 'a list';
  if (typeof sent === 'string') return sent.length > LONGEST_VALUE ? 'a longer text' : 'a text';
  if (typeof sent === 'number') return Number.isInteger(sent) ? 'a whole number' : 'a number';
  return typeof sent === 'boolean' ? 'true or false' : 'an object';
}
