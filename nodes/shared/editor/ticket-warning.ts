import { isTicketUrl } from './url.ts';
import { toText } from './text.ts';

interface TicketWarningParts {
  url: JQuery;
  success: JQuery;
  notice: JQuery;
}

/** Warns while a helpdesk that answers 201 is expected to answer exactly 200: each ticket would be made again at every retry. */
export function ticketWarning({ url, success, notice }: TicketWarningParts): void {
  const update = (): void =>
    void notice.toggle(toText(success.val()).trim() === '200' && isTicketUrl(toText(url.val())));
  url.on('change input', update);
  success.on('change', update);
  update();
}
