import { HookError } from '../errors.ts';
import { printable } from '../violation.ts';
import { FIELD_TYPES, type FieldType } from './field-type.ts';
import { boundedPattern, type BoundedPattern } from './pattern.ts';

/** A row of a mapping's `fields` setting, checked. */
export interface FieldRow {
  readonly field: string;
  readonly property: string;
  /** Undefined = as built in, else `string`. */
  readonly type: FieldType | undefined;
  readonly required: boolean;
  readonly pattern: FieldPattern | undefined;
  readonly maxLength: number | undefined;
}

/** A pattern as it was written, and compiled. */
export interface FieldPattern extends BoundedPattern {
  readonly source: string;
}

/** A text longer than any body that a hook takes by default. */
const LONGEST_MAX_LENGTH = 1_000_000;

/** Names that would reach into an object's prototype where a record is merged or copied. */
const FORBIDDEN_PROPERTIES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Reads the `fields` setting of a mapping. Throws HOOK_CONFIG_INVALID naming the row. */
export function parseFieldRows(setting: unknown): FieldRow[] {
  if (setting === undefined || setting === null || setting === '') return [];
  if (!Array.isArray(setting)) throw invalid('The fields of the mapping are not a list.');
  return setting.map((row: unknown, index) => parseRow(row, `Field ${index + 1} of the mapping`));
}

function parseRow(setting: unknown, place: string): FieldRow {
  if (typeof setting !== 'object' || setting === null) throw invalid(`${place} is not an object.`);
  const row = setting as Record<string, unknown>;
  const field = textOf(row['field']).trim();
  const property = textOf(row['property']).trim();
  if (field === '') throw invalid(`${place} has no field name.`);
  const named = `${place}, "${printable(field)}",`;
  if (property === '') throw invalid(`${named} has no property.`);
  if (FORBIDDEN_PROPERTIES.has(property))
    throw invalid(`${named} has the property "${property}", which no record may have.`);
  return {
    field,
    property,
    type: parseType(row['type'], named),
    required: row['required'] === true || row['required'] === 'true',
    pattern: parsePattern(textOf(row['pattern']), named),
    maxLength: parseMaxLength(row['maxLength'], named),
  };
}

function parseType(setting: unknown, named: string): FieldType | undefined {
  if (isUnset(setting)) return undefined;
  const type = FIELD_TYPES.find((known) => known === setting);
  if (type === undefined) throw invalid(`${named} must have one of the types ${FIELD_TYPES.join(', ')}.`);
  return type;
}

function parsePattern(source: string, named: string): FieldPattern | undefined {
  if (source === '') return undefined;
  try {
    return { source, ...boundedPattern(source) };
  } catch (cause) {
    throw new HookError(
      'HOOK_CONFIG_INVALID',
      `${named} has a pattern that is not a regular expression: ${printable(source)}`,
      { cause },
    );
  }
}

function parseMaxLength(setting: unknown, named: string): number | undefined {
  if (isUnset(setting)) return undefined;
  const length = typeof setting === 'string' ? Number(setting) : setting;
  const isLength = typeof length === 'number' && Number.isInteger(length) && length >= 1;
  if (!isLength || length > LONGEST_MAX_LENGTH)
    throw invalid(`${named} must have a longest length from 1 to ${LONGEST_MAX_LENGTH}.`);
  return length;
}

const isUnset = (setting: unknown): boolean => setting === undefined || setting === null || setting === '';

const textOf = (setting: unknown): string => (typeof setting === 'string' ? setting : '');

const invalid = (message: string): HookError => new HookError('HOOK_CONFIG_INVALID', message);
