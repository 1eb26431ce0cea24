import vm from 'node:vm';

/** How long one text may be tried against one pattern, ms. An ordinary match takes microseconds. */
const MATCH_LIMIT_MS = 25;

/** The longest text that a simple pattern is tried on without a watchdog: two loops over it are at most a million steps. */
const UNWATCHED_CHARACTERS = 1000;

const ESCAPED_OR_CLASS = /\\.|\[(?:\\.|[^\]\\])*\]/gs;
const LOOP = /[*+?]|\{\d+,/g;
const REPEATED_GROUP = /\)[*+?{]/;

const sandbox: { pattern?: RegExp; text?: string } = vm.createContext(Object.create(null) as object);
const match = new vm.Script('pattern.test(text)');

/** A regular expression from a setting, with the two members that Ajv needs of one. */
export interface BoundedPattern {
  /** Whether the text matches; a text that takes longer than 25 ms does not. */
  readonly test: (text: string) => boolean;
}

/**
 * Compiles a pattern that can never hold up the process: some expressions take years on a text of 30 characters, and
 * strangers choose the text. Throws SyntaxError where it is no regular expression.
 */
export function boundedPattern(source: string): BoundedPattern {
  const pattern = new RegExp(source, 'u');
  const isSimple = isSimplePattern(source);
  return {
    test: (text) =>
      isSimple && text.length <= UNWATCHED_CHARACTERS ? pattern.test(text) : testWatched(pattern, text),
  };
}

/** No repeated group and at most two loops: the steps are at most the square of the text's length. */
function isSimplePattern(source: string): boolean {
  const skeleton = source.replace(ESCAPED_OR_CLASS, 'x');
  const isBackReferring = /\\[1-9k]/.test(source);
  return !isBackReferring && !REPEATED_GROUP.test(skeleton) && (skeleton.match(LOOP) ?? []).length <= 2;
}

function testWatched(pattern: RegExp, text: string): boolean {
  sandbox.pattern = pattern;
  sandbox.text = text;
  try {
    return match.runInContext(sandbox, { timeout: MATCH_LIMIT_MS }) === true;
  } catch {
    return false;
  } finally {
    sandbox.text = '';
  }
}
