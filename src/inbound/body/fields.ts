import { refusal, type Refusal } from '../refusals.ts';
import { MOST_FIELDS } from './limits.ts';

/** Fields by name. No name is `__proto__`, so that copying them one by one is safe. */
export type Fields = Record<string, unknown>;

/** Fields that were read; in an object of their own, because a field may have any name. */
export interface FieldsRead {
  readonly fields: Fields;
}

const FORBIDDEN = '__proto__';
const SUSPECT = /__proto__|constructor|\\u/;

/** Fields from names and values in their order; of two with one name the later stays. */
export function collectFields(pairs: Iterable<readonly [string, unknown]>): FieldsRead | Refusal {
  const fields: Fields = {};
  let count = 0;
  for (const [name, value] of pairs) {
    if (++count > MOST_FIELDS) return refusal('too_many_fields');
    if (name === FORBIDDEN) return refusal('forbidden_field');
    putLast(fields, name, value);
  }
  return { fields };
}

/** The fields of `under` with those of `over` behind them: of two names that differ only in case, the one that counts comes later. */
export function mergeFields(under: Fields, over: Fields): Fields {
  const fields = { ...under };
  for (const [name, value] of Object.entries(over)) putLast(fields, name, value);
  return fields;
}

/** Setting a field that is there already would leave it at its old place. */
function putLast(fields: Fields, name: string, value: unknown): void {
  if (Object.hasOwn(fields, name)) Reflect.deleteProperty(fields, name);
  fields[name] = value;
}

/** The fields of percent-encoded text, as a form's body and a URL's query hold them. */
export function parsePairs(
  text: string,
  malformed: 'malformed_query' | 'malformed_form',
): FieldsRead | Refusal {
  if (text === '') return { fields: {} };
  try {
    // `URLSearchParams` would silently keep a percent sign that encodes nothing, and replace what is not UTF-8.
    decodeURIComponent(text);
  } catch {
    return refusal(malformed);
  }
  return collectFields(new URLSearchParams(text));
}

/**
 * Whether parsed JSON holds a name that turns the copying of fields into a change of an object's prototype: `__proto__`, or
 * `constructor` with a `prototype` in it. The text it was parsed from says whether it is worth looking.
 */
export function hasForbiddenName(value: unknown, text: string): boolean {
  return SUSPECT.test(text) && holdsForbiddenName(value);
}

function holdsForbiddenName(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsForbiddenName);
  return Object.entries(value).some(([name, inner]) => isForbidden(name, inner) || holdsForbiddenName(inner));
}

function isForbidden(name: string, value: unknown): boolean {
  if (name === FORBIDDEN) return true;
  return (
    name === 'constructor' && typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype')
  );
}
