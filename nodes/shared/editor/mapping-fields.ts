import { FIELD_TYPES } from '../../../src/mapping/field-type.ts';
import { toText } from './validators.ts';

/** A field of a mapping: its name where it is sent, the property of the record it becomes, and its rules. */
export interface MappingField {
  field: string;
  property: string;
  /** An empty text: as built in. */
  type: string;
  required: boolean;
  pattern: string;
  /** Characters; an empty text: as built in. */
  maxLength: number | '';
}

const UNSAFE_PROPERTIES: readonly string[] = ['__proto__', 'constructor', 'prototype'];

const isPattern = (text: string): boolean => {
  try {
    return new RegExp(text, 'u').source !== '';
  } catch {
    return false;
  }
};

const CHECKS: Readonly<Record<string, (text: string) => boolean>> = {
  field: (text) => text.trim() !== '',
  property: (text) => text.trim() !== '' && !UNSAFE_PROPERTIES.includes(text.trim()),
  pattern: isPattern,
  maxLength: (text) =>
    text === '' || (/^\d{1,7}$/.test(text) && Number(text) >= 1 && Number(text) <= 1_000_000),
};

function readEntry(entry: unknown): MappingField {
  const row = (entry ?? {}) as Partial<Record<keyof MappingField, unknown>>;
  const maxLength = toText(row.maxLength);
  return {
    field: toText(row.field),
    property: toText(row.property),
    type: toText(row.type),
    required: row.required === true,
    pattern: toText(row.pattern),
    maxLength: maxLength === '' ? '' : Number(maxLength),
  };
}

/** Whether each field can be checked as it stands, and none is there twice. */
export function areMappingFields(entries: readonly unknown[]): boolean {
  const fields = entries.map(readEntry);
  const areValid = fields.every((field) =>
    Object.entries(CHECKS).every(([name, isValid]) => isValid(toText(field[name as keyof MappingField]))),
  );
  const names = new Set(fields.map(({ field }) => field.trim().toLowerCase()));
  const properties = new Set(fields.map(({ property }) => property.trim()));
  return areValid && names.size === fields.length && properties.size === fields.length;
}

/** Makes the list of a mapping's own fields. */
export function mappingFields(list: JQuery, fields: readonly unknown[] | undefined, words: Words): void {
  list.editableList<unknown>({
    removable: true,
    sortable: true,
    height: 'auto',
    addItem: (row, _index, entry) => buildRow(row, readEntry(entry), words),
  });
  for (const field of fields ?? []) list.editableList('addItem', field);
}

function buildRow(row: JQuery, entry: MappingField, words: Words): void {
  row.addClass('survey-hooks-cells');
  const cell = (name: 'field' | 'property' | 'pattern' | 'maxLength', placeholder: string): JQuery =>
    $(name === 'maxLength' ? '<input type="number" min="1">' : '<input type="text">')
      .attr({ 'data-field': name, placeholder, 'aria-label': placeholder })
      .val(entry[name])
      .on('change keyup', (event) => markInvalid($(event.currentTarget), name))
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
  void input.toggleClass('input-error', !(CHECKS[name]?.(toText(input.val())) ?? true));

/** The rows of the list; a row without any name is left out. */
export function readMappingFields(list: JQuery): MappingField[] {
  return list
    .editableList('items')
    .toArray()
    .map((item) => {
      const value = (name: string): string => toText($(item).find(`[data-field=${name}]`).val()).trim();
      return readEntry({
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
