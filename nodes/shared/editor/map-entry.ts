import { isRecordProperty, type RecordProperty } from '../../../src/survey/record-property.ts';
import { isFilled, toText } from './text.ts';

/** A row of a mapping: which property of a survey response is filled in, and from where. */
export interface MapEntry {
  property: string;
  value: string;
  valueType: string;
}

/** What can be filled in, most wanted first. */
export const MAP_CHOICES = [
  'score',
  'rating',
  'comment',
  'responseId',
  'submittedAt',
  'respondent.email',
  'respondent.name',
  'respondent.phone',
  'respondent.id',
  'account',
  'agent',
  'ticketId',
  'drivers',
  'surveyName',
  'surveyId',
  'language',
  'segments',
  'supportGroup.name',
  'supportGroup.code',
  'eventId',
  'eventType',
  'links.response',
] as const satisfies readonly RecordProperty[];

/** The sources of which nothing is known, so that everything comes from the mapping, and what one usually wants to have. */
const USUAL_PROPERTIES: Readonly<Record<string, readonly string[] | undefined>> = {
  'customer-thermometer': ['responseId', 'rating', 'comment', 'respondent.email'],
  generic: ['responseId', 'score', 'comment', 'respondent.email'],
};

/** Whether a source is read by its mapping alone. */
export const needsMap = (source: string): boolean => USUAL_PROPERTIES[source] !== undefined;

/** The rows to begin with; none where the source is known. */
export const usualEntries = (source: string): MapEntry[] =>
  (USUAL_PROPERTIES[source] ?? []).map((property) => ({ property, value: '', valueType: 'msg' }));

/** A row of the setting, whatever it is. */
export function readMapEntry(entry: unknown): MapEntry {
  const row = (entry ?? {}) as Partial<Record<keyof MapEntry, unknown>>;
  return {
    property: toText(row.property),
    value: toText(row.value),
    valueType: toText(row.valueType) || 'msg',
  };
}

/** Whether nothing is filled in; a fixed text may be empty. */
export const isBlank = ({ value, valueType }: MapEntry): boolean => valueType !== 'str' && !isFilled(value);

/**
 * Whether the rows can stand: each fills something that a survey response has, and none fills what another does. Answers are found by
 * their question in Typeform alone.
 */
export function areMapEntries(rows: readonly unknown[], source: string): boolean {
  const entries = rows.map(readMapEntry);
  const properties = entries.map(({ property }) => property);
  return (
    new Set(properties).size === properties.length &&
    entries.every((entry) => isRecordProperty(entry.property) && !isBlank(entry)) &&
    (source === 'typeform' || entries.every(({ valueType }) => valueType !== 'answer'))
  );
}
