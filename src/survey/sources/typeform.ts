import { HookError } from '../../errors.ts';
import { findNamedFields } from './named-fields.ts';
import {
  findAt,
  isFields,
  type Finding,
  type Found,
  type FoundValues,
  type Source,
  type SourceRules,
} from './source.ts';
import { answersOf, answerTo, questionsOf, type Answer } from './typeform-answers.ts';
import { findScore } from './typeform-score.ts';

/** What hidden fields are called that say who answers. */
const HIDDEN_NAMES = {
  id: 'respondent.id',
  userid: 'respondent.id',
  email: 'respondent.email',
  phone: 'respondent.phone',
  phonenumber: 'respondent.phone',
  name: 'respondent.name',
} as const;

/**
 * Typeform's webhooks of whole and partial responses (typeform.com/developers/webhooks/example-payload). Score and comment are the
 * answers to the questions that look like it; rows of the mapping name others by ref or id.
 */
export const typeform: Source = {
  title: 'Typeform',
  recognises: ({ payload }) =>
    isFields(payload) && isResponseType(payload['event_type']) && isFields(payload['form_response']),
  find({ payload }, rules) {
    if (!isFields(payload) || !isResponseType(payload['event_type']) || !isFields(payload['form_response']))
      throw new HookError(
        'HOOK_MESSAGE_UNREADABLE',
        'The payload is no response of Typeform: it lacks form_response, or event_type is another one.',
      );
    return findResponse(payload, rules);
  },
};

const isResponseType = (type: unknown): boolean =>
  type === 'form_response' || type === 'form_response_partial';

function findResponse(payload: object, rules: SourceRules): Found {
  const answers = answersOf(payload);
  const { measuring, score } = findScore({ questions: questionsOf(payload), answers }, rules);
  const hidden = findAt(payload, ['form_response', 'hidden']);
  return {
    measuring,
    values: {
      ...findForm(payload),
      ...findNamedFields(hidden, HIDDEN_NAMES),
      ...findAnswers(answers),
      ...(score ? { score } : {}),
      ...findMapped(answers, rules),
    },
  };
}

function findForm(payload: object): FoundValues {
  const at = (...names: string[]): Finding => findAt(payload, ['form_response', ...names]);
  return {
    surveyId: at('form_id'),
    surveyName: at('definition', 'title'),
    responseId: at('token'),
    eventId: findAt(payload, ['event_id']),
    eventType: findAt(payload, ['event_type']),
    submittedAt: at('submitted_at'),
    'links.response': at('response_url'),
  };
}

/** A short text inside a contact block is part of a name or an address, never a comment. */
function findAnswers(answers: readonly Answer[]): FoundValues {
  const comment =
    answers.find(({ kind }) => kind === 'long_text') ??
    answers.find(({ kind, subfield }) => kind === 'short_text' && subfield === '');
  const email = answers.find(({ type }) => type === 'email');
  const phone = answers.find(({ type }) => type === 'phone_number');
  const company = answers.find(({ subfield }) => subfield === 'company');
  const names = answers.filter(({ subfield }) => subfield === 'first_name' || subfield === 'last_name');
  return {
    ...(comment ? { comment: comment.finding } : {}),
    ...(email ? { 'respondent.email': email.finding } : {}),
    ...(phone ? { 'respondent.phone': phone.finding } : {}),
    ...(company ? { account: company.finding } : {}),
    ...findName(names),
  };
}

function findName(parts: readonly Answer[]): FoundValues {
  const [first] = parts;
  const texts = parts.map(({ finding }) => finding.value).filter((value) => typeof value === 'string');
  return first ? { 'respondent.name': { ...first.finding, value: texts.join(' ').trim() } } : {};
}

/** What the mapping says by questions; a question that was not answered leaves what was found. */
function findMapped(answers: readonly Answer[], { map }: SourceRules): FoundValues {
  const found = map
    .filter(({ valueType }) => valueType === 'answer')
    .map(({ property, value }) => [property, answerTo(answers, value)?.finding] as const)
    .filter(([, finding]) => finding !== undefined);
  return Object.fromEntries(found);
}
