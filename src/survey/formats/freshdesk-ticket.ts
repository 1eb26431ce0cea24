import { isEmailAddress } from '../../email-address.ts';
import { HookError } from '../../errors.ts';
import { parseTemplate, plainText, renderTemplate, type Template } from '../../template/dynamic-tags.ts';
import { toneOf } from '../metric.ts';
import { parseSurveyResponse, type SurveyResponse } from '../survey-response.ts';
import { wellFormed } from './cut.ts';
import {
  choiceOption,
  tagValues,
  textOption,
  type Format,
  type FormatInput,
  type FormatOptions,
} from './format.ts';
import { headline, linksOf, summarise } from './summary.ts';

/** Freshdesk's numbers: 1 low, 2 medium, 3 high, 4 urgent. */
const PRIORITY_OF_TONE = { bad: 3, neutral: 2, good: 1 } as const;
const PRIORITY_WITHOUT_CLASS = 1;

const SUBJECT_LIMIT = 255;

/**
 * Writes the body of `POST /api/v2/tickets` of Freshdesk. Options: `subject` (with dynamic tags), `priority` (`auto` = by class, 1 to
 * 4), `status` (2 open to 5 closed), `tags` (separated by commas), `requesterEmail` (with dynamic tags; for responses with
 * neither email nor phone, which are an error without it). Source: developers.freshdesk.com/api, Create a Ticket.
 */
export function compileFreshdeskTicket(options: FormatOptions): Format {
  const subject = parseTemplate(textOption(options, 'subject'));
  const requesterEmail = parseTemplate(textOption(options, 'requesterEmail'));
  const priority = choiceOption(options, 'priority', ['auto', '1', '2', '3', '4']);
  const status = Number(choiceOption(options, 'status', ['2', '3', '4', '5']));
  const tags = splitTags(textOption(options, 'tags'));
  return (input) => {
    const response = parseSurveyResponse(input.survey);
    return {
      payload: {
        subject: subjectOf(response, renderTemplate(subject, tagValues(input), plainText)),
        description: describe(response),
        ...requesterOf(response, requesterEmail, input),
        priority: priority === 'auto' ? priorityOf(response) : Number(priority),
        status,
        ...(tags.length === 0 ? {} : { tags }),
      },
    };
  };
}

function splitTags(text: string): string[] {
  return text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

function subjectOf(response: SurveyResponse, wanted: string): string {
  const line = wellFormed(wanted.replace(/\s+/g, ' ').trim() || headline(response));
  return line.slice(0, SUBJECT_LIMIT).replace(/[\uD800-\uDBFF]$/, '');
}

function priorityOf(response: SurveyResponse): number {
  const tone = toneOf(response.class);
  return tone === null ? PRIORITY_WITHOUT_CLASS : PRIORITY_OF_TONE[tone];
}

/** Freshdesk finds or makes the requester by email, else by phone; with a phone only it asks for a name too. */
function requesterOf({ respondent }: SurveyResponse, fallback: Template, input: FormatInput) {
  const { id, phone } = respondent;
  const email =
    respondent.email || (phone ? '' : renderTemplate(fallback, tagValues(input), plainText).trim());
  const name = respondent.name || id;
  if (isEmailAddress(email)) return { email, ...(name === '' ? {} : { name }) };
  if (phone !== '') return { phone, name: name || phone };
  throw new HookError(
    'HOOK_MESSAGE_INCOMPLETE',
    'A Freshdesk ticket needs the email address or the phone number of the respondent, and this response has neither: set the email address to use instead.',
  );
}

/** A Freshdesk description is HTML: whatever was written by others is escaped. */
function describe(response: SurveyResponse): string {
  const { comment } = response;
  const rows = summarise(response).map(({ label, text }) => `<b>${label}:</b> ${escapeHtml(text)}`);
  const links = linksOf(response).map(
    ({ label, url }) => `<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>`,
  );
  const quote = comment.trim() === '' ? [] : [escapeHtml(comment).replace(/\r\n|\r|\n/g, '<br>')];
  return [quote, rows, links]
    .filter((lines) => lines.length > 0)
    .map((lines) => `<p>${lines.join('<br>')}</p>`)
    .join('');
}

function escapeHtml(text: string): string {
  return wellFormed(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
