import { tagNameOf } from '../../../src/external-data/parameter.ts';
import {
  EXTERNAL_FIELD_CHECKS,
  EXTERNAL_FIELD_TYPES,
  readFieldRow,
  type FieldRow,
} from './external-field.ts';
import { toText } from './text.ts';

interface GroupParts {
  list: JQuery;
  /** The input of the group's name, which is a part of the tags. */
  group: JQuery;
}

/** Makes the list of a group's fields; each says by which tag its value is had. */
export function externalFields(
  { list, group }: GroupParts,
  fields: readonly unknown[] | undefined,
  words: Words,
): void {
  const showTag = (row: JQuery): void => {
    const parameter = valueOf(row, 'parameter');
    const tag = `{{external.${toText(group.val()).trim()}.${tagNameOf(parameter)}}}`;
    const isKnown = parameter !== '' && toText(group.val()).trim() !== '';
    row.find('[data-field=tag]').text(isKnown ? words('external-data-group.hint.tag', { tag }) : '');
  };
  list.editableList<unknown>({
    removable: true,
    sortable: true,
    height: 'auto',
    addItem(row, _index, entry) {
      buildRow(row, readFieldRow(entry), words);
      row.on('change input', () => showTag(row));
      showTag(row);
    },
  });
  for (const field of fields ?? []) list.editableList('addItem', field);
  group.on('change input', () => {
    for (const item of list.editableList('items').toArray()) showTag($(item));
  });
}

const valueOf = (row: JQuery, name: string): string => toText(row.find(`[data-field=${name}]`).val()).trim();

function buildRow(row: JQuery, entry: FieldRow, words: Words): void {
  row.addClass('survey-hooks-cells');
  const cell = (name: 'label' | 'parameter' | 'type', input: JQuery): void => {
    const label = $('<label class="survey-hooks-cell">').appendTo(row);
    $('<span>')
      .text(words(`external-data-group.field.${name}`))
      .appendTo(label);
    const isValid = EXTERNAL_FIELD_CHECKS[name];
    input
      .attr('data-field', name)
      .val(entry[name])
      .on('change input', () => input.toggleClass('input-error', !isValid(toText(input.val()))))
      .appendTo(label);
  };
  cell('label', $('<input type="text">'));
  cell('parameter', $('<input type="text" spellcheck="false" placeholder="result.number">'));
  cell('type', typeChoice(words));
  $('<span class="survey-hooks-break">').appendTo(row);
  $('<span class="survey-hooks-note survey-hooks-tag" data-field="tag">').appendTo(row);
  const favorite = $('<label class="survey-hooks-check">').appendTo(row);
  $('<input type="checkbox" data-field="favorite">').prop('checked', entry.favorite).appendTo(favorite);
  $('<span>').text(words('external-data-group.field.favorite')).appendTo(favorite);
}

function typeChoice(words: Words): JQuery {
  const choice = $('<select>');
  for (const type of EXTERNAL_FIELD_TYPES)
    $('<option>')
      .val(type)
      .text(words(`external-data-group.type.${type}`))
      .appendTo(choice);
  return choice;
}

/** The rows of the list; one without label and parameter is left out. */
export function readExternalFields(list: JQuery): FieldRow[] {
  return list
    .editableList('items')
    .toArray()
    .map((item) =>
      readFieldRow({
        label: valueOf($(item), 'label'),
        parameter: valueOf($(item), 'parameter'),
        type: valueOf($(item), 'type'),
        favorite: $(item).find('[data-field=favorite]').prop('checked') === true,
      }),
    )
    .filter(({ label, parameter }) => label !== '' || parameter !== '');
}
