import { isEmailAddress } from '../../email-address.ts';
import { HookError } from '../../errors.ts';
import { parseTemplate, plainText, renderTemplate, type Template } from '../../template/dynamic-tags.ts';
import { printable } from '../../violation.ts';
import { toneOf } from '../metric.ts';
import { parseSurveyResponse, type SurveyResponse } from '../survey-response.ts';
import { cut, oneLine } from './cut.ts';
import {
  choiceOption,
  tagValues,
  textOption,
  type Format,
  type FormatInput,
  type FormatOptions,
} from './format.ts';
import { describeInHtml, LINE_LIMIT } from './freshdesk.ts';
import { headline } from './summary.ts';
import { fixedTags, parseTags, renderTags, type TagList } from './tag-list.ts';
import { targetOf } from './target.ts';

/** Freshdesk's numbers: 1 low, 2 medium, 3 high, 4 urgent. */
const PRIORITY_OF_TONE = { bad: 3, neutral: 2, good: 1 } as const;
const PRIORITY_WITHOUT_CLASS = 1;

const TAG_LIMIT = 32;

/**
 * Writes the body of `POST /api/v2/tickets` of Freshdesk. Options: `subject` (with dynamic tags), `priority` (`auto` = by class, 1 to
 * 4), `status` (2 open to 5 closed), `tags` (separated by commas, with dynamic tags, of at most 32 characters each), `requesterEmail` (with dynamic tags; for responses with
 * neither email nor phone, which are an error without it). Source: developers.freshdesk.com/api, Create a Ticket.
 */
export function compileFreshdeskTicket(options: FormatOptions): Format {
  const subject = parseTemplate(textOption(options, 'subject'));
  const requesterEmail = parseTemplate(textOption(options, 'requesterEmail'));
  const priority = choiceOption(options, 'priority', ['auto', '1', '2', '3', '4']);
  const status = Number(choiceOption(options, 'status', ['2', '3', '4', '5']));
  const tagList = readTags(textOption(options, 'tags'));
  return (input) => {
    const response = parseSurveyResponse(input.survey);
    const tags = renderTags(tagList, input, { limit: TAG_LIMIT, tidy: (tag) => tag });
    return {
      payload: {
        subject: subjectOf(response, renderTemplate(subject, tagValues(input), plainText)),
        description: describeInHtml(response),
        ...requesterOf(response, requesterEmail, input),
        priority: priority === 'auto' ? priorityOf(response) : Number(priority),
        status,
        ...(tags.length === 0 ? {} : { tags }),
      },
      target: targetOf('freshdesk-ticket'),
    };
  };
}

/** A tag that is always too long is a mistake; one that a message makes too long is cut. */
function readTags(text: string): TagList {
  const tags = parseTags(text);
  const long = fixedTags(tags).find((tag) => oneLine(tag).length > TAG_LIMIT);
  if (long === undefined) return tags;
  throw new HookError(
    'HOOK_CONFIG_INVALID',
    `The tag "${printable(long)}" is too long: Freshdesk takes tags of at most ${TAG_LIMIT} characters, separated by commas.`,
  );
}

function subjectOf(response: SurveyResponse, wanted: string): string {
  return cut(oneLine(wanted) || headline(response), { limit: LINE_LIMIT });
}

function priorityOf(response: SurveyResponse): number {
  const tone = toneOf(response.class);
  return tone === null ? PRIORITY_WITHOUT_CLASS : PRIORITY_OF_TONE[tone];
}

/** Freshdesk finds or makes the requester by email, else by phone; with a phone only it asks for a name too. */
function requesterOf({ respondent }: SurveyResponse, fallback: Template, input: FormatInput) {
  const phone = lineOf(respondent.phone);
  const own = respondent.email.trim();
  const isAsked = !isEmailAddress(own) && phone === '';
  const email = isAsked ? renderTemplate(fallback, tagValues(input), plainText).trim() : own;
  const name = lineOf(respondent.name) || lineOf(respondent.id);
  if (isEmailAddress(email)) return { email, ...(name === '' ? {} : { name }) };
  if (phone !== '') return { phone, name: name || phone };
  throw new HookError(
    'HOOK_MESSAGE_INCOMPLETE',
    'A Freshdesk ticket needs the email address or the phone number of the respondent, and this response has neither: set the email address to use instead.',
  );
}

const lineOf = (text: string): string => cut(oneLine(text), { limit: LINE_LIMIT });
