import { isForbiddenHeader, isHeaderName, isHeaderValue } from '../../../src/delivery/header.ts';
import { toText } from './validators.ts';

/** A header that an endpoint adds to each request. */
export interface Header {
  name: string;
  value: string;
}

const holdsEnv = (text: string): boolean => text.includes('${');

/** Whether a text can stand as the name of a header that a person sets. */
export const isSettableHeader = (name: string): boolean =>
  holdsEnv(name) || (isHeaderName(name) && !isForbiddenHeader(name));

/** Whether a header can be sent as it stands. */
export const isHeader = (entry: unknown): boolean => {
  const { name, value } = readHeader(entry);
  return isSettableHeader(name) && isHeaderValue(value);
};

function readHeader(entry: unknown): Header {
  const { name, value } = (entry ?? {}) as Partial<Record<keyof Header, unknown>>;
  return { name: toText(name), value: toText(value) };
}

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
      cell('name', name, words('webhook-endpoint.header.name')).on('change keyup', mark(isSettableHeader));
      cell('value', value, words('webhook-endpoint.header.value')).on('change keyup', mark(isHeaderValue));
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
