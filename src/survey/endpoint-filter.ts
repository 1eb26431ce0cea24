import { HookError } from '../errors.ts';
import { textOf } from '../platform/settings-check.ts';
import { compileFilter, type ResponseFilter, type ResponseFilterSettings } from './response-filter.ts';
import { parseSurveyResponse } from './survey-response.ts';

/** The reason for a message whose `survey` cannot be judged. */
export const NO_SURVEY_RESPONSE =
  'The endpoint has a filter, and msg.survey is no survey response: put a survey-response node before this one.';

const UNWANTED = 'The filter of the endpoint does not let this survey response through.';

/**
 * Makes of an endpoint's setting `filter`, which has the shape of `ResponseFilterSettings`, what tells why a message with this `survey`
 * is not for the endpoint, in words; undefined = it is for it. The whole is undefined where the setting asks for nothing: then all
 * messages are, also those without a survey response. Throws HOOK_CONFIG_INVALID with everything that a person has to change.
 */
export function compileEndpointFilter(
  setting: unknown,
): ((survey: unknown) => string | undefined) | undefined {
  const settings = settingsOf(setting);
  const filter = compileFilter(settings);
  return asksForNothing(settings) ? undefined : (survey) => judge(filter, survey);
}

function settingsOf(setting: unknown): ResponseFilterSettings {
  if (setting === undefined || setting === null || setting === '') return {};
  if (typeof setting === 'object' && !Array.isArray(setting)) return setting;
  throw new HookError('HOOK_CONFIG_INVALID', 'The filter is not valid. It must be an object.');
}

/** `driversMode` says only how drivers are counted. The lists are lists: the settings have been compiled. */
function asksForNothing(settings: ResponseFilterSettings): boolean {
  const { sources = [], ratings = [], classes = [], drivers = [], scores, comment } = settings;
  const lists = [sources, ratings, classes, drivers];
  const commentMode = textOf(comment).trim();
  return (
    lists.every(({ length }) => length === 0) &&
    textOf(scores).trim() === '' &&
    (commentMode === '' || commentMode === 'any')
  );
}

function judge(filter: ResponseFilter, survey: unknown): string | undefined {
  try {
    return filter(parseSurveyResponse(survey)) ? undefined : UNWANTED;
  } catch (error) {
    if (error instanceof HookError && error.code === 'HOOK_MESSAGE_UNREADABLE') return NO_SURVEY_RESPONSE;
    throw error;
  }
}
