import { isEmailAddress } from '../../email-address.ts';
import { HookError } from '../../errors.ts';
import { parseTemplate, plainText, renderTemplate, type Template } from '../../template/dynamic-tags.ts';
import { toneOf } from '../metric.ts';
import { parseSurveyResponse, type SurveyResponse } from '../survey-response.ts';
import { cut, oneLine } from './cut.ts';
import {
  choiceOption,
  switchOption,
  tagValues,
  textOption,
  type Format,
  type FormatInput,
  type FormatOptions,
} from './format.ts';
import { headline } from './summary.ts';
import { parseTags, renderTags, type TagRules } from './tag-list.ts';
import { targetOf } from './target.ts';
import { describeInMarkdown, withoutPlaceholders } from './zendesk.ts';

const PRIORITY_OF_TONE = { bad: 'high', neutral: 'normal', good: 'low' } as const;
const PRIORITY_WITHOUT_CLASS = 'low';

/** Zendesk's own, in characters. */
const SUBJECT_LIMIT = 150;
const LINE_LIMIT = 255;

/** Spaces part tags in Zendesk, so those within one become `_`; and it fills in no placeholder of its own. */
const TAGS: TagRules = {
  limit: LINE_LIMIT,
  tidy: (tag) => tag.replaceAll(' ', '_').replace(/\{[{%]/g, '{_'),
};

/** Zendesk answers a second request with the same key with the ticket that the first one made, and makes none. */
const HEADERS = { 'Idempotency-Key': '{{delivery.id}}' };

/**
 * Writes the body of `POST /api/v2/tickets.json` of Zendesk. Options: `subject` (with dynamic tags), `priority` (`auto` = by class,
 * `low`, `normal`, `high`, `urgent`), `tags` (separated by commas, with dynamic tags; one of metric and class, such as `nps_detractor`, is added),
 * `requesterEmail` (with dynamic tags; for responses without an email address, which are an error where this gives none), `public` (false:
 * the first comment is for agents only). Source: developer.zendesk.com/api-reference/ticketing/tickets/tickets, Create Ticket,
 * and ticketing/introduction, Idempotency.
 */
export function compileZendeskTicket(options: FormatOptions): Format {
  const subject = parseTemplate(textOption(options, 'subject'));
  const requesterEmail = parseTemplate(textOption(options, 'requesterEmail'));
  const priority = choiceOption(options, 'priority', ['auto', 'low', 'normal', 'high', 'urgent']);
  const isPublic = switchOption(options, 'public', false);
  const tags = parseTags(textOption(options, 'tags'));
  return (input) => {
    const response = parseSurveyResponse(input.survey);
    const externalId = lineOf(response.responseId);
    const ticket = {
      subject: subjectOf(response, renderTemplate(subject, tagValues(input), plainText)),
      comment: { body: describeInMarkdown(response), public: isPublic },
      requester: requesterOf(response, requesterEmail, input),
      priority: priority === 'auto' ? priorityOf(response) : priority,
      tags: [...new Set([...renderTags(tags, input, TAGS), ...classTags(response)])],
      ...(externalId === '' ? {} : { external_id: externalId }),
    };
    return { payload: { ticket }, target: targetOf('zendesk-ticket', { headers: HEADERS }) };
  };
}

const classTags = ({ metric, class: surveyClass }: SurveyResponse): string[] =>
  surveyClass === null ? [] : [`${metric}_${surveyClass}`];

const subjectOf = (response: SurveyResponse, wanted: string): string =>
  cut(oneLine(wanted) || headline(response), { limit: SUBJECT_LIMIT, escape: withoutPlaceholders });

function priorityOf(response: SurveyResponse): string {
  const tone = toneOf(response.class);
  return tone === null ? PRIORITY_WITHOUT_CLASS : PRIORITY_OF_TONE[tone];
}

/** Zendesk finds the requester by email, or makes one, which needs a name. */
function requesterOf({ respondent }: SurveyResponse, fallback: Template, input: FormatInput) {
  const instead = renderTemplate(fallback, tagValues(input), plainText);
  const email = [respondent.email, instead].map((text) => text.trim()).find(isEmailAddress);
  if (email !== undefined)
    return { name: lineOf(respondent.name) || lineOf(respondent.id) || lineOf(email), email };
  throw new HookError(
    'HOOK_MESSAGE_INCOMPLETE',
    'A Zendesk ticket needs the email address of the respondent, and this response has none: set the email address to use instead.',
  );
}

const lineOf = (text: string): string =>
  cut(oneLine(text), { limit: LINE_LIMIT, escape: withoutPlaceholders });
