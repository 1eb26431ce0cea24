import { headerValueFault, type Fault } from './endpoint-texts.ts';
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
      const cell = (field: 'name' | 'value', text: string, faultOf: (text: string) => Fault): void => {
        const word = words(`webhook-endpoint.header.${field}`);
        const input = $('<input type="text">').attr({
          'data-field': field,
          placeholder: word,
          'aria-label': word,
        });
        const mark = (): void => {
          const fault = faultOf(toText(input.val()));
          input.toggleClass('input-error', fault !== undefined).attr('title', fault ?? '');
        };
        input.val(text).on('change input', mark).appendTo(row);
        if (name !== '' || value !== '') mark();
      };
      cell('name', name, (text) => (isSettableHeader(text) ? undefined : ''));
      cell('value', value, headerValueFault);
    },
  });
  for (const header of headers ?? []) list.editableList('addItem', header);
}

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
