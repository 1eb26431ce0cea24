import { DATA_TYPES, type DataTypeId } from '../mapping/data-types/data-types.ts';
import { describeValue } from '../violation.ts';
import { invitationIds, type RecordSource } from './invitation-id.ts';
import { PropertyReader, type PropertyNames } from './property-reader.ts';
import { READ_CHANGE } from './read-change.ts';
import { unreadable, type ReadRecord } from './read-result.ts';
import { readSurvey, SURVEY_RESPONSES } from './read-survey.ts';
import type { Properties } from './record-store.ts';

/** What of a message is looked at. A flow may have put anything there. */
export interface RecordMessage {
  /** The record by the names of its properties. */
  readonly payload: unknown;
  /** What the check against a mapping tells of it. */
  readonly record: unknown;
  /** Stored where the message holds no such record. */
  readonly survey: unknown;
}

/** Reads what a message asks the store to do. It never throws: everything that is wrong is a violation. */
export function readRecord({ payload, record, survey }: RecordMessage, source: RecordSource): ReadRecord {
  if (isMissing(record)) return isMissing(survey) ? NOTHING : readSurvey(survey);
  if (!isObject(record)) return unreadable('object', 'msg.record is nothing that a check has made.');
  const dataType = record['dataType'];
  if (dataType === SURVEY_RESPONSES) return readSurvey(survey);
  if (!isDataType(dataType))
    return unreadable('dataType', `msg.record names no data type, but ${describeValue(dataType)}.`);
  if (Array.isArray(payload)) return unreadable('array', 'The payload is a list. One message is one record.');
  if (!isObject(payload))
    return unreadable('object', `The payload must be a record, not ${describeValue(payload)}.`);
  const reader = new PropertyReader(payload, namesOf(record['properties']));
  const change = READ_CHANGE[dataType](reader, {
    autoPopulate: textsOf(record['autoPopulate']),
    invitationId: invitationIds(source),
    defaults: isObject(record['defaults']) ? record['defaults'] : {},
    receivedAt: source.receivedAt,
  });
  if (reader.violations.length > 0) return { kind: 'invalid', violations: reader.violations };
  return { kind: 'valid', change, record, nameOf: reader.nameOf };
}

const NOTHING = unreadable(
  'required',
  'The message holds no record: put a mapping-validator or a survey-response node before this one.',
);

const isMissing = (value: unknown): boolean => value === undefined || value === null;

const isObject = (value: unknown): value is Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

const isDataType = (value: unknown): value is DataTypeId =>
  typeof value === 'string' && Object.hasOwn(DATA_TYPES, value);

/** Built-in properties go by their own names, but for those that the mapping renames. */
function namesOf(renamed: unknown): PropertyNames {
  const names = new Map(isObject(renamed) ? Object.entries(renamed) : []);
  return (builtIn) => {
    const name = names.get(builtIn);
    return typeof name === 'string' ? name : builtIn;
  };
}

const textsOf = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : undefined;
