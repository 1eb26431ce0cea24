import { areClasses, areScores, areTexts, readFilter, type FilterChoice } from './filter-words.ts';
import { responseFilterForm } from './response-filter-form.ts';

/** The filter of an endpoint as a flow holds it; an empty one asks for nothing. */
export type EndpointFilterSetting = Partial<FilterChoice>;

/** Where the words of the form are: the catalogue of the node that has the same form. */
const CATALOGUE = '@survey-hooks/node-red-survey-hooks/response-filter';

/** Fills an element with the form of an endpoint's filter; returns what reads it. */
export function endpointFilterForm(
  form: JQuery,
  setting: unknown,
  words: Words,
): () => EndpointFilterSetting {
  const read = responseFilterForm(form, readFilter(filterOf(setting)), (key, values) =>
    words(`${CATALOGUE}:${key}`, values),
  );
  return () => {
    const filter = read();
    return asksForNothing(filter) ? {} : filter;
  };
}

/** Whether an endpoint can be used with a filter. */
export function isEndpointFilter(setting: unknown): boolean {
  if (setting === undefined || setting === null || setting === '') return true;
  if (typeof setting !== 'object' || Array.isArray(setting)) return false;
  const { sources, ratings, classes, scores, drivers } = readFilter(setting);
  return [sources, ratings, drivers].every(areTexts) && areClasses(classes) && areScores(scores);
}

const filterOf = (setting: unknown): object =>
  typeof setting === 'object' && setting !== null ? setting : {};

/** How drivers are counted says nothing where there are none. */
const asksForNothing = (filter: FilterChoice): boolean =>
  JSON.stringify({ ...filter, driversMode: 'any' }) === JSON.stringify(readFilter({}));
