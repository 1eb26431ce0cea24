import { isHeaderValue } from '../../../src/delivery/header.ts';
import { isSettableHeader, readHeader, type Header } from './header.ts';
import { toText } from './text.ts';

/** Makes a list of header rows; what cannot be sent is marked. */
export function headerList(list: JQuery, headers: readonly unknown[] | undefined, words: Words): void {
  list.editableList<unknown>({
    removable: true,
    sortable: true,
    height: 'auto',
    addItem(row, _index, entry) {
      const { name, value } = readHeader(entry);
      row.addClass('survey-hooks-cells');
      const cell = (field: string, text: string, placeholder: string): JQuery =>
        $('<input type="text">').attr({ 'data-field': field, placeholder }).val(text).appendTo(row);
      cell('name', name, words('webhook-endpoint.header.name')).on('change input', mark(isSettableHeader));
      cell('value', value, words('webhook-endpoint.header.value')).on('change input', mark(isHeaderValue));
    },
  });
  for (const header of headers ?? []) list.editableList('addItem', header);
}

const mark =
  (isValid: (text: string) => boolean) =>
  (event: { currentTarget: HTMLElement }): void => {
    const input = $(event.currentTarget);
    input.toggleClass('input-error', !isValid(toText(input.val())));
  };

/** The rows of the list as headers; a row that is empty is left out. */
export function readHeaders(list: JQuery): Header[] {
  return list
    .editableList('items')
    .toArray()
    .map((item) => ({
      name: toText($(item).find('[data-field=name]').val()).trim(),
      value: toText($(item).find('[data-field=value]').val()).trim(),
    }))
    .filter(({ name, value }) => name !== '' || value !== '');
}
