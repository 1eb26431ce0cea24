import { REFUSALS } from '../../../src/inbound/refusals.ts';
import type { Answer } from './answers.ts';
import type { Conversation } from './conversation.ts';
import type { Outcome } from './converse.ts';
import type { Draft, HookName } from './draft.ts';

/** Who gave an answer: the gate, a flow behind it, Node.js itself, or those who get what is no hook's. */
export type Answerer = 'gate' | 'flow' | 'node' | 'others';

export interface Judged {
  readonly by: Answerer;
  /** The code of a refusal, or what else there is to say of it in a word. */
  readonly word: string;
  /** What is wrong with it; empty where nothing is. */
  readonly faults: readonly string[];
}

/** What the gate may answer by itself (spec: the table of answers); a redirect is a form's. */
const STATUSES = new Set([200, 303, 400, 401, 403, 404, 405, 408, 413, 415, 429, 503, 504]);
/** What Node.js answers where it cannot read a request, or will not do what it expects. */
const NODE_STATUSES = new Set([400, 408, 413, 417, 431]);
const LEAK = /node_modules|file:\/\/|\/tmp\/|\/home\/|[a-z-]+\.[cm]?[jt]s:\d|\n\s+at /i;

/** What an answer is, and what is wrong with it. */
export function judge(answer: Answer): Judged {
  const { status, body, headers } = answer;
  if (headers.has('x-flow')) return { by: 'flow', word: 'flow', faults: statusFault(status === 222, answer) };
  if (headers.get('content-type')?.startsWith('application/json') === true) return judgeJson(answer);
  if (status === 303)
    return {
      by: 'gate',
      word: 'redirect',
      faults: statusFault(headers.get('location') === '/thanks', answer),
    };
  if (body === '' && NODE_STATUSES.has(status)) return { by: 'node', word: 'node', faults: [] };
  return { by: 'others', word: 'others', faults: status >= 500 ? [`Others answered ${status}.`] : [] };
}

const statusFault = (isRight: boolean, { status }: Answer): string[] =>
  isRight ? [] : [`The answer is ${status}.`];

function judgeJson(answer: Answer): Judged {
  const { status, body } = answer;
  const leaks = LEAK.test(body) ? ['The answer tells of the server.'] : [];
  const foreign = STATUSES.has(status) ? [] : [`${status} is no status of the table.`];
  // Of a HEAD.
  if (body === '') return { by: 'gate', word: 'head', faults: foreign };
  const value = parseObject(body);
  if (status === 200) return { by: 'gate', word: 'accepted', faults: [...leaks, ...acceptanceFaults(value)] };
  const { word, faults } = judgeRefusal(value, answer);
  return { by: 'gate', word, faults: [...leaks, ...foreign, ...faults] };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

const acceptanceFaults = ({ accepted, id, ...rest }: Record<string, unknown>): string[] =>
  accepted === true && typeof id === 'string' && Object.keys(rest).length === 0
    ? []
    : ['The acceptance has another shape.'];

const REFUSED = REFUSALS as Readonly<Record<string, { readonly status: number; readonly message: string }>>;

function judgeRefusal(
  { error }: Record<string, unknown>,
  { status, headers, body }: Answer,
): Pick<Judged, 'word' | 'faults'> {
  const { code = '' } = (error ?? {}) as { readonly code?: string };
  const known = REFUSED[code];
  if (known?.status !== status) return { word: code, faults: [`${status} with the code "${code}".`] };
  const hasShape = body === JSON.stringify({ error: { code, message: known.message } });
  return {
    word: code,
    faults: [...(hasShape ? [] : ['The refusal has another shape.']), ...missingHeaders(status, headers)],
  };
}

const NEEDED: Readonly<Record<number, string>> = { 405: 'allow', 429: 'retry-after', 503: 'retry-after' };

function missingHeaders(status: number, headers: Answer['headers']): string[] {
  const needed = NEEDED[status];
  return needed === undefined || headers.has(needed) ? [] : [`${status} without ${needed}.`];
}

/** What is wrong with how a conversation went, beside what is wrong with its answers. */
export function judgeOutcome(
  conversation: Conversation,
  outcome: Outcome,
  judged: readonly Judged[],
): string[] {
  const { drafts, isWhole, isGood, mayStray, ending } = conversation;
  const faults: string[] = [];
  if (!outcome.hasEnded) faults.push('The server did not end the connection.');
  if (ending === 'wait' && outcome.rest !== '') faults.push('Something came back that is no response.');
  if (isWhole && judged.length < drafts.length) faults.push('A request was not answered.');
  if (!mayStray && judged.some(({ by }) => by === 'others'))
    faults.push('A request to a hook went to others.');
  if (isGood && !areExpected(drafts, judged)) faults.push('A request without a fault got another answer.');
  return faults;
}

/** What a request without a fault gets; `accepted` where nothing is said. */
const EXPECTED: Readonly<Partial<Record<HookName, readonly string[]>>> = {
  flow: ['flow'],
  form: ['redirect'],
  guessed: ['unauthorized', 'too_many_failures'],
  weak: ['forbidden', 'too_many_failures'],
  far: ['address_not_allowed'],
  off: ['not_found'],
  busy: ['accepted', 'rate_limited'],
};

const areExpected = (drafts: readonly Draft[], judged: readonly Judged[]): boolean =>
  judged.length === drafts.length &&
  drafts.every(({ hook }, at) => (EXPECTED[hook] ?? ['accepted']).includes(judged[at]?.word ?? ''));
