import type { Delivery, DeliveryStatus } from './delivery.ts';
import type { AttemptRecord, DeliveryEvent } from './delivery-store.ts';

/** Which deliveries of the log are meant; what is absent does not narrow. */
export interface LogFilter {
  readonly status?: DeliveryStatus;
  readonly endpointId?: string;
  readonly listeningPost?: string;
  /** Looked for in webhook ids always (as a prefix or whole), and in bodies (as a substring) within the newest 50,000 or the given time. */
  readonly search?: string;
  /** By `createdAt`, epoch ms, `from` included, `to` not. */
  readonly from?: number;
  readonly to?: number;
}

/** A page of what a filter leaves. */
export interface LogQuery extends LogFilter {
  /** 1 to 1,000. */
  readonly limit: number;
  /** From the page before; opaque. */
  readonly cursor?: string;
}

export interface Page<Item> {
  /** Newest accepted first. */
  readonly items: readonly Item[];
  /** Undefined = the last page. */
  readonly nextCursor: string | undefined;
}

export type LogPage = Page<Delivery>;

/** A delivery, and where it goes. */
export type Addressed = Pick<Delivery, 'id' | 'endpointId'>;

/** A delivery with what it delivers. */
export interface LoggedContent {
  readonly delivery: Delivery;
  readonly contentType: string;
  readonly body: Uint8Array;
}

export interface LogEntry {
  readonly delivery: Delivery;
  readonly event: DeliveryEvent;
  /** By number. */
  readonly attempts: readonly AttemptRecord[];
}

/** How the deliveries stand that were accepted in the hour that begins at `from`, epoch ms. */
export interface HourCount {
  readonly from: number;
  readonly counts: Readonly<Record<DeliveryStatus, number>>;
}

/** When the oldest open delivery of an endpoint was accepted, epoch ms. */
export interface OldestOpen {
  readonly endpointId: string;
  readonly createdAt: number;
}

/** How the deliveries of an endpoint have ended, as far as the log reaches. */
export interface EndedCount {
  readonly endpointId: string;
  readonly succeeded: number;
  readonly failed: number;
  /** Epoch ms; undefined = none has succeeded. */
  readonly lastSuccessAt: number | undefined;
}

/** An endpoint whose attempts fail. */
export interface Failing {
  readonly endpointId: string;
  /** When the first of them began, epoch ms. */
  readonly failingSince: number;
}

/**
 * Reads the log. Promises: a search never holds up a commit; an invalid cursor gives HOOK_CONFIG_INVALID; rows added while paging
 * neither repeat nor hide others.
 */
export interface DeliveryLog {
  list(query: LogQuery): Promise<LogPage>;
  /** The page that `list` gives, by what a resend needs alone. */
  listAddressed(query: LogQuery): Promise<Page<Addressed>>;
  /** The page that `list` gives, with the contents; it ends early with the delivery whose content makes `bytes` of them. */
  listContents(query: LogQuery & { readonly bytes: number }): Promise<Page<LoggedContent>>;
  find(id: string): Promise<LogEntry | undefined>;
  /** Those of these deliveries that are there, in no order. */
  findAddressed(ids: readonly string[]): Promise<readonly Addressed[]>;
  /** One for each of the hours, in their order. */
  countHours(hours: readonly number[]): Promise<readonly HourCount[]>;
  /** Of these endpoints, those for which deliveries are open, each with when the first of them was accepted. */
  listOldestOpen(endpointIds: readonly string[]): Promise<readonly OldestOpen[]>;
  /** One for each of these endpoints. */
  countEnded(endpointIds: readonly string[]): Promise<readonly EndedCount[]>;
  /** Of these endpoints, those for which an attempt has failed after the last delivery that succeeded. */
  listFailing(endpointIds: readonly string[]): Promise<readonly Failing[]>;
}
