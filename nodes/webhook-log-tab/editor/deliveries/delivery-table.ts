import type { DeliveryRow } from './delivery.ts';
import { COLUMNS, makeRow, type RowElement } from './delivery-row.ts';
import { keepPlace } from './keep-place.ts';
import { makeRovingFocus } from './roving-focus.ts';

interface TableParts {
  readonly words: Words;
  /** What the table scrolls in. */
  readonly scroll: JQuery;
  readonly onOpen: (id: string) => void;
  readonly onSelect: () => void;
}

/** The table of deliveries. */
export interface DeliveryTable {
  readonly element: JQuery;
  /** Lists these rows. Rows that were listed keep their elements; what people read stays where it is. */
  readonly show: (rows: readonly DeliveryRow[]) => void;
  /** Puts the focus on a row, or where it is not listed any more on the first. */
  readonly focus: (id: string) => void;
  /** Begins or ends that rows can be selected. */
  readonly setSelecting: (isSelecting: boolean) => void;
  /** The ids of the rows that are selected. */
  readonly selected: () => string[];
  readonly selectAll: (isSelected: boolean) => void;
}

export function makeDeliveryTable({ words, scroll, onOpen, onSelect }: TableParts): DeliveryTable {
  const element = $('<table role="table" class="survey-hooks-log-table">').attr(
    'aria-label',
    words('webhook-log-tab.deliveries.label'),
  );
  const body = $('<tbody role="rowgroup">');
  element.append(makeHead(words), body);
  const elements = new Map<string, RowElement>();
  const shown = new Map<string, string>();
  const roving = makeRovingFocus(body);

  const add = (id: string): RowElement => {
    const row = makeRow(words);
    row.element.attr('data-id', id).on('click', (event) => {
      const isOfCheck = $(event.target).closest('.survey-hooks-log-check').length > 0;
      // Who marks words to copy them does not want to leave.
      if (!isOfCheck && String(getSelection()) === '') onOpen(id);
    });
    row.check.on('change', onSelect);
    elements.set(id, row);
    return row;
  };
  const update = (row: DeliveryRow): JQuery => {
    const known = elements.get(row.id) ?? add(row.id);
    const text = JSON.stringify(row);
    if (shown.get(row.id) !== text) known.set(row);
    shown.set(row.id, text);
    return known.element;
  };
  const removeOthers = (rows: readonly DeliveryRow[]): void => {
    const ids = new Set(rows.map(({ id }) => id));
    for (const [id, row] of elements) {
      if (ids.has(id)) continue;
      row.element.remove();
      elements.delete(id);
      shown.delete(id);
    }
  };
  const place = (rows: readonly DeliveryRow[]): void => {
    const [list] = body.get();
    let next = list?.firstElementChild ?? null;
    for (const row of rows) {
      const [wanted] = update(row).get();
      if (wanted && wanted === next) next = next.nextElementSibling;
      else if (wanted) list?.insertBefore(wanted, next);
    }
  };

  return {
    element,
    show: (rows) => {
      const focus = roving.remember();
      keepPlace(scroll, body, () => {
        removeOthers(rows);
        place(rows);
      });
      focus.restore();
    },
    focus: (id) => roving.focus(elements.get(id)?.element),
    setSelecting: (isSelecting) => {
      element.toggleClass('survey-hooks-log-selecting', isSelecting);
      if (!isSelecting) for (const { check } of elements.values()) check.prop('checked', false);
    },
    selected: () => [...elements].filter(([, { check }]) => check.is(':checked')).map(([id]) => id),
    selectAll: (isSelected) => {
      for (const { check } of elements.values()) check.prop('checked', isSelected);
      onSelect();
    },
  };
}

function makeHead(words: Words): JQuery {
  const row = $('<tr role="row">').append(
    $('<th role="columnheader" scope="col" class="survey-hooks-log-check">').append(
      $('<span class="survey-hooks-log-unseen">').text(words('webhook-log-tab.deliveries.select')),
    ),
  );
  for (const column of COLUMNS)
    $('<th role="columnheader" scope="col">')
      .addClass(`survey-hooks-log-cell-${column}`)
      .text(words(`webhook-log-tab.column.${column}`))
      .appendTo(row);
  return $('<thead role="rowgroup">').append(row);
}
