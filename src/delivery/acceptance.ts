import type { CaptureTarget } from '../external-data/external-data.ts';
import { newId } from '../platform/ids.ts';
import { begin, type Delivery, type DeliveryState, type FailureReason, type Sending } from './delivery.ts';
import type { DeliveryObserver } from './delivery-observer.ts';
import type { DeliveryEvent, DeliveryStore, EnqueueBatch } from './delivery-store.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { EndpointDirectory } from './endpoint/endpoint-directory.ts';
import { messageTags } from './endpoint/endpoint-tags.ts';
import type { Endpoint } from './endpoint/endpoint.ts';
import type { Header } from './header.ts';
import type { HookRequest } from './hook-request.ts';
import type { EndpointStates } from './health/endpoint-states.ts';
import { keepValues } from './kept-values.ts';

/** One message for any number of endpoints. */
export interface AcceptRequest {
  /** The out node that is told the outcomes. */
  readonly nodeId: string;
  readonly webhookId: string;
  /** The hook's request that the message descends from, if any. */
  readonly hookRequest?: HookRequest | undefined;
  readonly listeningPost: string;
  readonly endpointIds: readonly string[];
  /** Why the message is not for an endpoint, in words; undefined = it is. Without it the message is for all of them. */
  readonly skip?: (endpoint: Endpoint) => string | undefined;
  /** The message, for the dynamic tags of the endpoints: its own values, and those of `survey`, a survey record. */
  readonly message?: object;
  /** Headers that go with it to each endpoint, as `readMessageHeaders` gives them; none if absent. */
  readonly headers?: readonly Header[];
  /** It descends from an event of the webhook log; its deliveries cause none. */
  readonly fromLogEvent?: boolean;
  /** The external data group that takes values out of the responses; undefined = none. */
  readonly captureGroupId?: string | undefined;
  /**
   * The id of the user, ticket or project that external data of this message is about; empty = it names none. Asked only where that
   * matters; without it no tag is looked up in the store.
   */
  readonly subjectId?: (() => Promise<string>) | undefined;
  /** The body for an endpoint, and its media type. The same object for endpoints that receive the same bytes. */
  readonly content: (endpoint: Endpoint | undefined) => EventContent;
}

/** A message with what had to be looked up for it. */
export interface PreparedRequest extends AcceptRequest {
  /** Where values of the responses go; undefined = nowhere. */
  readonly capture?: CaptureTarget | undefined;
  /** The texts of its endpoints' tags of external data that the message itself lacks, by `tagKey`. */
  readonly externalTexts: ReadonlyMap<string, string>;
}

export interface EventContent {
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** The deliveries of an accepted message, in the order of its endpoints, and how many of them have failed already. */
export interface Accepted {
  readonly deliveries: readonly AcceptedDelivery[];
  readonly failedCount: number;
}

export interface AcceptedDelivery {
  readonly id: string;
  readonly webhookId: string;
  readonly endpoint: string;
}

interface Plan {
  readonly batch: EnqueueBatch;
  /** Those that have a slot, and begin as soon as they are stored. */
  readonly begun: readonly { readonly delivery: Delivery<Sending>; readonly endpoint: Endpoint }[];
}

export interface AcceptanceParts {
  readonly store: DeliveryStore;
  readonly endpoints: EndpointDirectory;
  readonly dispatcher: Dispatcher;
  readonly states: EndpointStates;
  readonly observer?: DeliveryObserver | undefined;
}

/**
 * Accepts a message: one durable write for all its endpoints or none. Where a slot is free, attempt 1 is counted in that same
 * write. An endpoint that is gone, invalid or over its limit gets a delivery that has failed with that reason.
 */
export async function accept(
  request: PreparedRequest,
  parts: AcceptanceParts,
  now: number,
): Promise<Accepted> {
  const { store, dispatcher, observer } = parts;
  const plan = planDeliveries(request, parts, now);
  try {
    await store.enqueue(plan.batch);
  } catch (error) {
    for (const { endpoint } of plan.begun) dispatcher.lane(endpoint.id).giveUnused(1);
    noteArrived(plan, dispatcher, { isStored: false });
    dispatcher.wake();
    throw error;
  }
  noteArrived(plan, dispatcher, { isStored: true });
  const { events, deliveries } = plan.batch;
  const eventById = new Map(events.map((event) => [event.id, event]));
  for (const delivery of deliveries) observer?.changed?.(delivery);
  for (const { delivery, endpoint } of plan.begun) {
    const event = eventById.get(delivery.eventId);
    if (event) dispatcher.begin({ delivery, event }, endpoint);
  }
  for (const { endpointId, state } of deliveries)
    if (state.kind !== 'sending') dispatcher.noteStored(endpointId, state);
  return {
    deliveries: deliveries.map(({ id, webhookId, endpointId }) => ({
      id,
      webhookId,
      endpoint: endpointId,
    })),
    failedCount: deliveries.filter(({ state }) => state.kind === 'failed').length,
  };
}

function noteArrived({ batch }: Plan, dispatcher: Dispatcher, how: { isStored: boolean }): void {
  for (const { endpointId, state } of batch.deliveries)
    if (state.kind !== 'failed') dispatcher.lane(endpointId).arrived(1, how);
}

function planDeliveries(request: PreparedRequest, parts: AcceptanceParts, now: number): Plan {
  const { endpoints, dispatcher } = parts;
  // Making bodies and values can throw, so it comes before the first slot is taken.
  const contents = request.endpointIds.map((id) => request.content(endpoints.find(id)));
  const values = valuesFor(request, endpoints);
  const events = new Map(
    contents.map((content) => [content, newEvent(content, { ...request, values }, now)] as const),
  );
  const deliveries: Delivery[] = [];
  const begun: { delivery: Delivery<Sending>; endpoint: Endpoint }[] = [];
  request.endpointIds.forEach((endpointId, index) => {
    const endpoint = endpoints.find(endpointId);
    const content = contents[index];
    const event = content && events.get(content);
    if (!event) return;
    const state = firstState(endpointId, parts, now);
    const delivery = newDelivery({ request, endpointId, event, state, parts });
    if (state.kind !== 'failed') dispatcher.lane(endpointId).arriving(1);
    if (!endpoint || !takeSlot(delivery, endpoint, parts)) {
      deliveries.push(delivery);
      return;
    }
    const sending = begin(delivery, now);
    begun.push({ delivery: sending, endpoint });
    deliveries.push(sending);
  });
  const batch = { events: [...events.values()], deliveries, requestId: request.hookRequest?.id };
  return { batch, begun };
}

/** Takes a free slot of the endpoint for it. One that keeps an order has none to give: only the store knows whose turn it is. */
function takeSlot(
  { state, createdAt }: Delivery,
  endpoint: Endpoint,
  { dispatcher }: AcceptanceParts,
): boolean {
  if (state.kind !== 'scheduled' || !dispatcher.isRunning || endpoint.ordered) return false;
  return dispatcher.takeSlot(endpoint, createdAt);
}

function firstState(
  endpointId: string,
  { endpoints, states, dispatcher }: AcceptanceParts,
  now: number,
): Exclude<DeliveryState, Sending> {
  const failed = (reason: FailureReason, message: string) =>
    ({ kind: 'failed', finishedAt: now, reason, message }) as const;
  const entry = endpoints.get(endpointId);
  if (!entry) return failed('endpoint-removed', 'The endpoint is not in the flows.');
  if (entry.kind === 'invalid') {
    const words = entry.problems.map(({ setting, message }) => `${setting}: ${message}`).join(' ');
    return failed('endpoint-invalid', `The endpoint's settings are not valid. ${words}`);
  }
  const { maxPending } = entry.endpoint;
  if (dispatcher.lane(endpointId).openCount >= maxPending)
    return failed(
      'endpoint-over-limit',
      `${maxPending} deliveries are open already, which is the endpoint's limit.`,
    );
  const reason = states.waitingReason(entry.endpoint);
  if (reason) return { kind: 'waiting', reason, waitingSince: now };
  return { kind: 'scheduled', nextAttemptAt: now };
}

function newEvent(
  { contentType, body }: EventContent,
  { webhookId, headers = [], values }: AcceptRequest & { readonly values: string },
  now: number,
): DeliveryEvent {
  return { id: newId(), webhookId, contentType, body, values, headers, createdAt: now };
}

function valuesFor(
  { message = {}, endpointIds, externalTexts }: PreparedRequest,
  endpoints: EndpointDirectory,
): string {
  const tags = endpointIds.flatMap((id) => {
    const endpoint = endpoints.find(id);
    return endpoint ? messageTags(endpoint) : [];
  });
  return keepValues(message, tags, externalTexts);
}

function newDelivery({
  request,
  endpointId,
  event,
  state,
  parts,
}: {
  request: PreparedRequest;
  endpointId: string;
  event: DeliveryEvent;
  state: Exclude<DeliveryState, Sending>;
  parts: AcceptanceParts;
}): Delivery<Exclude<DeliveryState, Sending>> {
  const entry = parts.endpoints.get(endpointId);
  return {
    id: newId(),
    eventId: event.id,
    webhookId: request.webhookId,
    endpointId,
    endpointName: entry?.kind === 'valid' ? entry.endpoint.name : (entry?.name ?? endpointId),
    nodeId: request.nodeId,
    listeningPost: request.listeningPost,
    fromLogEvent: request.fromLogEvent ?? false,
    capture: request.capture,
    createdAt: event.createdAt,
    lastActivityAt: event.createdAt,
    attempts: 0,
    charged: 0,
    interrupted: 0,
    resends: 0,
    lastResponseCode: undefined,
    lastResponse: state.kind === 'failed' ? state.message.slice(0, 100) : '',
    state,
  };
}
