import { FIELD_TYPES } from '../../../src/mapping/field-type.ts';
import { FIELD_CHECKS, readMappingField, type MappingField } from './mapping-field.ts';
import { toText } from './text.ts';

/** Makes the list of a mapping's own fields. */
export function mappingFields(list: JQuery, fields: readonly unknown[] | undefined, words: Words): void {
  list.editableList<unknown>({
    removable: true,
    sortable: true,
    height: 'auto',
    addItem: (row, _index, entry) => buildRow(row, readMappingField(entry), words),
  });
  for (const field of fields ?? []) list.editableList('addItem', field);
}

function buildRow(row: JQuery, entry: MappingField, words: Words): void {
  row.addClass('survey-hooks-cells');
  const cell = (name: 'field' | 'property' | 'pattern' | 'maxLength', placeholder: string): JQuery =>
    $(name === 'maxLength' ? '<input type="number" min="1">' : '<input type="text">')
      .attr({ 'data-field': name, placeholder, 'aria-label': placeholder })
      .val(entry[name])
      .on('change input', (event) => markInvalid($(event.currentTarget), name))
      .appendTo(row);
  cell('field', words('inbound-mapping.field.field'));
  cell('property', words('inbound-mapping.field.property'));
  const type = $('<select data-field="type">')
    .attr('aria-label', words('inbound-mapping.field.type'))
    .appendTo(row);
  $('<option value="">').text(words('inbound-mapping.field.asBuiltIn')).appendTo(type);
  for (const name of FIELD_TYPES) $('<option>').val(name).text(name).appendTo(type);
  type.val(entry.type);
  $('<span class="survey-hooks-break">').appendTo(row);
  cell('pattern', words('inbound-mapping.field.pattern'));
  cell('maxLength', words('inbound-mapping.field.maxLength'));
  const label = $('<label>').appendTo(row);
  $('<input type="checkbox" data-field="required">').prop('checked', entry.required).appendTo(label);
  $('<span>').text(words('inbound-mapping.field.required')).appendTo(label);
}

const markInvalid = (input: JQuery, name: string): void =>
  void input.toggleClass('input-error', !(FIELD_CHECKS[name]?.(toText(input.val())) ?? true));

/** The rows of the list; a row without any name is left out. */
export function readMappingFields(list: JQuery): MappingField[] {
  return list
    .editableList('items')
    .toArray()
    .map((item) => {
      const value = (name: string): string => toText($(item).find(`[data-field=${name}]`).val()).trim();
      return readMappingField({
        field: value('field'),
        property: value('property'),
        type: value('type'),
        required: $(item).find('[data-field=required]').prop('checked') === true,
        pattern: value('pattern'),
        maxLength: value('maxLength'),
      });
    })
    .filter(({ field, property }) => field !== '' || property !== '');
}
