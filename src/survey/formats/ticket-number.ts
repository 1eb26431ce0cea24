import { HookError } from '../../errors.ts';
import { printable } from '../../violation.ts';

/**
 * The number of a ticket of Zendesk or Freshdesk, whose agents see it with a number sign. Throws HOOK_MESSAGE_INCOMPLETE for what is no
 * number, such as the ticket of another helpdesk.
 */
export function ticketNumberOf(text: string, helpdesk: 'Zendesk' | 'Freshdesk'): string {
  const number = text.trim().replace(/^#\s*/, '');
  if (/^\d{1,19}$/.test(number)) return number;
  const what = helpdesk === 'Zendesk' ? 'comment' : 'note';
  throw new HookError(
    'HOOK_MESSAGE_INCOMPLETE',
    number === ''
      ? `A ${helpdesk} ${what} needs the number of its ticket, and this response has none: set where in the message the number is.`
      : `"${printable(number)}" is not the number of a ${helpdesk} ticket: set where in the message the number is.`,
  );
}
