import { mergeResponse } from '../../../records/merge-response.ts';
import type { StoredRecord, SurveyResponseChange } from '../../../records/record-store.ts';
import type { Statements } from '../statements.ts';
import { isDifferent, parseProperties, propertiesText } from './rows.ts';

/** Adds the response, or merges the event into the one that is there. */
export function upsertSurveyResponse(
  statements: Statements,
  { source, responseId, response, submittedAt }: SurveyResponseChange,
  now: number,
): StoredRecord {
  const name = { source, response_id: responseId };
  const time = submittedAt === undefined ? undefined : Math.round(submittedAt);
  const found = statements.first('find-survey-response', name);
  if (!found) {
    const row = { ...name, submitted_at: time ?? null, response: propertiesText(response) };
    const id = statements.insert('insert-survey-response', { ...row, now });
    return { kind: 'stored', id: String(id), outcome: 'created' };
  }
  const row = {
    submitted_at: time ?? found.submitted_at,
    response: propertiesText(mergeResponse(parseProperties(found.response), response)),
  };
  if (isDifferent(row, found)) statements.run('update-survey-response', { ...row, id: found.id, now });
  return { kind: 'stored', id: String(found.id), outcome: 'updated' };
}
