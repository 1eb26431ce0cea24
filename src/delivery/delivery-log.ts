import type { Delivery, DeliveryStatus } from './delivery.ts';
import type { AttemptRecord, DeliveryEvent } from './delivery-store.ts';

/** Which deliveries a page of the log shows; what is absent does not narrow. */
export interface LogQuery {
  readonly status?: DeliveryStatus;
  readonly endpointId?: string;
  readonly listeningPost?: string;
  /** Looked for in webhook ids always (as a prefix or whole), and in bodies (as a substring) within the newest 50,000 or the given time. */
  readonly search?: string;
  /** By `createdAt`, epoch ms, `from` included, `to` not. */
  readonly from?: number;
  readonly to?: number;
  /** 1 to 1,000. */
  readonly limit: number;
  /** From the page before; opaque. */
  readonly cursor?: string;
}

export interface LogPage {
  /** Newest accepted first. */
  readonly items: readonly Delivery[];
  /** Undefined = the last page. */
  readonly nextCursor: string | undefined;
}

export interface LogEntry {
  readonly delivery: Delivery;
  readonly event: DeliveryEvent;
  /** By number. */
  readonly attempts: readonly AttemptRecord[];
}

/** When the oldest open delivery of an endpoint was accepted, epoch ms. */
export interface OldestOpen {
  readonly endpointId: string;
  readonly createdAt: number;
}

/**
 * Reads the log. Promises: a search never holds up a commit; an invalid cursor gives HOOK_CONFIG_INVALID; rows added while paging
 * neither repeat nor hide others.
 */
export interface DeliveryLog {
  list(query: LogQuery): Promise<LogPage>;
  find(id: string): Promise<LogEntry | undefined>;
  /** Of these endpoints, those for which deliveries are open, each with when the first of them was accepted. */
  listOldestOpen(endpointIds: readonly string[]): Promise<readonly OldestOpen[]>;
}
