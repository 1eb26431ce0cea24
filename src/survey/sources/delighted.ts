import { HookError } from '../../errors.ts';
import { valueAt } from '../../template/dynamic-tags.ts';
import { describeValue } from '../../violation.ts';
import { measureAs, type Measuring } from '../measuring.ts';
import type { Metric } from '../metric.ts';
import { findNamedFields } from './named-fields.ts';
import {
  findAt,
  isFields,
  meant,
  type Fields,
  type Finding,
  type FoundValues,
  type Source,
} from './source.ts';

/** What the types of Delighted's surveys measure, and on which scale (help.delighted.com, survey types). */
const SURVEY_TYPES: ReadonlyMap<string, readonly [Metric, number, number]> = new Map([
  ['nps', ['nps', 0, 10]],
  ['enps', ['nps', 0, 10]],
  ['csat', ['csat', 1, 5]],
  ['ces', ['ces', 1, 5]],
  ['star', ['csat', 1, 5]],
  ['stars', ['csat', 1, 5]],
  ['5star', ['csat', 1, 5]],
  ['fivestar', ['csat', 1, 5]],
  ['smiley', ['csat', 1, 5]],
  ['smileys', ['csat', 1, 5]],
  ['pmf', ['csat', 1, 3]],
]);

/** More than a survey asks. */
const MOST_ANSWERS = 100;

/** More than anyone keeps of a person. */
const MOST_PROPERTIES = 200;

/** What Delighted itself puts among a person's properties, of the device and the mail. */
const OWN_PROPERTY = /^delighted[ _]/i;

/**
 * Delighted's webhooks of survey responses (app.delighted.com/docs/api/webhooks). A comment that comes later is another event of the
 * same response id.
 */
export const delighted: Source = {
  title: 'Delighted',
  recognises: ({ payload }) =>
    isFields(payload) &&
    typeof payload['event_type'] === 'string' &&
    /^(?:survey_response|unsubscribe)\./.test(payload['event_type']) &&
    isFields(payload['event_data']),
  find({ payload }, rules) {
    const data = dataOf(payload);
    return {
      measuring: measuringOf(data['survey_type'], rules.measuring),
      values: {
        ...findPerson(payload),
        ...findProperties(payload),
        ...findSurvey(payload),
        ...findDrivers(data['additional_answers'], rules.factors),
      },
    };
  },
};

function dataOf(payload: unknown): Fields {
  const type = isFields(payload) ? payload['event_type'] : undefined;
  const data = isFields(payload) ? payload['event_data'] : undefined;
  if (typeof type === 'string' && type.startsWith('unsubscribe.'))
    throw unreadable(
      'Delighted says that someone has unsubscribed, which is no survey response: choose the events of survey responses there, or sort them out with a switch node.',
    );
  if (typeof type === 'string' && type.startsWith('survey_response.') && isFields(data)) return data;
  throw unreadable(
    'The payload is no survey response of Delighted: it lacks event_data, or event_type is another one.',
  );
}

/** Without a type the flow's metric counts. A type that is not known is never an NPS: its scale has to be set. */
function measuringOf(surveyType: unknown, set: Measuring): Measuring {
  if (surveyType === undefined || surveyType === null || surveyType === '') return set;
  const key = typeof surveyType === 'string' ? surveyType.toLowerCase().replaceAll(/[ _-]/g, '') : '';
  const known = SURVEY_TYPES.get(key);
  if (known) return measureAs(known[0], { min: known[1], max: known[2] }, set);
  if (set.metric !== 'nps' && set.isScaleSet) return set;
  throw unreadable(
    `The scale of Delighted's survey type ${describeValue(surveyType)} is not known: set metric, lowest and highest score.`,
  );
}

function findSurvey(payload: unknown): FoundValues {
  const at = (name: string): Finding => findAt(payload, ['event_data', name]);
  return {
    responseId: at('id'),
    eventId: findAt(payload, ['event_id']),
    eventType: findAt(payload, ['event_type']),
    submittedAt: at('created_at'),
    score: at('score'),
    comment: at('comment'),
    'links.response': at('permalink'),
  };
}

/** The API gives a person by id only, the webhook in full. */
function findPerson(payload: unknown): FoundValues {
  const person = ['event_data', 'person'];
  const at = (name: string): Finding => findAt(payload, [...person, name]);
  const whole = findAt(payload, person);
  return {
    'respondent.id': isFields(whole.value) ? at('id') : whole,
    'respondent.email': at('email'),
    'respondent.phone': at('phone_number'),
    'respondent.name': at('name'),
  };
}

function findProperties(payload: unknown): FoundValues {
  const properties = findAt(payload, ['event_data', 'person_properties']);
  if (!isFields(properties.value)) return {};
  const entries = Object.entries(properties.value).slice(0, MOST_PROPERTIES);
  const theirs = entries.filter(([name]) => !OWN_PROPERTY.test(name));
  return findNamedFields({ ...properties, value: Object.fromEntries(theirs) });
}

/** Answers to additional questions that are named like a factor are selected factors. */
function findDrivers(answers: unknown, factors: readonly string[]): FoundValues {
  if (!Array.isArray(answers) || factors.length === 0) return {};
  const known = new Set(factors.map((factor) => factor.toLowerCase()));
  const choices = answers.slice(0, MOST_ANSWERS).flatMap((answer: unknown) => {
    const many: unknown = valueAt(answer, ['value', 'select_many']);
    const one = valueAt(answer, ['value', 'select_one']);
    return Array.isArray(many) ? [one, ...(many.slice(0, MOST_ANSWERS) as unknown[])] : [one];
  });
  const selected = choices
    .map((choice) => valueAt(choice, ['text']))
    .filter((text) => typeof text === 'string' && known.has(text.trim().toLowerCase()));
  return { drivers: meant(selected) };
}

const unreadable = (message: string): HookError => new HookError('HOOK_MESSAGE_UNREADABLE', message);
