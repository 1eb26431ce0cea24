import { checkGroups, type CheckGroup, type Choice } from './check-groups.ts';

/** Where the rows of a filter's form go, and what is called whenever one of them changes. */
export interface FilterForm {
  readonly form: JQuery;
  readonly words: Words;
  readonly onChange: () => void;
}

const ICONS = {
  sources: 'fa-sign-in',
  ratings: 'fa-star-o',
  classes: 'fa-users',
  scores: 'fa-sort-numeric-asc',
  comment: 'fa-comment-o',
  drivers: 'fa-thumbs-o-up',
} as const;

type RowName = keyof typeof ICONS;

const idOf = (name: string): string => `response-filter-${name}`;

/** A line of text. */
export function lineRow(place: FilterForm, name: RowName, text: string): JQuery {
  return lineInput(place, name, text).appendTo(buildRow(place, name));
}

/** One of a few words. */
export function choiceRow(place: FilterForm, name: 'comment', chosen: string): JQuery {
  const choices = ['any', 'with', 'without'].map((value) => ({
    value,
    label: place.words(`response-filter.comment.${value}`),
  }));
  return choiceOf(place, name, choices).val(chosen).appendTo(buildRow(place, name));
}

/** A line of text, and beside it whether any or all of what stands there is asked for. */
export function driversRow(
  place: FilterForm,
  text: string,
  mode: string,
): { drivers: JQuery; driversMode: JQuery } {
  const field = $('<div class="survey-hooks-field survey-hooks-beside">').appendTo(
    buildRow(place, 'drivers'),
  );
  const modes = ['any', 'all'].map((value) => ({
    value,
    label: place.words(`response-filter.driversMode.${value}`),
  }));
  const drivers = lineInput(place, 'drivers', text).appendTo(field);
  const driversMode = choiceOf(place, 'driversMode', modes)
    .addClass('survey-hooks-mode')
    .attr('aria-label', place.words('response-filter.label.driversMode'))
    .val(mode)
    .appendTo(field);
  return { drivers, driversMode };
}

/** Checkboxes; returns what reads them. */
export function checksRow(
  place: FilterForm,
  name: RowName,
  checks: { groups: readonly CheckGroup[]; chosen: readonly string[] },
): () => string[] {
  const row = buildRow(place, name).attr({ role: 'group', 'aria-labelledby': idOf(`${name}-label`) });
  row.children('label').removeAttr('for').addClass('survey-hooks-top');
  const field = $('<div class="survey-hooks-field">').appendTo(row);
  return checkGroups(field, { ...checks, onChange: place.onChange });
}

function buildRow({ form, words }: FilterForm, name: RowName): JQuery {
  const row = $('<div class="form-row">').appendTo(form);
  const label = $('<label>')
    .attr({ id: idOf(`${name}-label`), for: idOf(name) })
    .appendTo(row);
  $('<i class="fa">').addClass(ICONS[name]).appendTo(label);
  $('<span>')
    .text(` ${words(`response-filter.label.${name}`)}`)
    .appendTo(label);
  // Rows are inline: without a space their parts stand closer than in a template.
  row.append(' ');
  return row;
}

function lineInput({ words, onChange }: FilterForm, name: RowName, text: string): JQuery {
  return $('<input type="text">')
    .attr({ id: idOf(name), placeholder: words(`response-filter.placeholder.${name}`) })
    .val(text)
    .on('change input', onChange);
}

function choiceOf(
  { onChange }: FilterForm,
  name: 'comment' | 'driversMode',
  choices: readonly Choice[],
): JQuery {
  const choice = $('<select>').attr('id', idOf(name)).on('change', onChange);
  for (const { value, label } of choices) $('<option>').val(value).text(label).appendTo(choice);
  return choice;
}
