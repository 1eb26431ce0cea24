import { setTime } from '../time/time-element.ts';
import type { DeliveryRow } from './delivery.ts';
import { setStatus, statusText } from './status-mark.ts';

/** A row of the table. */
export interface RowElement {
  readonly element: JQuery;
  /** Opens the delivery; the one thing in the row that the keyboard reaches, with the check beside it. */
  readonly opener: JQuery;
  readonly check: JQuery;
  /** Shows another state of the same delivery. */
  readonly set: (row: DeliveryRow) => void;
}

/** The columns in their order, by the ends of their words. */
export const COLUMNS = [
  'listening-post',
  'webhook-id',
  'endpoint',
  'last-activity',
  'code',
  'response',
  'attempts',
  'status',
] as const;

type Column = (typeof COLUMNS)[number];

/**
 * Makes a row. Its parts have their roles by name too: on a narrow tab they are laid out as two lines, and browsers take the roles from
 * what is no table to the eye.
 */
export function makeRow(words: Words): RowElement {
  const element = $('<tr role="row">');
  const check = $('<input type="checkbox" tabindex="-1">');
  $('<td role="cell" class="survey-hooks-log-check">').append(check).appendTo(element);
  const cells = Object.fromEntries(
    COLUMNS.map((column) => [
      column,
      $('<td role="cell">').addClass(`survey-hooks-log-cell-${column}`).appendTo(element),
    ]),
  ) as Record<Column, JQuery>;
  const opener = $('<button type="button" tabindex="-1" class="survey-hooks-log-opener">').appendTo(
    cells['webhook-id'],
  );
  const time = $('<time>').appendTo(cells['last-activity']);
  const status = $('<span>').appendTo(cells.status);

  const set = (row: DeliveryRow): void => {
    const named = { webhookId: row.webhookId, status: statusText(row.status, words) };
    check.attr('aria-label', words('webhook-log-tab.deliveries.select-one', named));
    opener
      .text(row.webhookId)
      .attr({ title: row.webhookId, 'aria-label': words('webhook-log-tab.deliveries.open', named) });
    setCell(cells['listening-post'], row.listeningPost);
    setCell(cells.endpoint, row.endpointName || row.endpoint);
    setCell(cells.response, row.lastResponse);
    cells.code.text(row.lastResponseCode ?? '');
    cells.attempts.text(row.attempts);
    setTime(time, row.lastActivityAt);
    setStatus(status, row.status, words);
  };
  return { element, opener, check, set };
}

/** What is cut off where it is too long is told on hover. */
const setCell = (cell: JQuery, text: string): void => void cell.text(text).attr('title', text);
