import type { ResponseFilterSettings } from '../../../src/survey/response-filter.ts';
import { isSurveyClass } from '../../../src/survey/metric.ts';
import { parseScoreRanges } from '../../../src/survey/score-ranges.ts';
import { SURVEY_SOURCES } from './survey-sources.ts';
import { holdsEnv, isFilled, toText } from './text.ts';

/** A filter of survey responses as a dialog holds it, with all its settings. */
export interface FilterChoice {
  sources: string[];
  ratings: string[];
  classes: string[];
  scores: string;
  comment: string;
  drivers: string[];
  driversMode: string;
}

/** Looks up a phrase and fills in its values. */
type Phrases = (key: string, values?: Readonly<Record<string, string | number>>) => string;

const COMMENT_MODES = ['any', 'with', 'without'];

const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(toText) : []);

/** A filter as a node holds it, whatever that is; what is missing asks for nothing. */
export function readFilter(filter: ResponseFilterSettings): FilterChoice {
  return {
    sources: textsOf(filter.sources),
    ratings: textsOf(filter.ratings),
    classes: textsOf(filter.classes),
    scores: toText(filter.scores),
    comment: COMMENT_MODES.find((mode) => mode === filter.comment) ?? 'any',
    drivers: textsOf(filter.drivers),
    driversMode: filter.driversMode === 'all' ? 'all' : 'any',
  };
}

/** Whether no entry of a list is empty. */
export const areTexts = (list: readonly unknown[]): boolean => list.every((text) => isFilled(toText(text)));

/** Whether all entries of a list are classes. */
export const areClasses = (list: readonly unknown[]): boolean =>
  list.every((name) => isSurveyClass(toText(name).trim().toLowerCase()) || holdsEnv(toText(name)));

/** Whether a text says which scores are wanted. */
export const areScores = (text: string): boolean => holdsEnv(text) || parseScoreRanges(text) !== undefined;

/** Each thing that a filter asks for, in words such as "rated red or orange"; none where it asks for nothing. */
export function filterPhrases(filter: FilterChoice, words: Phrases, language: string): string[] {
  const either = new Intl.ListFormat(language, { type: 'disjunction' });
  const both = new Intl.ListFormat(language, { type: 'conjunction' });
  const phrase = (key: string, list: readonly string[], format = either): string[] =>
    list.length === 0 ? [] : [words(`response-filter.phrase.${key}`, { list: format.format(list) })];
  return [
    ...phrase('sources', filter.sources.map(sourceWord(words))),
    ...phrase('ratings', filter.ratings),
    ...phrase('classes', filter.classes.map(classWord(words))),
    ...phrase('scores', scoreWords(filter.scores, words)),
    ...(filter.comment === 'any' ? [] : [words(`response-filter.phrase.comment-${filter.comment}`)]),
    ...phrase('drivers', filter.drivers, filter.driversMode === 'all' ? both : either),
  ];
}

/** The most characters that a node's label on the canvas may have and still be read at a glance. */
const LONGEST_LABEL = 40;

/** What stands on a node without a name: what it asks for, where that is short, else what it is. */
export function filterLabel(settings: ResponseFilterSettings, words: Phrases, language: string): string {
  const phrases = filterPhrases(readFilter(settings), words, language);
  const label = new Intl.ListFormat(language, { type: 'unit' }).format(phrases);
  return label !== '' && label.length <= LONGEST_LABEL ? label : words('response-filter.label.palette');
}

/** What a filter lets through, in a sentence. */
export function describeFilter(filter: FilterChoice, words: Phrases, language: string): string {
  if (!areScores(filter.scores)) return words('response-filter.errors.scores');
  const phrases = filterPhrases(filter, words, language);
  if (phrases.length === 0) return words('response-filter.summary.any');
  const list = new Intl.ListFormat(language, { type: 'conjunction' }).format(phrases);
  return words('response-filter.summary.some', { list });
}

const sourceWord =
  (words: Phrases) =>
  (source: string): string => {
    const known = SURVEY_SOURCES.find(({ id }) => id === source);
    return known ? words(`response-filter.source.${known.word}`) : source;
  };

const classWord =
  (words: Phrases) =>
  (name: string): string =>
    isSurveyClass(name) ? words(`response-filter.classed.${name}`) : name;

function scoreWords(scores: string, words: Phrases): string[] {
  const ranges = parseScoreRanges(scores);
  if (!ranges) return [scores];
  return ranges.map(({ from, to }) =>
    from === to ? String(from) : words('response-filter.phrase.range', { from, to }),
  );
}
