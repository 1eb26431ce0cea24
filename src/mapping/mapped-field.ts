import { HookError } from '../errors.ts';
import { textKey } from '../text-key.ts';
import { printable } from '../violation.ts';
import type { BuiltInField, DataType } from './data-types/data-type.ts';
import type { FieldPattern, FieldRow } from './field-row.ts';
import type { FieldType } from './field-type.ts';
import { matchRows } from './match-rows.ts';

/** A field of a mapping: a built-in one, perhaps changed by a row of the setting, or one that the setting adds. */
export interface MappedField {
  /** The property of the built-in field that this is; undefined for one that was added. */
  readonly builtIn: string | undefined;
  /** The name senders use, as people write it. */
  readonly field: string;
  /** The name in the record. */
  readonly property: string;
  readonly type: FieldType;
  readonly required: boolean;
  /** Characters; undefined for what is not text. */
  readonly maxLength: number | undefined;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly pattern: FieldPattern | undefined;
  readonly isName: boolean;
  readonly isNowByDefault: boolean;
}

/** The longest text where nothing else is said (CustomerGauge's public API pages). */
const DEFAULT_MAX_LENGTH = 255;

const TEXT_TYPES: ReadonlySet<FieldType> = new Set<FieldType>(['string', 'email', 'phone']);

/** The fields of a data type with the rows of the setting worked in. Throws HOOK_CONFIG_INVALID where they contradict. */
export function mapFields(dataType: DataType, rows: readonly FieldRow[]): MappedField[] {
  const byBuiltIn = matchRows(dataType.fields, rows);
  const changed = new Set(byBuiltIn.values());
  const fields = [
    ...dataType.fields.map((builtIn) => fromBuiltIn(builtIn, byBuiltIn.get(builtIn))),
    ...rows.filter((row) => !changed.has(row)).map(fromRow),
  ];
  refuseTwice(fields, ({ field }) => textKey(field), 'field');
  refuseTwice(fields, ({ property }) => property, 'property');
  return fields;
}

function fromBuiltIn(builtIn: BuiltInField, row: FieldRow | undefined): MappedField {
  const type = typeOf(builtIn, row);
  return {
    builtIn: builtIn.property,
    field: row?.field ?? builtIn.field,
    property: row?.property ?? builtIn.property,
    type,
    required: builtIn.required === true || row?.required === true,
    ...textRules({ type, row, maxLength: builtIn.maxLength }),
    minimum: builtIn.minimum,
    maximum: builtIn.maximum,
    isName: builtIn.isName === true,
    isNowByDefault: builtIn.isNowByDefault === true,
  };
}

function fromRow(row: FieldRow): MappedField {
  const type = row.type ?? 'string';
  return {
    builtIn: undefined,
    field: row.field,
    property: row.property,
    type,
    required: row.required,
    ...textRules({ type, row, maxLength: undefined }),
    minimum: undefined,
    maximum: undefined,
    isName: false,
    isNowByDefault: false,
  };
}

/** Plain text may be narrowed; an email address, a time or a score stays one, because other rules count on it. */
function typeOf(builtIn: BuiltInField, row: FieldRow | undefined): FieldType {
  if (builtIn.type === 'string') return row?.type ?? 'string';
  if (row?.type !== undefined && row.type !== 'string' && row.type !== builtIn.type)
    throw invalid(`${printable(row.field)} is built in as ${builtIn.type} and cannot be ${row.type}.`);
  return builtIn.type;
}

function textRules({
  type,
  row,
  maxLength,
}: {
  type: FieldType;
  row: FieldRow | undefined;
  maxLength: number | undefined;
}): Pick<MappedField, 'maxLength' | 'pattern'> {
  if (TEXT_TYPES.has(type))
    return { maxLength: row?.maxLength ?? maxLength ?? DEFAULT_MAX_LENGTH, pattern: row?.pattern };
  if (row && (row.pattern !== undefined || row.maxLength !== undefined))
    throw invalid(`${printable(row.field)} is ${type}: only a text can have a pattern or a longest length.`);
  return { maxLength: undefined, pattern: undefined };
}

function refuseTwice(
  fields: readonly MappedField[],
  keyOf: (field: MappedField) => string,
  what: 'field' | 'property',
): void {
  const seen = new Set<string>();
  for (const field of fields) {
    if (seen.has(keyOf(field)))
      throw invalid(`The mapping has the ${what} "${printable(field[what])}" more than once.`);
    seen.add(keyOf(field));
  }
}

const invalid = (message: string): HookError => new HookError('HOOK_CONFIG_INVALID', message);
