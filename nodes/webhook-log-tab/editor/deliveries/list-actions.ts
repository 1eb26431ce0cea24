import { makeIconButton } from '../icon-button.ts';

interface Actions {
  readonly onSelect: () => void;
  readonly onResend: () => void;
  readonly onExport: () => void;
}

/** What can be done with all that the list shows and continues with. */
export function makeListActions(words: Words, { onSelect, onResend, onExport }: Actions): JQuery {
  return $('<div role="toolbar" class="survey-hooks-log-actions">')
    .attr('aria-label', words('webhook-log-tab.deliveries.actions'))
    .append(
      makeIconButton('fa-check-square-o', words('webhook-log-tab.deliveries.select')).on('click', onSelect),
      makeIconButton('fa-repeat', words('webhook-log-tab.resend.all')).on('click', onResend),
      makeIconButton('fa-download', words('webhook-log-tab.deliveries.export')).on('click', onExport),
    );
}
