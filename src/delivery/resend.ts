import type { Clock } from '../platform/clock.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryObserver } from './delivery-observer.ts';
import type { Addressed } from './delivery-log.ts';
import type { DeliveryStore } from './delivery-store.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { EndpointDirectory } from './endpoint/endpoint-directory.ts';

export interface ResendRequest {
  readonly delivery: Pick<Delivery, 'id' | 'endpointId'>;
  /** Where it goes from now on; absent = where it went. */
  readonly endpointId?: string;
}

export type ResendResult =
  | { readonly kind: 'asked'; readonly delivery: Delivery }
  | { readonly kind: 'unknown-delivery' }
  | { readonly kind: 'endpoint-gone' };

export interface ResendSomeRequest {
  /** At most 1,000. */
  readonly deliveries: readonly Addressed[];
  /** Where they go from now on; absent = each where it went. */
  readonly endpointId?: string | undefined;
}

export interface ResendParts {
  readonly store: Pick<DeliveryStore, 'askResend' | 'askResends'>;
  readonly endpoints: EndpointDirectory;
  readonly dispatcher: Pick<Dispatcher, 'noteDue'>;
  readonly clock: Clock;
  readonly observer?: DeliveryObserver | undefined;
}

/** Asks for one more attempt of a delivery, whatever its state. */
export async function resend(
  { delivery, endpointId }: ResendRequest,
  { store, endpoints, dispatcher, clock, observer }: ResendParts,
): Promise<ResendResult> {
  const endpoint = endpoints.find(endpointId ?? delivery.endpointId);
  if (!endpoint) return { kind: 'endpoint-gone' };
  const now = clock.now();
  const other =
    endpoint.id === delivery.endpointId ? {} : { endpoint: { id: endpoint.id, name: endpoint.name } };
  const asked = await store.askResend({ id: delivery.id, now, ...other });
  if (!asked) return { kind: 'unknown-delivery' };
  observer?.changed?.(asked);
  if (asked.state.kind !== 'sending') dispatcher.noteDue(asked.endpointId, now);
  // What it held there in order may go on.
  if (asked.endpointId !== delivery.endpointId) dispatcher.noteDue(delivery.endpointId, now);
  return { kind: 'asked', delivery: asked };
}

/** Asks for one more attempt of each whose endpoint is there, in one write; answers how many that are. */
export async function resendSome(
  { deliveries, endpointId }: ResendSomeRequest,
  { store, endpoints, dispatcher, clock, observer }: ResendParts,
): Promise<number> {
  const other = endpointId === undefined ? undefined : endpoints.find(endpointId);
  const wanted = deliveries.filter((one) => endpoints.find(endpointId ?? one.endpointId));
  if (wanted.length === 0) return 0;
  const asked = await store.askResends({
    ids: wanted.map(({ id }) => id),
    ...(other && { endpoint: { id: other.id, name: other.name } }),
  });
  if (asked.length > 0) observer?.changedMany?.();
  // Those they went to as well: what they held there in order may go on.
  for (const id of new Set([...asked, ...wanted.map((one) => one.endpointId)]))
    dispatcher.noteDue(id, clock.now());
  return asked.length;
}
