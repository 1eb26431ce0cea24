import { answerWith } from './answer.ts';
import type { Arrival } from './gate-host.ts';
import type { HookAnswer, InboundEvent, InboundHook } from './hook.ts';
import type { RememberedAnswer } from './inbox/inbox-store.ts';
import type { ReceptionPorts } from './reception-ports.ts';

/** An event that its hook may take, and what it came with. */
export interface Acceptance {
  readonly event: InboundEvent;
  readonly arrival: Arrival;
  readonly hook: InboundHook;
  readonly ports: ReceptionPorts;
}

/** The hook's own answer to an event that was accepted. */
export function acceptedAnswer(
  { statusCode, redirect }: Extract<HookAnswer, { by: 'gate' }>,
  eventId: string,
): RememberedAnswer {
  if (redirect !== undefined)
    return { statusCode: 303, contentType: '', location: redirect, body: Buffer.alloc(0) };
  // A 204 goes without a body, as it must.
  if (statusCode === 204) return { statusCode, contentType: '', body: Buffer.alloc(0) };
  const body = Buffer.from(JSON.stringify({ accepted: true, id: eventId }));
  return { statusCode, contentType: 'application/json; charset=utf-8', body };
}

/** Answers an event that was accepted. */
export function answerAccepted({ event, arrival, hook }: Acceptance, answer: RememberedAnswer): void {
  hook.activity.noteReceived(event.receivedAt);
  arrival.recording?.decide({ outcome: 'accepted', eventId: event.requestId });
  answerWith(arrival, answer);
}

/** Answers a duplicate as the first of its kind was answered. */
export function answerAgain({ event, arrival, hook }: Acceptance, answer: RememberedAnswer): void {
  hook.activity.noteReceived(event.receivedAt);
  arrival.recording?.decide({ outcome: 'duplicate' });
  answerWith(arrival, answer);
}

/** Starts the flow, and leaves the answer to it. */
export async function startAnsweringFlow(
  { event, arrival, hook, ports }: Acceptance,
  timeoutMs: number,
): Promise<void> {
  hook.activity.noteReceived(event.receivedAt);
  arrival.recording?.decide({ outcome: 'flow', eventId: event.requestId });
  ports.pending.await(arrival, { id: hook.id, timeoutMs });
  await hook.accept(event, arrival.response);
}
