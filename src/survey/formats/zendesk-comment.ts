import { HookError } from '../../errors.ts';
import { parseTemplate, plainText, renderTemplate } from '../../template/dynamic-tags.ts';
import { parseSurveyResponse } from '../survey-response.ts';
import { printable } from '../../violation.ts';
import { switchOption, tagValues, textOption, type Format, type FormatOptions } from './format.ts';
import { targetOf } from './target.ts';
import { describeInMarkdown } from './zendesk.ts';

/**
 * Writes the body of `PUT /api/v2/tickets/{id}.json` of Zendesk that adds a comment. Options: `ticketId` (with dynamic tags; the
 * response's own where it is empty), `public` (false). Throws HOOK_MESSAGE_INCOMPLETE where there is no number of a ticket.
 * Source: developer.zendesk.com/api-reference/ticketing/tickets/tickets, Update Ticket.
 */
export function compileZendeskComment(options: FormatOptions): Format {
  const ticketId = parseTemplate(textOption(options, 'ticketId').trim() || '{{ticketId}}');
  const isPublic = switchOption(options, 'public', false);
  return (input) => {
    const response = parseSurveyResponse(input.survey);
    const ticket = numberOf(renderTemplate(ticketId, tagValues(input), plainText));
    return {
      payload: { ticket: { comment: { body: describeInMarkdown(response), public: isPublic } } },
      target: targetOf('zendesk-comment', { fill: { 'ticket id': ticket } }),
    };
  };
}

/** Zendesk's agents see ticket numbers with a number sign. */
function numberOf(text: string): string {
  const number = text.trim().replace(/^#\s*/, '');
  if (/^\d{1,19}$/.test(number)) return number;
  throw new HookError(
    'HOOK_MESSAGE_INCOMPLETE',
    number === ''
      ? 'A Zendesk comment needs the number of its ticket, and this response has none: set where in the message the number is.'
      : `"${printable(number)}" is not the number of a Zendesk ticket: set where in the message the number is.`,
  );
}
