import { HookError } from '../errors.ts';
import { printable } from '../violation.ts';
import { DATA_TYPES, type DataTypeId } from './data-types/data-types.ts';
import type { DataType } from './data-types/data-type.ts';
import { parseFieldRows } from './field-row.ts';
import { mapFields, type MappedField } from './mapped-field.ts';

export const UNKNOWN_FIELD_RULES = ['keep', 'drop', 'reject'] as const;

/** What becomes of a field that the mapping does not know. */
export type UnknownFieldRule = (typeof UNKNOWN_FIELD_RULES)[number];

/** The settings of an `inbound-mapping`, as a flow holds them. */
export interface MappingSettings {
  readonly dataType?: unknown;
  readonly fields?: unknown;
  readonly unknownFields?: unknown;
  readonly autoPopulate?: unknown;
}

/** Which fields of a payload become which properties of a record, and the rules they keep. */
export interface Mapping {
  readonly dataTypeId: DataTypeId;
  readonly dataType: DataType;
  readonly fields: readonly MappedField[];
  readonly unknownFields: UnknownFieldRule;
  /** Properties that are filled in from the store where they are not sent; none for data types without that. */
  readonly autoPopulate: readonly string[];
}

/** Reads a mapping's settings. Throws HOOK_CONFIG_INVALID with what a person has to change. */
export function parseMapping(settings: MappingSettings): Mapping {
  const dataTypeId = parseDataType(settings.dataType);
  const dataType: DataType = DATA_TYPES[dataTypeId];
  const fields = mapFields(dataType, parseFieldRows(settings.fields));
  return {
    dataTypeId,
    dataType,
    fields,
    unknownFields: parseUnknownFields(settings.unknownFields),
    autoPopulate: dataType.isAutoPopulated ? parseAutoPopulate(settings.autoPopulate, fields) : [],
  };
}

function parseDataType(setting: unknown): DataTypeId {
  if (typeof setting === 'string' && Object.hasOwn(DATA_TYPES, setting)) return setting as DataTypeId;
  throw invalid(`The mapping must have one of the data types ${Object.keys(DATA_TYPES).join(', ')}.`);
}

function parseUnknownFields(setting: unknown): UnknownFieldRule {
  if (setting === undefined || setting === '') return 'keep';
  const rule = UNKNOWN_FIELD_RULES.find((known) => known === setting);
  if (rule === undefined)
    throw invalid(`Unknown fields must be one of ${UNKNOWN_FIELD_RULES.join(', ')} in the mapping.`);
  return rule;
}

function parseAutoPopulate(setting: unknown, fields: readonly MappedField[]): string[] {
  const properties = fields.map(({ property }) => property);
  if (setting === undefined || setting === null || setting === '') return properties;
  if (!Array.isArray(setting)) throw invalid('The properties to fill in are not a list in the mapping.');
  return setting.map((wanted: unknown) => {
    const property = properties.find((known) => known === wanted);
    if (property === undefined)
      throw invalid(`The mapping has no property "${printable(String(wanted))}" that could be filled in.`);
    return property;
  });
}

const invalid = (message: string): HookError => new HookError('HOOK_CONFIG_INVALID', message);
