/** What one connection of a fuzz run sends: requests one behind the other, cut into pieces. */
import { SeededRandom } from '../seeded-random.ts';
import { CLOSED_HOOKS, goodDraft, OPEN_HOOKS, serialise, type Draft, type HookName } from './draft.ts';
import { mutate } from './mutate.ts';

/** Bytes, and the pause before them. */
export interface Piece {
  readonly bytes: Buffer;
  readonly afterMs: number;
}

export interface Conversation {
  /** With the seed of the run it repeats the conversation. */
  readonly number: number;
  readonly drafts: readonly Draft[];
  readonly pieces: readonly Piece[];
  /** What the sender does at the end: waits for its answers, or goes away at once, with a word or without. */
  readonly ending: 'wait' | 'leave' | 'reset';
  /** Whether every request must be answered. */
  readonly isWhole: boolean;
  /** Whether every request is without a fault. */
  readonly isGood: boolean;
  /** Whether an answer may be somebody else's than the gate's. */
  readonly mayStray: boolean;
}

/** Of so many conversations one is without a fault. */
const GOOD = 0.06;

export function makeConversation(seed: number, number: number): Conversation {
  const random = SeededRandom.ofPart(seed, number);
  const isGood = random.chance(GOOD);
  const count = random.chance(0.15) ? 2 + random.below(4) : 1;
  const drafts = upToUpgrade(makeDrafts(count, isGood, random));
  const original = Buffer.concat(drafts.map(serialise));
  if (isGood)
    return {
      number,
      drafts,
      pieces: split(original, random),
      ending: 'wait',
      isGood,
      isWhole: true,
      mayStray: false,
    };
  const isSpoilt = random.chance(0.06);
  const bytes = isSpoilt ? spoil(original, random) : original;
  const ending = random.chance(0.9) ? 'wait' : random.pick(['leave', 'reset'] as const);
  const sent = ending === 'wait' ? bytes : bytes.subarray(0, 1 + random.below(bytes.length));
  const hasEnds = !isSpoilt && drafts.every(({ isWhole }) => isWhole);
  return {
    number,
    drafts,
    pieces: split(sent, random),
    ending,
    isGood,
    // An answer that ends the connection can get lost on its way where more is sent behind its request.
    isWhole: hasEnds && ending === 'wait' && drafts.length === 1,
    // A request whose end is in the wrong place leaves bytes behind that are read as others.
    mayStray: !hasEnds || drafts.some((draft) => draft.mayStray),
  };
}

/** Node.js drops what comes behind an offer of another protocol in the same packet, also where it declines. */
function upToUpgrade(drafts: readonly Draft[]): readonly Draft[] {
  const at = drafts.findIndex(({ headers }) => headers.some((line) => line.startsWith('Upgrade:')));
  return at < 0 ? drafts : drafts.slice(0, at + 1);
}

const OPEN = Object.keys(OPEN_HOOKS) as HookName[];
const CLOSED = Object.keys(CLOSED_HOOKS) as HookName[];

function makeDrafts(count: number, isGood: boolean, random: SeededRandom): Draft[] {
  // A refusal ends the connection, so nothing comes behind it.
  const hooks = count === 1 && random.chance(0.15) ? CLOSED : OPEN;
  const drafts = Array.from({ length: count }, () => goodDraft(random.pick(hooks)));
  for (const draft of isGood ? [] : drafts) if (random.chance(0.95)) mutate(draft, random);
  return drafts;
}

/** Changes, takes out or puts in bytes, most of them near the start, where the head is. */
function spoil(bytes: Buffer, random: SeededRandom): Buffer {
  const reach = random.chance(0.8) ? Math.min(bytes.length, 200) : bytes.length;
  const at = random.below(reach);
  const length = 1 + random.below(4);
  return random.pick([
    () => Buffer.concat([bytes.subarray(0, at), random.bytes(length), bytes.subarray(at + length)]),
    () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]),
    () => Buffer.concat([bytes.subarray(0, at), random.bytes(length), bytes.subarray(at)]),
    () => Buffer.concat([bytes.subarray(0, at), Buffer.from('\r\n'), bytes.subarray(at)]),
  ])();
}

/** At once, in a few pieces, or slowly in small ones; no conversation takes longer than a second to send. */
function split(bytes: Buffer, random: SeededRandom): Piece[] {
  const manner = random.next();
  if (manner < 0.75) return [{ bytes, afterMs: 0 }];
  const isSlow = manner > 0.96;
  const count = isSlow ? 10 + random.below(30) : 2 + random.below(4);
  const cuts = Array.from({ length: count - 1 }, () => random.below(Math.min(bytes.length, 4000))).toSorted(
    (a, b) => a - b,
  );
  return [0, ...cuts].map((from, at) => ({
    bytes: bytes.subarray(from, cuts[at] ?? bytes.length),
    afterMs: isSlow ? 20 : random.below(5),
  }));
}
