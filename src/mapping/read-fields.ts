import { formatIsoTime } from '../platform/utc-time.ts';
import { textKey } from '../text-key.ts';
import { pointerTo, printable, type Violation } from '../violation.ts';
import type { CheckedRecord, SentField } from './explain.ts';
import { READ_VALUE } from './field-type.ts';
import type { Mapping } from './mapping.ts';
import type { MappedField } from './mapped-field.ts';

/** A payload's fields sorted by what the mapping says of them. */
export interface ReadFields extends CheckedRecord {
  /** Fields that the mapping does not know and keeps, by the names that were sent. */
  readonly kept: readonly (readonly [name: string, value: unknown])[];
  readonly droppedFields: readonly string[];
  /** The properties that were not sent and got a value all the same. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Fields that the mapping refuses. */
  readonly violations: readonly Violation[];
}

/** Reads fields of any letters into the properties of a record: of a name that was sent twice, the later counts. */
export function readFields(mapping: Mapping, payload: object, now: number): ReadFields {
  const byName = new Map(mapping.fields.map((field) => [textKey(field.field), field]));
  const sent = new Map<string, SentField>();
  const unknown: (readonly [string, unknown])[] = [];
  for (const [name, value] of Object.entries(payload)) {
    const field = byName.get(textKey(name));
    if (field) sent.set(field.property, { name, value });
    else unknown.push([name, value]);
  }
  return { ...readRecord(mapping.fields, sent, now), sent, ...sortUnknown(mapping, unknown) };
}

function readRecord(
  fields: readonly MappedField[],
  sent: ReadonlyMap<string, SentField>,
  now: number,
): Pick<ReadFields, 'record' | 'defaults'> {
  const record: Record<string, unknown> = {};
  const defaults: Record<string, string> = {};
  for (const field of fields) {
    const value = readValue(field, sent.get(field.property)?.value);
    if (value !== undefined) record[field.property] = value;
    else if (field.isNowByDefault && !field.required) defaults[field.property] = formatIsoTime(now);
  }
  return { record: { ...record, ...defaults }, defaults };
}

/** Undefined for what is not there: nothing sent, `null`, or a text of white space only. Empty is never 0. */
function readValue(field: MappedField, sent: unknown): unknown {
  if (sent === null || sent === undefined) return undefined;
  if (typeof sent === 'string' && sent.trim() === '') return undefined;
  const value = READ_VALUE[field.type](sent);
  return field.isName && typeof value === 'string' ? value.trim() : value;
}

/** A field that is kept never takes the place of a property of the record, nor of the record's prototype. */
function sortUnknown(
  mapping: Mapping,
  unknown: readonly (readonly [string, unknown])[],
): Pick<ReadFields, 'kept' | 'droppedFields' | 'violations'> {
  if (mapping.unknownFields === 'reject')
    return { kept: [], droppedFields: [], violations: unknown.map(([name]) => refuseUnknown(name)) };
  const properties = new Set(mapping.fields.map(({ property }) => property));
  const isKept = (name: string): boolean =>
    mapping.unknownFields === 'keep' && name !== '__proto__' && !properties.has(name);
  return {
    kept: unknown.filter(([name]) => isKept(name)),
    droppedFields: unknown.map(([name]) => name).filter((name) => !isKept(name)),
    violations: [],
  };
}

function refuseUnknown(name: string): Violation {
  const field = printable(name);
  return {
    field,
    path: pointerTo(name),
    rule: 'unknown',
    message: `${field === '' ? 'A field without a name' : field} is not a field of this mapping.`,
  };
}
