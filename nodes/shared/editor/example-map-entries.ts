import type { RecordProperty } from '../../../src/survey/record-property.ts';
import type { ExampleField } from './example-fields.ts';
import { isBlank, type MapEntry } from './map-entry.ts';

/** By which names systems send what a survey response has, without case and signs; of a field within others with theirs before it. */
const USUAL_NAMES = {
  score: ['score', 'npsscore', 'nps', 'csatscore', 'csat', 'cesscore', 'ces'],
  rating: ['rating', 'temperature'],
  comment: ['comment', 'comments', 'feedback', 'verbatim'],
  responseId: ['responseid', 'response.id', 'id'],
  submittedAt: ['submittedat', 'responsedate', 'completedat', 'createdat', 'submitted', 'timestamp', 'date'],
  'respondent.email': ['email', 'emailaddress', 'customeremail', 'respondentemail', 'contactemail'],
  'respondent.name': [
    'respondentname',
    'customername',
    'fullname',
    'respondent.name',
    'customer.name',
    'person.name',
    'contact.name',
    'name',
  ],
  'respondent.phone': ['phone', 'phonenumber', 'mobile', 'customerphone'],
  'respondent.id': ['customerid', 'respondentid', 'contactid', 'customer.id', 'respondent.id', 'person.id'],
  account: ['account', 'accountname', 'company', 'companyname', 'account.name', 'company.name'],
  agent: ['agent', 'agentname', 'agent.name'],
  ticketId: ['ticketid', 'ticketnumber', 'ticket', 'ticket.id', 'caseid', 'casenumber'],
  surveyName: ['surveyname', 'survey.name', 'survey'],
  surveyId: ['surveyid', 'survey.id'],
  language: ['language', 'locale', 'lang'],
  'supportGroup.name': ['supportgroup', 'supportgroup.name', 'team', 'group'],
  eventId: ['eventid', 'event.id'],
  eventType: ['eventtype', 'event.type', 'event'],
} as const satisfies Partial<Record<RecordProperty, readonly string[]>>;

const squash = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * The rows of a survey response's mapping once an example has filled them: those that say something stay, blank ones and new ones get
 * the place of the field that by its name holds it. A field that nothing can be told of gets no row.
 */
export function mapEntriesFor(
  example: readonly ExampleField[],
  rows: readonly MapEntry[],
): { readonly rows: readonly MapEntry[]; readonly count: number } {
  const filled = new Map<string, string>();
  for (const [property, names] of Object.entries(USUAL_NAMES)) {
    const isKept = rows.some((row) => row.property === property && !isBlank(row));
    const place = isKept ? undefined : placeOf(example, names);
    if (place !== undefined) filled.set(property, place);
  }
  const entry = (property: string, value: string): MapEntry => ({ property, value, valueType: 'msg' });
  const kept = rows.map((row) => {
    const value = isBlank(row) ? filled.get(row.property) : undefined;
    return value === undefined ? row : entry(row.property, value);
  });
  const there = new Set(rows.map(({ property }) => property));
  const added = [...filled].filter(([property]) => !there.has(property));
  return { rows: [...kept, ...added.map(([property, value]) => entry(property, value))], count: filled.size };
}

function placeOf(example: readonly ExampleField[], names: readonly string[]): string | undefined {
  for (const name of names)
    for (const { path } of example) {
      // A name with one above it stands for the end of a path, one alone for a field at the top or for one that says enough.
      const end = path.slice(-name.split('.').length).map(squash).join('.');
      const isTop = path.length === 1 || !AMBIGUOUS.has(name);
      const place = end === name && isTop ? messagePlace(path) : undefined;
      if (place !== undefined) return place;
    }
  return undefined;
}

/** What anything may have. */
const AMBIGUOUS: ReadonlySet<string> = new Set(['id', 'name', 'date', 'timestamp', 'createdat', 'event']);

/** Where a field is in a message, as Node-RED writes it; undefined where it cannot be written. */
export function messagePlace(path: readonly string[]): string | undefined {
  const parts = path.map((name) => {
    if (/^[A-Za-z_$][\w$]*$/.test(name)) return `.${name}`;
    const quote = ['"', "'"].find((sign) => !name.includes(sign));
    return quote === undefined || name === '' ? undefined : `[${quote}${name}${quote}]`;
  });
  return parts.includes(undefined) ? undefined : `payload${parts.join('')}`;
}
