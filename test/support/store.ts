import { begin, type Delivery, type Scheduled } from '../../src/delivery/delivery.ts';
import type { AttemptRecord, DeliveryEvent, EnqueueBatch } from '../../src/delivery/delivery-store.ts';
import type { HookStore } from '../../src/store/hook-store.ts';
import { ACCEPTED_AT, aDelivery, anEvent } from './deliveries.ts';

/** A store that a contract suite is run on. */
export interface StoreContext {
  readonly store: HookStore;
  /** Closes it and opens what it kept, as another process would; answers the new one. */
  reopen(): Promise<HookStore>;
  close(): Promise<void>;
}

/** Opens an empty store. */
export type StoreFactory = () => Promise<StoreContext>;

export const scheduledAt = (nextAttemptAt: number): Scheduled => ({ kind: 'scheduled', nextAttemptAt });

/** A delivery due at its acceptance, with attempt 1 counted and under way since then. */
export const aSending = (fields: Partial<Omit<Delivery, 'state'>> = {}): ReturnType<typeof begin> =>
  begin(aDelivery(scheduledAt(ACCEPTED_AT), fields), ACCEPTED_AT);

/** The deliveries with an event for each, as a message for one endpoint brings them. */
export function batchOf(deliveries: readonly Delivery[], fields: Partial<DeliveryEvent> = {}): EnqueueBatch {
  const events = deliveries.map(({ eventId, webhookId, createdAt }) =>
    anEvent({ id: eventId, webhookId, createdAt, ...fields }),
  );
  return { events, deliveries };
}

/** The row of an attempt that got a 200; as given but for that. */
export function anAttempt(fields: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    number: 1,
    manual: false,
    outcome: 'succeeded',
    startedAt: ACCEPTED_AT,
    durationMs: 12,
    statusCode: 200,
    error: '',
    request: { method: 'POST', url: 'http://127.0.0.1:9/', headers: [['content-type', 'application/json']] },
    responseHeaders: { 'content-type': 'text/plain', 'set-cookie': ['a=1', 'b=2'] },
    responseBody: Uint8Array.from(Buffer.from('ok')),
    isResponseCut: false,
    ...fields,
  };
}
