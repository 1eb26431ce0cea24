import type { ErrorObject } from 'ajv';
import { describeValue, pointerTo, printable, type Violation } from '../violation.ts';
import type { Mapping } from './mapping.ts';
import type { MappedField } from './mapped-field.ts';
import { alternativesOf, PATTERN_KEYWORD } from './schema.ts';

/** A property of the record, as the sender wrote it. */
export interface SentField {
  /** The name with the sender's letters. */
  readonly name: string;
  readonly value: unknown;
}

export interface CheckedRecord {
  readonly record: Readonly<Record<string, unknown>>;
  /** By property. */
  readonly sent: ReadonlyMap<string, SentField>;
}

/** What each type is called in a message; integer and text have words of their own. */
const EXPECTED = {
  number: 'a number',
  boolean: 'true or false',
  email: 'an email address such as name@example.com',
  phone: 'a phone number of digits, spaces, parentheses, dashes and plus',
  'date-time': 'a date and time that exists, such as 2026-01-31 14:05:00 (UTC) or 2026-01-31T14:05:00+01:00',
} as const;

/** Puts what Ajv found into words for people, in the mapping's order of fields. */
export function explain(
  mapping: Mapping,
  checked: CheckedRecord,
  errors: readonly ErrorObject[],
): Violation[] {
  const violations = mapping.fields.flatMap((field) =>
    errors
      .filter((error) => propertyOf(error) === field.property)
      .map((error) => explainField(field, checked, error)),
  );
  const isNoneThere = errors.some(({ keyword }) => keyword === 'anyOf');
  return isNoneThere ? [noAlternative(mapping), ...violations] : violations;
}

/** The property that an error is about; undefined for one that only serves the "at least one" rule. */
function propertyOf(error: ErrorObject): string | undefined {
  if (error.schemaPath.startsWith('#/anyOf')) return undefined;
  if (error.keyword === 'required') return String(error.params['missingProperty']);
  return error.instancePath.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
}

function noAlternative(mapping: Mapping): Violation {
  const names = alternativesOf(mapping).map(({ field }) => printable(field));
  const field = names.join(' or ');
  return { field, path: '', rule: 'required', message: `${field} is required: send at least one of them.` };
}

function explainField(field: MappedField, { record, sent }: CheckedRecord, error: ErrorObject): Violation {
  const sentField = sent.get(field.property);
  const found = { field, sent: sentField, value: record[field.property] };
  return {
    field: printable(field.field),
    path: pointerTo(sentField?.name ?? field.field),
    rule: error.keyword === PATTERN_KEYWORD ? 'pattern' : error.keyword,
    message: `${printable(field.field)} ${complaintOf(error.keyword, found)}.`,
  };
}

interface Found {
  readonly field: MappedField;
  readonly sent: SentField | undefined;
  /** As it was read. */
  readonly value: unknown;
}

function complaintOf(keyword: string, { field, sent, value }: Found): string {
  switch (keyword) {
    case 'required':
      return sent ? 'is required, but it is empty' : 'is required';
    case 'maxLength':
      return `must be at most ${field.maxLength ?? 0} characters long; it has ${lengthOf(value)}`;
    case PATTERN_KEYWORD:
      return `must match the pattern ${printable(field.pattern?.source ?? '')}; ${describeValue(sent?.value)} does not`;
    default:
      return `must be ${expectedOf(field)}, not ${describeValue(sent?.value)}`;
  }
}

function expectedOf(field: MappedField): string {
  switch (field.type) {
    case 'string':
      return 'a text';
    case 'integer':
      return field.minimum === undefined || field.maximum === undefined
        ? 'a whole number'
        : `a whole number from ${field.minimum} to ${field.maximum}`;
    default:
      return EXPECTED[field.type];
  }
}

/** Characters as people and Ajv count them: a surrogate pair is one. */
const lengthOf = (value: unknown): number => (typeof value === 'string' ? Array.from(value).length : 0);
