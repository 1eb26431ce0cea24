import { parseTemplate, plainText, renderTemplate } from '../../template/dynamic-tags.ts';
import { parseSurveyResponse } from '../survey-response.ts';
import { switchOption, tagValues, textOption, type Format, type FormatOptions } from './format.ts';
import { targetOf } from './target.ts';
import { ticketNumberOf } from './ticket-number.ts';
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
    const ticket = ticketNumberOf(renderTemplate(ticketId, tagValues(input), plainText), 'Zendesk');
    return {
      payload: { ticket: { comment: { body: describeInMarkdown(response), public: isPublic } } },
      target: targetOf('zendesk-comment', { fill: { 'ticket id': ticket } }),
    };
  };
}
