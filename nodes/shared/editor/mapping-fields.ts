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

/** The row of the field that becomes this property, if the list has one. */
export function findMappingField(list: JQuery, property: string): JQuery | undefined {
  return list
    .editableList('items')
    .toArray()
    .map((item) => $(item))
    .find((item) => toText(item.find('[data-field=property]').val()).trim() === property);
}

function buildRow(row: JQuery, entry: MappingField, words: Words): void {
  row.addClass('survey-hooks-cells');
  const cell = (name: 'field' | 'property' | 'type' | 'pattern' | 'maxLength', input: JQuery): JQuery => {
    const label = $('<label class="survey-hooks-cell">').appendTo(row);
    $('<span>')
      .text(words(`inbound-mapping.field.${name}`))
      .appendTo(label);
    return input
      .attr('data-field', name)
      .val(entry[name])
      .on('change input', () => markInvalid(input, name))
      .appendTo(label);
  };
  cell('field', $('<input type="text">'));
  cell('property', $('<input type="text">'));
  cell('type', typeChoice(words));
  $('<span class="survey-hooks-break">').appendTo(row);
  cell('pattern', $('<input type="text" spellcheck="false">'));
  cell('maxLength', $('<input type="number" min="1" max="1000000">'));
  const required = $('<label class="survey-hooks-check">').appendTo(row);
  $('<input type="checkbox" data-field="required">').prop('checked', entry.required).appendTo(required);
  $('<span>').text(words('inbound-mapping.field.required')).appendTo(required);
}

function typeChoice(words: Words): JQuery {
  const choice = $('<select>');
  $('<option value="">').text(words('inbound-mapping.field.asBuiltIn')).appendTo(choice);
  for (const name of FIELD_TYPES)
    $('<option>')
      .val(name)
      .text(words(`inbound-mapping.type.${name}`))
      .appendTo(choice);
  return choice;
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
