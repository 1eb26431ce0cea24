import { DEEPEST, MOST_FIELDS } from '../inbound/body/limits.ts';
import { measureJson, parseJson } from '../inbound/body/parse-json.ts';
import { isRefusal, type RefusalCode } from '../inbound/refusals.ts';
import type { MailProblem } from './mail.ts';

/** A place in a mail that may hold data, as JSON. */
export interface DataBlock {
  /** As `MailProblem` names it. */
  readonly where: string;
  /** Undefined where its bytes are not UTF-8. */
  readonly text: string | undefined;
}

/** What the blocks of a mail hold together. */
export interface MailData {
  readonly payload: unknown;
  readonly problems: readonly MailProblem[];
}

/** The most blocks of a mail. */
export const MOST_BLOCKS = 100;
/** The most JSON of a mail, in characters: a list of a million numbers has no fields that could be counted. */
export const MOST_JSON = 1024 * 1024;

/**
 * The data of a mail's blocks: one value as it is; of several a list of them, in which a block that is a list stands for what is
 * in it. What a block may not be is told as a problem, and the others still come through.
 */
export function collectData(blocks: readonly DataBlock[]): MailData {
  const values: object[] = [];
  const problems: MailProblem[] = [];
  const left = { json: MOST_JSON, fields: MOST_FIELDS };
  for (const { where, text } of blocks.slice(0, MOST_BLOCKS)) {
    const read = readBlock(text, left);
    if (typeof read === 'string') problems.push({ where, message: read });
    else values.push(read);
  }
  const [next] = blocks.slice(MOST_BLOCKS);
  if (next) problems.push({ where: next.where, message: 'It and what follows it are more than 100 blocks.' });
  const [first = null, ...others] = values;
  return { payload: others.length === 0 ? first : values.flat(), problems };
}

/** What a mail may still hold. */
interface Allowance {
  json: number;
  fields: number;
}

/** The value of a block, or what is wrong with it. */
function readBlock(text: string | undefined, left: Allowance): object | string {
  if (text === undefined) return 'It is not UTF-8.';
  if (text.length > left.json) return 'With it the mail holds more than 1 MB of JSON.';
  const { depth, fieldCount } = measureJson(text);
  if (depth <= DEEPEST && fieldCount > left.fields) return WORDS.too_many_fields;
  const parsed = parseJson(text);
  if (isRefusal(parsed)) return WORDS[parsed.refused] ?? WORDS.malformed_json;
  const { value } = parsed;
  if (typeof value !== 'object' || value === null) return 'It is neither an object nor a list.';
  left.json -= text.length;
  left.fields -= fieldCount;
  return value;
}

const WORDS: Partial<Record<RefusalCode, string>> & Record<'too_many_fields' | 'malformed_json', string> = {
  malformed_json: 'It is not JSON.',
  too_deep: 'It is nested more than 100 levels deep.',
  too_many_fields: 'With it the mail holds more than 1,000 fields.',
  forbidden_field: 'It holds a field name that is not allowed.',
};
