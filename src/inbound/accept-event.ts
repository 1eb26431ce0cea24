import {
  acceptedAnswer,
  answerAccepted,
  answerAgain,
  startAnsweringFlow,
  type Acceptance,
} from './acceptance.ts';
import { answerOnce } from './deduplication/answer-once.ts';
import { readDedupeKey } from './deduplication/deduplication.ts';
import { writeEventHead } from './inbox/event-head.ts';
import { hideCredentials } from './hide-credentials.ts';
import type { EventKeeping, HookAnswer } from './hook.ts';
import type { RememberedAnswer, SeenMark } from './inbox/inbox-store.ts';
import type { Inbox } from './inbox/inbox.ts';
import { refusal, type Refusal } from './refusals.ts';

/**
 * Brings an event into its flow and an answer to its sender. What is to be kept is kept before that, and a duplicate gets the first
 * answer instead. Refuses where the flows have stopped meanwhile; rejects if the store does not take what is to be kept.
 */
export async function acceptEvent(acceptance: Acceptance): Promise<Refusal | undefined> {
  const { event, arrival, hook } = acceptance;
  const mark = markOf(acceptance);
  // Only now: a signature may cover them, and a mark may be made of them.
  const { credentialHeader = hook.isGuardedByHost ? 'authorization' : undefined } = hook.authenticator;
  if (credentialHeader !== undefined) hideCredentials(arrival.request, credentialHeader);
  const { answer, keeping } = hook;
  if (answer.by === 'flow') {
    if (keeping && mark) return answerOnce(acceptance, { timeoutMs: answer.timeoutMs, keeping, mark });
    await startAnsweringFlow(acceptance, answer.timeoutMs);
    return undefined;
  }
  if (keeping && (keeping.isDurable || mark)) return keepAndAnswer(acceptance, { answer, keeping, mark });
  await hook.accept(event, undefined);
  answerAccepted(acceptance, acceptedAnswer(answer, event.requestId));
  return undefined;
}

interface Keeping {
  readonly answer: Extract<HookAnswer, { by: 'gate' }>;
  readonly keeping: EventKeeping;
  readonly mark: SeenMark | undefined;
}

async function keepAndAnswer(
  acceptance: Acceptance,
  { answer, keeping, mark }: Keeping,
): Promise<Refusal | undefined> {
  const { event } = acceptance;
  const accepted = acceptedAnswer(answer, event.requestId);
  const inbox = await keeping.open();
  const taken = await inbox.take({
    ...(keeping.isDurable && { event: eventToKeep(acceptance) }),
    // Should the process die with an event that is not kept, its sender has to be let in again: a mark without an answer is forgotten.
    ...(mark && { mark: keeping.isDurable ? { ...mark, answer: accepted } : mark }),
  });
  if (taken.kind === 'duplicate') {
    // One without an answer is in work, or from when the hook left its answers to the flow.
    answerAgain(acceptance, taken.first.answer ?? acceptedAnswer(answer, taken.first.eventId));
    return undefined;
  }
  if (mark && !keeping.isDurable) return startMarked(acceptance, { accepted, inbox, mark });
  if (taken.kind === 'deliver') await startKept(acceptance, inbox);
  answerAccepted(acceptance, accepted);
  return undefined;
}

/** Starts the flow with an event that is kept. One that does not start has to be redelivered: a duplicate would be told it was taken. */
async function startKept({ event, hook, ports }: Acceptance, inbox: Inbox): Promise<void> {
  try {
    await hook.accept(event, undefined);
  } catch (error) {
    ports.logger.error(`The flow of a hook could not be started: ${String(error)}`);
    inbox.giveBack(event.requestId);
  }
}

interface Marked {
  readonly accepted: RememberedAnswer;
  readonly inbox: Inbox;
  readonly mark: SeenMark;
}

/** Starts the flow with an event that is not kept; where it does not start, its mark is taken back. */
async function startMarked(
  acceptance: Acceptance,
  { accepted, inbox, mark }: Marked,
): Promise<Refusal | undefined> {
  const { event, hook, ports } = acceptance;
  if (!ports.isServing(hook)) {
    await inbox.forgetMark(mark);
    return refusal('flows_not_running');
  }
  try {
    await hook.accept(event, undefined);
  } catch (error) {
    await inbox.forgetMark(mark);
    throw error;
  }
  answerAccepted(acceptance, accepted);
  await inbox.answerMark(mark, accepted).catch((error: unknown) => {
    ports.logger.warn(`Whether a request was answered is not remembered: ${String(error)}`);
  });
  return undefined;
}

const eventToKeep = ({ event, arrival, hook }: Acceptance) => ({
  id: event.requestId,
  hookId: hook.id,
  receivedAt: event.receivedAt,
  head: writeEventHead({ event, arrival, bodyLimit: hook.bodyLimit }),
  body: event.rawBody,
});

function markOf({ event, hook, ports }: Acceptance): SeenMark | undefined {
  const dedupe = hook.keeping?.dedupe;
  if (!dedupe) return undefined;
  const key = readDedupeKey(dedupe.rule, event);
  if (key === undefined) return undefined;
  const expiresAt = ports.clock.now() + dedupe.windowMs;
  return { hookId: hook.id, key, eventId: event.requestId, expiresAt, answer: undefined };
}
