import { HookError } from '../errors.ts';
import { textOf, type SettingProblem } from '../platform/settings-check.ts';
import { isSurveyClass } from './metric.ts';
import { textKey } from '../text-key.ts';
import { parseScoreRanges } from './score-ranges.ts';
import type { SurveyResponse } from './survey-response.ts';

/** Which survey responses are wanted, as a flow holds it. What is empty or missing asks for nothing. */
export interface ResponseFilterSettings {
  /** Where a response came from, such as `cio-pulse`. */
  readonly sources?: readonly string[];
  readonly ratings?: readonly string[];
  /** Of any metric; `neutral` is a class of both CSAT and CES. */
  readonly classes?: readonly string[];
  /** Scores and ranges, such as `0-6,9`. */
  readonly scores?: string;
  /** `any`, `with` or `without`. */
  readonly comment?: string;
  /** Names of drivers that a respondent chose, whether as good or as bad. */
  readonly drivers?: readonly string[];
  /** How many of the drivers it takes: `any` of them or `all`. */
  readonly driversMode?: string;
}

/** Whether a survey response is wanted. */
export type ResponseFilter = (response: SurveyResponse) => boolean;

const COMMENT_MODES = ['any', 'with', 'without'] as const;
const DRIVER_MODES = ['any', 'all'] as const;

/**
 * Makes the filter that settings ask for. A response has to meet every setting, and of a setting's values one; of drivers as
 * many as `driversMode` says. Texts are compared without case and outer spaces. A response without a score meets no scores, and a
 * comment of white space is none. Throws HOOK_CONFIG_INVALID with everything that a person has to change.
 */
export function compileFilter(settings: ResponseFilterSettings): ResponseFilter {
  const reader = new Reader(settings);
  const conditions = [
    wantText(reader.keys('sources'), ({ source }) => source),
    wantText(reader.keys('ratings'), ({ rating }) => rating),
    wantText(readClasses(reader), (response) => response.class ?? ''),
    wantScore(reader),
    wantComment(reader.oneOf('comment', COMMENT_MODES)),
    wantDrivers(reader.keys('drivers'), reader.oneOf('driversMode', DRIVER_MODES)),
  ].filter((condition) => condition !== undefined);
  reader.finish();
  return (response) => conditions.every((isMet) => isMet(response));
}

type Condition = ResponseFilter | undefined;
type Keys = ReadonlySet<string>;

function wantText(keys: Keys, textFrom: (response: SurveyResponse) => string): Condition {
  return keys.size === 0 ? undefined : (response) => keys.has(textKey(textFrom(response)));
}

function readClasses(reader: Reader): Keys {
  const classes = reader.keys('classes');
  const unknown = [...classes].filter((name) => name !== '' && !isSurveyClass(name));
  if (unknown.length > 0) reader.report('classes', `There is no class "${unknown.join('", "')}".`);
  return classes;
}

function wantScore(reader: Reader): Condition {
  const ranges = parseScoreRanges(reader.text('scores'));
  if (!ranges) reader.report('scores', 'It must be scores and ranges with commas between, such as 0-6,9.');
  if (!ranges || ranges.length === 0) return undefined;
  return ({ score }) => score !== null && ranges.some(({ from, to }) => from <= score && score <= to);
}

function wantComment(mode: (typeof COMMENT_MODES)[number]): Condition {
  if (mode === 'any') return undefined;
  return ({ comment }) => (comment.trim() !== '') === (mode === 'with');
}

function wantDrivers(keys: Keys, mode: (typeof DRIVER_MODES)[number]): Condition {
  if (keys.size === 0) return undefined;
  const wanted = [...keys];
  return ({ drivers }) => {
    const chosen = new Set(
      Object.keys(drivers)
        .filter((name) => drivers[name] !== 0)
        .map(textKey),
    );
    const isChosen = (name: string): boolean => chosen.has(name);
    return mode === 'all' ? wanted.every(isChosen) : wanted.some(isChosen);
  };
}

/** Reads settings one by one and remembers what is wrong with them. */
class Reader {
  readonly #settings: ResponseFilterSettings;
  readonly #problems: SettingProblem[] = [];

  constructor(settings: ResponseFilterSettings) {
    this.#settings = settings;
  }

  text(setting: 'scores' | 'comment' | 'driversMode'): string {
    return textOf(this.#settings[setting]).trim();
  }

  /** The setting, which must be one of the words; the first one where it is empty. */
  oneOf<const Word extends string>(
    setting: 'comment' | 'driversMode',
    words: readonly [Word, ...Word[]],
  ): Word {
    const value = this.text(setting) || words[0];
    const found = words.find((word) => word === value);
    if (found === undefined) this.report(setting, `It is none of ${words.join(', ')}.`);
    return found ?? words[0];
  }

  /**
   * What the texts of a list are compared by. An empty one among them is refused: that is a variable which is not set, and without it
   * the filter would let through what nobody asked for.
   */
  keys(setting: 'sources' | 'ratings' | 'classes' | 'drivers'): Keys {
    const value: unknown = this.#settings[setting] ?? [];
    const keys = Array.isArray(value) ? value.map((entry) => textKey(textOf(entry))) : [''];
    if (keys.includes('')) this.report(setting, 'It must be a list of texts, none of them empty.');
    return new Set(keys);
  }

  report(setting: keyof ResponseFilterSettings, message: string): void {
    this.#problems.push({ setting, message });
  }

  finish(): void {
    const problems = this.#problems;
    if (problems.length === 0) return;
    const words = problems.map(({ setting, message }) => `${setting}: ${message}`).join(' ');
    throw new HookError('HOOK_CONFIG_INVALID', `The filter is not valid. ${words}`, {
      details: { problems },
    });
  }
}
