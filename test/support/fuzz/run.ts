import { makeConversation, type Conversation } from './conversation.ts';
import { converse, type Outcome } from './converse.ts';
import { judge, judgeOutcome } from './judge.ts';

/** How many requests are sent, and by which seed they are chosen. */
export interface FuzzPlan {
  readonly requestCount: number;
  readonly seed: number;
}

export interface FuzzReport {
  requestCount: number;
  /** By who answered, the status and the word for it. */
  readonly counts: Map<string, number>;
  readonly words: Set<string>;
  readonly faults: string[];
}

/** Connections at a time: enough to be at work in all places at once, and few enough for a small machine. */
const WIDTH = 48;

/** Sends the requests to a Node-RED at this port, and judges every answer. */
export async function fuzz(port: number, { requestCount, seed }: FuzzPlan): Promise<FuzzReport> {
  const report: FuzzReport = { requestCount: 0, counts: new Map(), words: new Set(), faults: [] };
  let next = 0;
  const work = async (): Promise<void> => {
    while (report.requestCount < requestCount) {
      const conversation = makeConversation(seed, next++);
      report.requestCount += conversation.drafts.length;
      note(report, conversation, await converse(port, conversation));
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, work));
  return report;
}

function note(report: FuzzReport, conversation: Conversation, outcome: Outcome): void {
  const judged = outcome.answers.map(judge);
  const faults = [...judged.flatMap((one) => one.faults), ...judgeOutcome(conversation, outcome, judged)];
  for (const [at, { by, word }] of judged.entries()) {
    count(report, `${by} ${outcome.answers[at]?.status ?? 0} ${word}`);
    report.words.add(word);
  }
  if (judged.length === 0) count(report, `${conversation.ending} without an answer`);
  if (faults.length > 0) report.faults.push(describe(conversation, outcome, faults));
}

const count = ({ counts }: FuzzReport, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

function describe(
  { number, pieces, drafts }: Conversation,
  outcome: Outcome,
  faults: readonly string[],
): string {
  const sent = Buffer.concat(pieces.map(({ bytes }) => bytes)).toString('latin1');
  const got = [...outcome.answers.map(({ status, body }) => `${status} ${body}`), outcome.rest];
  const cut = (text: string): string => JSON.stringify(text.slice(0, 700));
  return `Conversation ${number} of ${drafts.length}: ${faults.join(' ')}\n  sent ${cut(sent)}\n  got ${cut(got.join(' | '))}`;
}

/** Who answered, with which status and word, and how often. */
export const tableOf = ({ counts }: FuzzReport): string =>
  [...counts]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([key, n]) => `${String(n).padStart(7)}  ${key}`)
    .join('\n');
