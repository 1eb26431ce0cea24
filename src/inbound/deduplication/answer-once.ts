import { HookError } from '../../errors.ts';
import { answerAgain, startAnsweringFlow, type Acceptance } from '../acceptance.ts';
import type { AnswerUnderWay } from './answers-under-way.ts';
import type { EventKeeping } from '../hook.ts';
import type { RememberedAnswer, SeenMark } from '../inbox/inbox-store.ts';
import type { Inbox } from '../inbox/inbox.ts';
import { isRefusal, refusal, type Refusal } from '../refusals.ts';
import { watchFlowAnswer } from './watch-flow-answer.ts';

interface Once {
  readonly timeoutMs: number;
  readonly keeping: EventKeeping;
  readonly mark: SeenMark;
}

/** Starts the flow and leaves the answer to it, unless this event has started it before: then its sender gets that answer. */
export async function answerOnce(acceptance: Acceptance, once: Once): Promise<Refusal | undefined> {
  const { underWay } = acceptance.ports;
  const name = `${once.mark.hookId} ${once.mark.key}`;
  const first = underWay.find(name);
  if (first) return shareAnswer(acceptance, first, once.timeoutMs);
  // Before the store is asked: what comes meanwhile waits for its answer too.
  const own = underWay.begin(name, once.mark.hookId);
  let isWatched = false;
  try {
    const inbox = await once.keeping.open();
    const answer = await claimMark(inbox, once.mark);
    if (answer) {
      own.end(answer);
      answerAgain(acceptance, answer);
      return undefined;
    }
    if (!acceptance.ports.isServing(acceptance.hook)) {
      await inbox.forgetMark(once.mark);
      return refusal('flows_not_running');
    }
    isWatched = true;
    own.abandon = remember(acceptance, once, { inbox, own, name });
    await startAnsweringFlow(acceptance, once.timeoutMs);
    return undefined;
  } finally {
    if (!isWatched) {
      // Nothing, where it has ended.
      own.end(refusal('unavailable'));
      underWay.remove(name);
    }
  }
}

/** Waits for the answer to the request that is in work, for as long as one of its own would be waited for. */
async function shareAnswer(
  acceptance: Acceptance,
  first: AnswerUnderWay,
  timeoutMs: number,
): Promise<Refusal | undefined> {
  const { arrival, hook, ports } = acceptance;
  ports.pending.await(arrival, { id: hook.id, timeoutMs });
  const answer = await ports.underWay.share(first);
  // The time was over before, or the flows have stopped, or the sender is gone.
  if (arrival.response.headersSent || arrival.response.closed) return undefined;
  if (!answer) return refusal('unavailable');
  if (isRefusal(answer)) return answer;
  answerAgain(acceptance, answer);
  return undefined;
}

/** The answer that is remembered with the mark; undefined where there is none, and the mark is this event's from now on. */
async function claimMark(inbox: Inbox, mark: SeenMark): Promise<RememberedAnswer | undefined> {
  const taken = await inbox.take({ mark });
  if (taken.kind !== 'duplicate') return undefined;
  if (taken.first.answer) return taken.first.answer;
  // It is under way nowhere, so nobody will answer it: the store was down when that was to be noted.
  await inbox.forgetMark(taken.first);
  const again = await inbox.take({ mark });
  if (again.kind !== 'duplicate') return undefined;
  throw new HookError('HOOK_STORE_UNAVAILABLE', 'Whether an event was received before is not clear.');
}

/** Whether the answer asks the sender to come again (RFC 9110, 15.5.9; RFC 8470, 5.2; RFC 6585, 4), or says that something broke. */
const hasFailed = ({ statusCode }: RememberedAnswer): boolean =>
  statusCode >= 500 || [408, 425, 429].includes(statusCode);

interface Remembering {
  readonly inbox: Inbox;
  readonly own: AnswerUnderWay;
  readonly name: string;
}

/** Notes the flow's answer when it has given it; what failed is forgotten. What comes back gives up waiting for it. */
function remember(
  { arrival, ports }: Acceptance,
  { timeoutMs, mark }: Once,
  { inbox, own, name }: Remembering,
): () => void {
  const note = async (answer: RememberedAnswer | undefined): Promise<void> => {
    const isToRemember = answer !== undefined && !hasFailed(answer);
    own.end(answer ?? refusal('flow_timeout'));
    // What failed may come again at once; then its mark is found to be nobody's.
    if (!isToRemember) ports.underWay.remove(name);
    try {
      await (isToRemember ? inbox.answerMark(mark, answer) : inbox.forgetMark(mark));
    } catch (error) {
      ports.logger.warn(`Whether a request was answered is not remembered: ${String(error)}`);
    }
    if (isToRemember) ports.underWay.remove(name);
  };
  const onEnd = (answer: RememberedAnswer | undefined): void => void note(answer);
  return watchFlowAnswer(arrival.response, { clock: ports.clock, timeoutMs, onEnd });
}
