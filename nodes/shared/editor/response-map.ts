import type { ExampleField } from './example-fields.ts';
import { mapEntriesFor } from './example-map-entries.ts';
import { isBlank, MAP_CHOICES, needsMap, readMapEntry, usualEntries, type MapEntry } from './map-entry.ts';
import { toText } from './text.ts';

const VALUE_TYPES = ['msg', 'jsonata', 'str', 'num', 'env'];

interface MapParts {
  readonly list: JQuery;
  /** What the list is folded into where it is not needed. */
  readonly fold: JQuery;
  readonly source: JQuery;
}

/** Makes the rows of a mapping. Where a source needs one and there is none, the usual rows are there to be filled in. */
export function responseMap(
  { list, fold, source }: MapParts,
  entries: readonly unknown[],
  words: Words,
): void {
  list.editableList<unknown>({
    removable: true,
    sortable: true,
    height: 'auto',
    addItem(row, _index, entry) {
      const { property, ...rest } = readMapEntry(entry);
      buildRow(row, { property: property || unusedProperty(list), ...rest }, words);
      offerTypes(row, toText(source.val()), words);
    },
  });
  for (const entry of entries) list.editableList('addItem', entry);
  const update = (): void => {
    const chosen = toText(source.val());
    if (rowsOf(list).every((row) => isBlank(readRow(row)))) {
      list.editableList('empty');
      for (const entry of usualEntries(chosen)) list.editableList('addItem', entry);
    }
    for (const row of rowsOf(list)) offerTypes(row, chosen, words);
    fold.prop('open', needsMap(chosen) || rowsOf(list).length > 0);
  };
  source.on('change', update);
  update();
}

/** The rows of the list; one that stayed blank is left out. */
export const readResponseMap = (list: JQuery): MapEntry[] =>
  rowsOf(list)
    .map(readRow)
    .filter((entry) => !isBlank(entry));

/** Fills in what an example has and no row says yet. Answers how much that was. */
export function fillResponseMap({ list, fold }: MapParts, example: readonly ExampleField[]): number {
  const { rows, count } = mapEntriesFor(example, rowsOf(list).map(readRow));
  if (count === 0) return 0;
  list.editableList('empty');
  for (const row of rows) list.editableList('addItem', row);
  fold.prop('open', true);
  return count;
}

const rowsOf = (list: JQuery): JQuery[] =>
  list
    .editableList('items')
    .toArray()
    .map((item) => $(item));

const propertyOf = (row: JQuery): JQuery => row.find('[data-field=property]');
const valueOf = (row: JQuery): JQuery => row.find('[data-field=value]');

function readRow(row: JQuery): MapEntry {
  return {
    property: toText(propertyOf(row).val()),
    value: valueOf(row).typedInput('value'),
    valueType: valueOf(row).typedInput('type'),
  };
}

function unusedProperty(list: JQuery): string {
  const used = new Set(
    list
      .find('[data-field=property]')
      .toArray()
      .map((choice) => toText($(choice).val())),
  );
  return MAP_CHOICES.find((property) => !used.has(property)) ?? '';
}

function buildRow(row: JQuery, { property, value, valueType }: MapEntry, words: Words): void {
  row.addClass('survey-hooks-cells survey-hooks-map');
  const choice = $('<select data-field="property">')
    .attr('aria-label', words('survey-response.map.property'))
    .appendTo(row);
  const isOffered = (MAP_CHOICES as readonly string[]).includes(property);
  for (const name of MAP_CHOICES)
    $('<option>')
      .val(name)
      .text(words(`survey-response.property.${name}`))
      .appendTo(choice);
  // What no dialog offers can stand in a flow all the same.
  if (!isOffered) $('<option>').val(property).text(property).appendTo(choice);
  choice.val(property);
  const cell = $('<div>').appendTo(row);
  $('<input type="text" data-field="value" style="width: 100%">')
    .attr('aria-label', words('survey-response.map.value'))
    .val(value)
    .appendTo(cell)
    .typedInput({ default: valueType, types: [...VALUE_TYPES, answer(words)] })
    .on('change keyup', () => unmarkBlank(row));
}

/** Answers are found by their question in Typeform alone; a row that asks for one keeps it. */
function offerTypes(row: JQuery, source: string, words: Words): void {
  const input = valueOf(row);
  const hasAnswers = source === 'typeform' || input.typedInput('type') === 'answer';
  input.typedInput('types', hasAnswers ? [...VALUE_TYPES, answer(words)] : VALUE_TYPES);
  unmarkBlank(row);
}

/** Takes off what the editor marks an empty value with: a blank row is left out, which is nothing wrong. */
function unmarkBlank(row: JQuery): void {
  if (!isBlank(readRow(row))) return;
  valueOf(row).removeClass('input-error').next('.red-ui-typedInput-container').removeClass('input-error');
}

const answer = (words: Words): object => ({
  value: 'answer',
  label: words('survey-response.map.answer'),
  icon: 'fa fa-question-circle-o',
});
