import { makeIconButton } from '../icon-button.ts';
import type { DeliveryTable } from './delivery-table.ts';

interface SelectionParts {
  readonly words: Words;
  readonly table: DeliveryTable;
  readonly onResend: (ids: readonly string[]) => void;
}

/** What can be done with the rows that are selected; there while rows can be. */
export interface SelectionBar {
  readonly element: JQuery;
  readonly isOpen: () => boolean;
  readonly open: () => void;
  readonly close: () => void;
  /** Says how many are selected. */
  readonly refresh: () => void;
}

export function makeSelectionBar({ words, table, onResend }: SelectionParts): SelectionBar {
  const all = $('<input type="checkbox">');
  const count = $('<span aria-live="polite">');
  const resend = makeIconButton('fa-repeat', words('webhook-log-tab.resend.yes'));
  const cancel = makeIconButton('fa-times', words('webhook-log-tab.deliveries.select-end'));
  const element = $('<div role="toolbar" class="survey-hooks-log-selection">')
    .attr('aria-label', words('webhook-log-tab.deliveries.select'))
    .prop('hidden', true)
    .append(
      $('<label>').append(all, $('<span>').text(words('webhook-log-tab.deliveries.select-all'))),
      count,
      $('<span class="survey-hooks-log-buttons">').append(resend, cancel),
    );

  const refresh = (): void => {
    const { length } = table.selected();
    count.text(words('webhook-log-tab.deliveries.selected', { count: length }));
    resend.prop('disabled', length === 0);
  };
  const setOpen = (isOpen: boolean): void => {
    element.prop('hidden', !isOpen);
    all.prop('checked', false);
    table.setSelecting(isOpen);
    refresh();
  };
  all.on('change', () => table.selectAll(all.is(':checked')));
  resend.on('click', () => onResend(table.selected()));
  cancel.on('click', () => setOpen(false));
  return {
    element,
    isOpen: () => element.prop('hidden') === false,
    open: () => {
      setOpen(true);
      all.trigger('focus');
    },
    close: () => setOpen(false),
    refresh,
  };
}
