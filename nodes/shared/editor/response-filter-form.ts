import { CLASSES } from '../../../src/survey/metric.ts';
import type { ResponseFilterSettings } from '../../../src/survey/response-filter.ts';
import type { CheckGroup } from './check-groups.ts';
import { checksRow, choiceRow, driversRow, lineRow } from './filter-rows.ts';
import { areScores, describeFilter, readFilter, type FilterChoice } from './filter-words.ts';
import { SURVEY_SOURCES } from './survey-sources.ts';
import { readTextList, writeTextList } from './text-list.ts';
import { toText } from './text.ts';

/**
 * Fills an element with the form of a filter of survey responses, with a sentence beneath it that says what the filter lets through;
 * returns what reads the filter. The words are those of `response-filter`, whatever dialog it stands in.
 */
export function responseFilterForm(
  form: JQuery,
  settings: ResponseFilterSettings,
  words: Words,
): () => FilterChoice {
  const place = { form, words, onChange: () => update() };
  const given = readFilter(settings);
  const sources = checksRow(place, 'sources', { groups: [sourceGroup(words)], chosen: given.sources });
  const ratings = lineRow(place, 'ratings', writeTextList(given.ratings));
  const classes = checksRow(place, 'classes', { groups: classGroups(words), chosen: given.classes });
  const scores = lineRow(place, 'scores', given.scores);
  const comment = choiceRow(place, 'comment', given.comment);
  const { drivers, driversMode } = driversRow(place, writeTextList(given.drivers), given.driversMode);
  const summary = $('<div class="form-tips" role="status">').appendTo(form);
  const read = (): FilterChoice => ({
    sources: sources(),
    ratings: readTextList(toText(ratings.val())),
    classes: classes(),
    scores: toText(scores.val()).trim(),
    comment: toText(comment.val()),
    drivers: readTextList(toText(drivers.val())),
    driversMode: toText(driversMode.val()),
  });
  const update = (): void => {
    const filter = read();
    scores.toggleClass('input-error', !areScores(filter.scores));
    summary.text(describeFilter(filter, words, RED.i18n.lang()));
  };
  update();
  return read;
}

const sourceGroup = (words: Words): CheckGroup => ({
  choices: SURVEY_SOURCES.map(({ id, word }) => ({
    value: id,
    label: words(`response-filter.source.${word}`),
  })),
});

const classGroups = (words: Words): CheckGroup[] =>
  Object.entries(CLASSES).map(([metric, classes]) => ({
    label: words(`response-filter.metric.${metric}`),
    choices: classes.map((name) => ({ value: name, label: words(`response-filter.class.${name}`) })),
  }));
