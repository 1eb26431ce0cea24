import { parseTemplate, plainText, renderTemplate } from '../../template/dynamic-tags.ts';
import { parseSurveyResponse } from '../survey-response.ts';
import { switchOption, tagValues, textOption, type Format, type FormatOptions } from './format.ts';
import { describeInHtml } from './freshdesk.ts';
import { targetOf } from './target.ts';
import { ticketNumberOf } from './ticket-number.ts';

/**
 * Writes the body of `POST /api/v2/tickets/{id}/notes` of Freshdesk. Options: `ticketId` (with dynamic tags; the response's own
 * where it is empty), `private` (true). Throws HOOK_MESSAGE_INCOMPLETE where there is no number of a ticket.
 * Source: developers.freshdesk.com/api, Create a Note.
 */
export function compileFreshdeskNote(options: FormatOptions): Format {
  const ticketId = parseTemplate(textOption(options, 'ticketId').trim() || '{{ticketId}}');
  const isPrivate = switchOption(options, 'private', true);
  return (input) => {
    const response = parseSurveyResponse(input.survey);
    const ticket = ticketNumberOf(renderTemplate(ticketId, tagValues(input), plainText), 'Freshdesk');
    return {
      payload: { body: describeInHtml(response), private: isPrivate },
      target: targetOf('freshdesk-note', { fill: { 'ticket id': ticket } }),
    };
  };
}
