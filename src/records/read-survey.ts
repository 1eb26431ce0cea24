import { parseSurveyResponse } from '../survey/survey-response.ts';
import { toJson } from './json-value.ts';
import { PropertyReader } from './property-reader.ts';
import type { Properties } from './record-store.ts';
import { unreadable, type ReadRecord } from './read-result.ts';

/** The data type of survey responses, which have no mapping. */
export const SURVEY_RESPONSES = 'survey-responses';

/** Reads the survey response that is to be stored. What was received (`raw`) is not: it may be of any size. */
export function readSurvey(survey: unknown): ReadRecord {
  const response = withoutRaw(survey);
  if (!response || toJson(response).kind === 'problem')
    return unreadable('object', 'msg.survey is no survey response that can be stored.');
  const reader = new PropertyReader(response, (builtIn) => builtIn);
  const source = reader.requiredText('source');
  const responseId = reader.requiredText('responseId');
  const submittedAt = reader.time('submittedAt');
  if (reader.violations.length > 0) return { kind: 'invalid', violations: reader.violations };
  return {
    kind: 'valid',
    change: { kind: 'survey-response', source, responseId, response, submittedAt },
    record: { dataType: SURVEY_RESPONSES, identifier: { property: 'responseId', value: responseId } },
    nameOf: reader.nameOf,
  };
}

function withoutRaw(survey: unknown): Properties | undefined {
  try {
    const entries = Object.entries(parseSurveyResponse(survey));
    return Object.fromEntries(entries.filter(([name]) => name !== 'raw'));
  } catch {
    return undefined;
  }
}
