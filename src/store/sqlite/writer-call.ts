import type { Transferable } from 'node:worker_threads';
import type { DeliveryEvent, EnqueueBatch, Settlement } from '../../delivery/delivery-store.ts';
import type { ExternalValue } from '../../external-data/external-data.ts';
import type { RememberedAnswer } from '../../inbound/inbox/inbox-store.ts';
import type { Call } from '../synchronous.ts';
import type { WriterStore } from './writer-store.ts';

/** One call of the writer's thread as a message. */
export type WriterCall = Call<WriterStore>;

type KeepRequest = Parameters<WriterStore['keep']>[0];
type AnswerRequest = Parameters<WriterStore['answerMark']>[0];

/** A call, and the buffers in it that are handed over with it. */
export interface Gathered {
  readonly call: WriterCall;
  readonly transfer: readonly Transferable[];
}

/** What a call weighs beside the bytes it carries: its ids, times and texts, roughly. */
const CALL_BYTES = 500;

/** What a call that waits for its commit holds in memory, roughly, in bytes. */
export const weightOf = (call: WriterCall): number => CALL_BYTES + bytesOf(call);

/** The call with bytes of its own, which can be handed to the thread without another copy (a view of Node.js's shared pool cannot). */
export function withOwnBytes(call: WriterCall): Gathered {
  switch (call.method) {
    case 'enqueue':
      return ownEnqueue(call.argument);
    case 'settle':
      return ownSettle(call.argument);
    case 'keep':
      return ownKeep(call.argument);
    case 'answerMark':
      return ownAnswerMark(call.argument);
    default:
      return { call, transfer: [] };
  }
}

/** What takes back a call that may have been committed though its caller was told that it failed; undefined = it may stay. */
export function undoOf(call: WriterCall): WriterCall | undefined {
  if (call.method === 'enqueue') {
    const { events, deliveries } = call.argument;
    const eventIds = events.map(({ id }) => id);
    return { method: 'forget', argument: { eventIds, deliveryIds: deliveries.map(({ id }) => id) } };
  }
  if (call.method !== 'keep') return undefined;
  const { event, mark } = call.argument;
  // Not the mark itself: the bytes of its answer are the thread's by now.
  const name = mark && { hookId: mark.hookId, key: mark.key, eventId: mark.eventId };
  return { method: 'forgetKept', argument: { eventIds: event ? [event.id] : [], mark: name } };
}

function bytesOf(call: WriterCall): number {
  switch (call.method) {
    case 'enqueue':
      return call.argument.events.reduce(
        (sum, { body, values, headers }) => sum + body.byteLength + values.length + lengthOf(headers),
        call.argument.deliveries.length * CALL_BYTES,
      );
    case 'settle':
      return (
        call.argument.attempt.responseBody.byteLength + textLength(call.argument.attempt.captured?.values)
      );
    case 'setExternal':
      return textLength(call.argument.values);
    case 'keep':
      return keptBytes(call.argument);
    case 'answerMark':
      return call.argument.answer.body.byteLength;
    case 'upsertRecord':
      return call.argument.changeText.length;
    default:
      return 0;
  }
}

const textLength = (values: readonly { readonly value: ExternalValue }[] = []): number =>
  values.reduce((sum, { value }) => sum + (typeof value === 'string' ? value.length : 0), 0);

const lengthOf = (headers: DeliveryEvent['headers']): number =>
  headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0);

const keptBytes = ({ event, mark }: KeepRequest): number =>
  (event ? event.body.byteLength + event.head.length : 0) + (mark?.answer?.body.byteLength ?? 0);

function ownEnqueue(batch: EnqueueBatch): Gathered {
  const events = batch.events.map((event) => ({ ...event, body: new Uint8Array(event.body) }));
  const argument: EnqueueBatch = { ...batch, events };
  return { call: { method: 'enqueue', argument }, transfer: events.map(({ body }) => body.buffer) };
}

function ownSettle(settlement: Settlement): Gathered {
  const responseBody = new Uint8Array(settlement.attempt.responseBody);
  const argument: Settlement = { ...settlement, attempt: { ...settlement.attempt, responseBody } };
  return { call: { method: 'settle', argument }, transfer: [responseBody.buffer] };
}

function ownKeep({ event, mark, now }: KeepRequest): Gathered {
  const ownEvent = event && { ...event, body: new Uint8Array(event.body) };
  const answer = mark?.answer && withOwnBody(mark.answer);
  const argument: KeepRequest = { event: ownEvent, mark: mark && { ...mark, answer }, now };
  const bodies = [...(ownEvent ? [ownEvent.body] : []), ...(answer ? [answer.body] : [])];
  return { call: { method: 'keep', argument }, transfer: bodies.map(({ buffer }) => buffer) };
}

function ownAnswerMark(request: AnswerRequest): Gathered {
  const answer = withOwnBody(request.answer);
  return {
    call: { method: 'answerMark', argument: { ...request, answer } },
    transfer: [answer.body.buffer],
  };
}

const withOwnBody = (answer: RememberedAnswer) => ({ ...answer, body: new Uint8Array(answer.body) });
