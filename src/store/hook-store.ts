import type { DeliveryLog } from '../delivery/delivery-log.ts';
import type { DeliveryStore } from '../delivery/delivery-store.ts';
import type { EndpointStateStore } from '../delivery/health/endpoint-state-store.ts';
import type { LogEventStore } from '../delivery/log-events/log-event-store.ts';
import type { RetentionStore } from '../delivery/retention-store.ts';
import type { ExternalDataStore } from '../external-data/external-data-store.ts';
import type { HookError } from '../errors.ts';
import type { InboxStore } from '../inbound/inbox/inbox-store.ts';
import type { RecordStore } from '../records/record-store.ts';

/** Whether the store can keep anything at the moment, and why not. */
export type StoreHealth = { readonly isUp: true } | { readonly isUp: false; readonly error: HookError };

/** What the live connection says of itself, and what it did since it was opened. */
export interface StoreInfo {
  readonly backend: 'sqlite';
  /** SQLite's own number: 2 = FULL, an fsync for each commit. */
  readonly synchronous: number;
  readonly journalMode: string;
  /** SQLite's own number: 2 = incremental. */
  readonly autoVacuum: number;
  readonly schemaVersion: number;
  /** Calls done, each in one of the commits. */
  readonly callCount: number;
  readonly commitCount: number;
  /** Calls made and not yet answered. */
  readonly waitingCount: number;
}

/**
 * An open store. It does not keep an otherwise idle process alive. After `close` every call rejects with
 * HOOK_STORE_CLOSED; while it is down, with the reason of that (HOOK_STORE_UNAVAILABLE and others).
 */
export interface HookStore {
  readonly deliveries: DeliveryStore;
  readonly log: DeliveryLog;
  readonly endpointStates: EndpointStateStore;
  readonly externalData: ExternalDataStore;
  readonly inbox: InboxStore;
  readonly logEvents: LogEventStore;
  readonly records: RecordStore;
  readonly retention: RetentionStore;
  /** Asks the live connection. */
  info(): Promise<StoreInfo>;
  /** The health as the last start or commit found it. */
  readonly health: StoreHealth;
  /** Calls that write, made and not yet answered. */
  readonly waitingCount: number;
  /** Calls back when the health changes; answers how to stop that. */
  onHealth(listener: (health: StoreHealth) => void): () => void;
  /** Commits what has been asked for, closes the connections and gives up the ownership; again: the same promise. */
  close(): Promise<void>;
}
