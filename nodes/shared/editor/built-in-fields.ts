import type { BuiltInField, DataType } from '../../../src/mapping/data-types/data-type.ts';
import { DATA_TYPES } from '../../../src/mapping/data-types/data-types.ts';
import { toText } from './text.ts';

interface BuiltInParts {
  dataType: JQuery;
  /** The body of the table. */
  table: JQuery;
  /** Says which of the fields must be there beyond the required ones. */
  rule: JQuery;
}

/** The data type of a setting; contacts where it is none. */
export const dataTypeOf = (id: string): DataType =>
  Object.entries(DATA_TYPES).find(([name]) => name === id)?.[1] ?? DATA_TYPES.contacts;

/** Lists the fields that the chosen data type has by itself; each can be taken over into the mapping's own to be changed. */
export function builtInFields(
  { dataType, table, rule }: BuiltInParts,
  change: (field: BuiltInField) => void,
  words: Words,
): void {
  const update = (): void => {
    const { fields, oneOf = [] } = dataTypeOf(toText(dataType.val()));
    table.empty().append(fields.map((field) => buildRow(field, change, words)));
    const names = fields.filter(({ property }) => oneOf.includes(property)).map(({ field }) => field);
    rule.text(names.length > 0 ? words('inbound-mapping.hint.oneOf', { fields: names.join(', ') }) : '');
  };
  dataType.on('change', update);
  update();
}

function buildRow(field: BuiltInField, change: (field: BuiltInField) => void, words: Words): JQuery {
  const row = $('<tr>');
  const required = field.required ? words('inbound-mapping.field.yes') : '';
  const type = words(`inbound-mapping.type.${field.type}`);
  for (const text of [field.field, field.property, type, required]) $('<td>').text(text).appendTo(row);
  const button = $('<button type="button" class="red-ui-button red-ui-button-small">');
  button.attr('aria-label', `${words('inbound-mapping.button.change')} ${field.field}`);
  button.text(words('inbound-mapping.button.change')).on('click', () => change(field));
  return row.append($('<td>').append(button));
}
