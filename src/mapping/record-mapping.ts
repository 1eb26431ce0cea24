import { describeValue, pointerTo, printable, type Violation } from '../violation.ts';
import type { DataTypeId } from './data-types/data-types.ts';
import { explain } from './explain.ts';
import { isIsoTime } from './formats.ts';
import { parseMapping, type Mapping, type MappingSettings } from './mapping.ts';
import type { MappedField } from './mapped-field.ts';
import { readFields, type ReadFields } from './read-fields.ts';
import { compileSchema, type CheckRecord } from './schema.ts';

/** What a valid payload became. */
export interface RecordInfo {
  readonly dataType: DataTypeId;
  /** What tells the record apart; where that is two properties, both are joined by `, `. */
  readonly identifier: { readonly property: string; readonly value: string };
  /** Names of fields that were sent and are not in the record. */
  readonly droppedFields: readonly string[];
  /** Where the mapping renames built-in properties: how each of those is called in the record. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Where properties were not sent and got a value all the same: that value. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** Surveys and multi-object: the record's properties that are filled in from the store where they are not sent. */
  readonly autoPopulate?: readonly string[];
}

export type MappingResult =
  | { readonly kind: 'valid'; readonly payload: Record<string, unknown>; readonly record: RecordInfo }
  | { readonly kind: 'invalid'; readonly violations: readonly Violation[] };

/** What goes back to the sender of an invalid payload. */
export interface MappingRefusal {
  readonly error: { readonly code: 'invalid_record'; readonly message: string };
  readonly violations: readonly Violation[];
}

/** The most fields of a payload; a hook takes no more either. */
const MOST_FIELDS = 1000;

/** A mapping ready for use: it turns payloads into records, or says everything that is wrong with them. */
export class RecordMapping {
  readonly #mapping: Mapping;
  readonly #check: CheckRecord;
  readonly #facts: Pick<RecordInfo, 'properties' | 'autoPopulate'>;

  /** Compiles the settings, once. Throws HOOK_CONFIG_INVALID with what a person has to change. */
  constructor(settings: MappingSettings) {
    this.#mapping = parseMapping(settings);
    this.#check = compileSchema(this.#mapping);
    this.#facts = factsOf(this.#mapping);
  }

  /** Properties that are filled in from the store where they are not sent. */
  get autoPopulate(): readonly string[] {
    return this.#mapping.autoPopulate;
  }

  /** Reads one payload. `now`, epoch ms, is taken where a time has that as its default. Changes nothing in the payload. */
  apply(payload: unknown, now: number): MappingResult {
    const shape = checkShape(payload);
    if (shape.kind === 'invalid') return shape;
    const fields = readFields(this.#mapping, shape.fields, now);
    const violations = [...this.#violationsOf(fields), ...fields.violations];
    if (violations.length > 0) return { kind: 'invalid', violations };
    return {
      kind: 'valid',
      payload: { ...fields.record, ...Object.fromEntries(fields.kept) },
      record: {
        dataType: this.#mapping.dataTypeId,
        identifier: identify(this.#mapping, fields),
        droppedFields: fields.droppedFields,
        ...(Object.keys(fields.defaults).length > 0 && { defaults: fields.defaults }),
        ...this.#facts,
      },
    };
  }

  #violationsOf(fields: ReadFields): Violation[] {
    if (this.#check(fields.record)) return checkOrder(this.#mapping, fields);
    const violations = explain(this.#mapping, fields, this.#check.errors ?? []);
    return [...violations, ...checkOrder(this.#mapping, fields)];
  }
}

/** The body of the answer to an invalid payload. */
export function refusalOf(violations: readonly Violation[]): MappingRefusal {
  const count = violations.length === 1 ? '1 violation' : `${violations.length} violations`;
  return { error: { code: 'invalid_record', message: `The record is not valid: ${count}.` }, violations };
}

function checkShape(
  payload: unknown,
):
  | { readonly kind: 'fields'; readonly fields: object }
  | { readonly kind: 'invalid'; readonly violations: readonly Violation[] } {
  if (Array.isArray(payload))
    return refuse(
      'array',
      'The payload is a list. One message is one record: put a split node before this one.',
    );
  if (typeof payload !== 'object' || payload === null || ArrayBuffer.isView(payload))
    return refuse('object', `The payload must be an object of fields, not ${describeValue(payload)}.`);
  const count = Object.keys(payload).length;
  if (count > MOST_FIELDS)
    return refuse('fieldCount', `The payload has ${count} fields; a record has at most ${MOST_FIELDS}.`);
  return { kind: 'fields', fields: payload };
}

function refuse(rule: string, message: string): { kind: 'invalid'; violations: Violation[] } {
  return { kind: 'invalid', violations: [{ field: '', path: '', rule, message }] };
}

/** What whoever stores a record has to know of its mapping. */
function factsOf({
  dataType,
  fields,
  autoPopulate,
}: Mapping): Pick<RecordInfo, 'properties' | 'autoPopulate'> {
  const renamed = fields.flatMap(({ builtIn, property }): [string, string][] =>
    builtIn === undefined || builtIn === property ? [] : [[builtIn, property]],
  );
  return {
    ...(renamed.length > 0 && { properties: Object.fromEntries(renamed) }),
    ...(dataType.isAutoPopulated && { autoPopulate }),
  };
}

function identify({ dataType, fields }: Mapping, { record }: ReadFields): RecordInfo['identifier'] {
  const parts = dataType.identifier.map((builtIns) => {
    const candidates = builtIns.map((builtIn) => fields.find((field) => field.builtIn === builtIn));
    return candidates.find((field) => field && Object.hasOwn(record, field.property));
  });
  const found = parts.filter((field): field is MappedField => field !== undefined);
  return {
    property: found.map(({ property }) => property).join(', '),
    value: found.map(({ property }) => String(record[property])).join(', '),
  };
}

/** Times are compared as ISO UTC texts of one length, in which the order of letters is that of time. */
function checkOrder({ dataType: { order }, fields }: Mapping, { record, sent }: ReadFields): Violation[] {
  if (!order) return [];
  const [earlier, later] = [order.earlier, order.later].map((builtIn) => {
    const field = fields.find((candidate) => candidate.builtIn === builtIn);
    const value = field && record[field.property];
    return field && typeof value === 'string' && isIsoTime(value) ? { field, value } : undefined;
  });
  if (!earlier || !later || later.value >= earlier.value) return [];
  const name = printable(later.field.field);
  const message = `${name} (${later.value}) must not be before ${printable(earlier.field.field)} (${earlier.value}).`;
  const path = pointerTo(sent.get(later.field.property)?.name ?? later.field.field);
  return [{ field: name, path, rule: 'order', message }];
}
