import { HookError } from '../../errors.ts';
import { printable } from '../../violation.ts';
import { isRecordProperty, type RecordProperty } from '../record-property.ts';

/** Where a mapped value comes from: the message, an expression, a fixed value, the environment, or the answer to a question. */
export const VALUE_TYPES = ['msg', 'jsonata', 'str', 'num', 'env', 'answer'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

/** One row of a mapping: what is filled in, and from where. */
export interface MapRow {
  readonly property: RecordProperty;
  /** A path, an expression, a value, a name, or the ref or id of a question, as `valueType` says. */
  readonly value: string;
  readonly valueType: ValueType;
}

/** More rows than there are properties; each costs an evaluation per message. */
const MOST_ROWS = 100;

/** Reads a mapping as a flow holds it. Rows without property and value are left out. Throws HOOK_CONFIG_INVALID. */
export function parseMap(setting: unknown): MapRow[] {
  if (setting === undefined || setting === null || setting === '') return [];
  if (!Array.isArray(setting)) throw invalid('The mapping is not a list.');
  if (setting.length > MOST_ROWS) throw invalid(`The mapping has more than ${MOST_ROWS} rows.`);
  const rows = setting.flatMap(parseRow);
  const twice = rows.find(
    ({ property }, index) => rows.findIndex((row) => row.property === property) < index,
  );
  if (twice) throw invalid(`The mapping fills ${printable(twice.property)} twice.`);
  return rows;
}

function parseRow(setting: unknown): MapRow[] {
  if (typeof setting !== 'object' || setting === null)
    throw invalid('A row of the mapping is not an object.');
  const { property, value, valueType } = setting as Readonly<Record<string, unknown>>;
  const name = textOf(property).trim();
  const text = textOf(value);
  if (name === '' && text.trim() === '') return [];
  if (!isRecordProperty(name))
    throw invalid(`The mapping fills "${printable(name)}", which is nothing that a survey response has.`);
  const type = parseType(name, valueType);
  if (type !== 'str' && text.trim() === '') throw invalid(`The mapping has no value for ${printable(name)}.`);
  // A fixed text may have its spaces; a ref with one is none.
  return [{ property: name, value: type === 'answer' ? text.trim() : text, valueType: type }];
}

function parseType(property: string, setting: unknown): ValueType {
  if (setting === undefined || setting === '') return 'msg';
  const type = VALUE_TYPES.find((known) => known === setting);
  if (type !== undefined) return type;
  throw invalid(
    `The value of ${printable(property)} in the mapping must be one of ${VALUE_TYPES.join(', ')}.`,
  );
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const invalid = (message: string): HookError => new HookError('HOOK_CONFIG_INVALID', message);
