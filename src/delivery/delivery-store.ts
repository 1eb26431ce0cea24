import type { Delivery, Resting, Sending, WaitingReason, FailureReason } from './delivery.ts';
import type { Captured } from '../external-data/external-data.ts';
import type { Header } from './header.ts';

/** What is delivered: its bytes are fixed at acceptance, and shared by the deliveries of a message that have the same content type. */
export interface DeliveryEvent {
  readonly id: string;
  readonly webhookId: string;
  /** Absent where nothing is sent as a body. */
  readonly contentType: string;
  readonly body: Uint8Array;
  /** Values of the dynamic tags, fixed at acceptance, as `keepValues` gives them; `{}` = none. */
  readonly values: string;
  /** What goes with it beside an endpoint's own headers; a value may hold `{{delivery.id}}`, which is filled in as it is sent. */
  readonly headers: readonly Header[];
  readonly createdAt: number;
}

/** One HTTP try as the log keeps it. */
export interface AttemptRecord {
  readonly number: number;
  readonly manual: boolean;
  readonly outcome: 'succeeded' | 'failed' | 'interrupted';
  readonly startedAt: number;
  /** Undefined where the end is unknown (interrupted). */
  readonly durationMs: number | undefined;
  readonly statusCode: number | undefined;
  /** In words; empty where a response came that met the success rule. */
  readonly error: string;
  /** The request as it went out, secrets masked; undefined where none was formed. */
  readonly request: MaskedRequest | undefined;
  readonly responseHeaders: Readonly<Record<string, string | string[]>>;
  /** At most 64 KB. */
  readonly responseBody: Uint8Array;
  readonly isResponseCut: boolean;
  /** What was captured from the response; the store puts the values into the external data with it. Absent = nothing was to be. */
  readonly captured?: Captured | undefined;
}

export interface MaskedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** What people should know though the request could be made: a dynamic tag that had no value. Absent = nothing. */
  readonly warnings?: readonly string[];
}

/** A delivery whose attempt is counted and may now be made. */
export interface Claimed {
  readonly delivery: Delivery<Sending>;
  readonly event: DeliveryEvent;
}

/** An outcome that the out node has not been told yet, or not surely. */
export interface Report {
  /** Grows with each report; names it. */
  readonly id: number;
  readonly delivery: Delivery;
  readonly event: DeliveryEvent;
  /** The attempt it tells of; undefined where the delivery was given up without one. */
  readonly attempt: AttemptRecord | undefined;
  readonly createdAt: number;
}

/** The end of an attempt, written as one: state, attempt row and, where the out node is to be told, a report. */
export interface Settlement {
  readonly delivery: Delivery<Resting>;
  readonly attempt: AttemptRecord;
  readonly report: boolean;
}

export interface ClaimRequest {
  readonly endpointId: string;
  readonly now: number;
  readonly limit: number;
  /** Only the oldest open delivery, and only if it is due (a resend passes by). */
  readonly ordered: boolean;
  /**
   * Which automatic attempts begin: `due` (the default) those that are due; `probe` one of a delivery that waits, in order the oldest,
   * else one with the fewest attempts, so that no event that only ever fails keeps the endpoint shut; `none` none, only resends.
   */
  readonly automatic?: 'due' | 'probe' | 'none';
  /** Whether resends are taken before automatic attempts (the default) or after them. */
  readonly resends?: 'first' | 'last';
}

export interface ClaimResult {
  /** Automatic attempts by due time; resends before or after them. */
  readonly claimed: readonly Claimed[];
  /**
   * The earliest time at which this endpoint has something more to send; may lie in the past; undefined = nothing, or, in order, nothing
   * before an attempt has ended that others have under way.
   */
  readonly nextDueAt: number | undefined;
}

/**
 * The durable queue and log in one. Promises:
 * - what resolved is on disk (or committed on the server), and a call that rejects has changed nothing;
 * - `enqueue` is all or nothing;
 * - a claimed delivery is counted durably before the call resolves, and is claimed once;
 * - `settle` writes only over the attempt it belongs to: a second settle of the same attempt, or one of an attempt that is
 *   no longer under way, changes nothing and answers undefined;
 * - each delivery that fails is a log event, unless it descends from one (`LogEventStore`), in the same write;
 * - calls made at the same time share a commit, and one that fails alone does not take the others with it;
 * - more than 10,000 calls or 64 MB waiting: rejects with HOOK_STORE_OVERLOADED at once.
 */
export interface DeliveryStore {
  /** Adds the events and their deliveries; a delivery may arrive `sending` (attempt 1 counted with it), `waiting`, or `failed` (then with a report). */
  enqueue(batch: EnqueueBatch): Promise<void>;
  /** What this out node had accepted for a hook's request, in that order. */
  listByRequest(request: {
    readonly requestId: string;
    readonly nodeId: string;
  }): Promise<readonly RequestDelivery[]>;
  claim(request: ClaimRequest): Promise<ClaimResult>;
  /** Answers the delivery as stored (with resends asked meanwhile) and the id of the report, or undefined if the attempt was not under way. */
  settle(settlement: Settlement): Promise<Settled | undefined>;
  /** Attempts under way, oldest first: what the caller does not make itself was left by a process that died, or by a call whose answer was lost. */
  findInterrupted(limit: number): Promise<readonly Delivery<Sending>[]>;
  /** Notes a resend; with `endpoint`, for another endpoint from now on. Undefined = no such delivery. */
  askResend(request: {
    id: string;
    now: number;
    endpoint?: { id: string; name: string };
  }): Promise<Delivery | undefined>;
  /**
   * Notes a resend of each of these, at most 1,000; with `endpoint`, for another endpoint from now on. One that is noted already and has
   * not begun is not noted again, so that a request that broke off can be made once more. Answers the endpoint of each that is there.
   */
  askResends(request: {
    ids: readonly string[];
    endpoint?: { id: string; name: string };
  }): Promise<readonly string[]>;
  /** Per endpoint with something open: earliest due time (undefined = all waiting), and how many are open. */
  listBacklogs(): Promise<readonly EndpointBacklog[]>;
  /** Holds what is scheduled for an endpoint; answers how many. In several commits if they are many; one that is broken off can be called again. */
  hold(request: { endpointId: string; reason: WaitingReason; now: number }): Promise<number>;
  /** Makes what waits for an endpoint due at `now`; answers how many. In several commits, as `hold`. */
  release(request: { endpointId: string; now: number }): Promise<number>;
  /** Gives up open deliveries of an endpoint that are not being sent, `limit` at most, each with a report; answers how many. */
  giveUp(request: GiveUpRequest): Promise<number>;
  /** Notes since when an endpoint is gone from the flows (undefined = it is there); a time already noted is kept. Answers the noted time. */
  markMissing(request: { endpointId: string; missingSince: number | undefined }): Promise<number | undefined>;
  /** Reports of these out nodes that are not closed, oldest first. */
  listReports(request: { nodeIds: readonly string[]; limit: number }): Promise<readonly Report[]>;
  /** Marks reports as told. */
  closeReports(ids: readonly number[]): Promise<void>;
  /** Drops reports made before the given time for nodes other than these; answers how many. */
  dropReports(request: {
    exceptNodeIds: readonly string[];
    createdBefore: number;
    limit: number;
  }): Promise<number>;
}

export interface EnqueueBatch {
  /** The hook's request that led to them, if any. */
  readonly requestId?: string | undefined;
  readonly events: readonly DeliveryEvent[];
  readonly deliveries: readonly Delivery[];
}

/** A delivery that a hook's request led to. */
export type RequestDelivery = Pick<Delivery, 'id' | 'webhookId' | 'endpointId'>;

export interface Settled {
  readonly delivery: Delivery<Resting>;
  readonly reportId: number | undefined;
}

export interface EndpointBacklog {
  readonly endpointId: string;
  readonly nextDueAt: number | undefined;
  /** scheduled, sending and waiting together. */
  readonly openCount: number;
}

export interface GiveUpRequest {
  readonly endpointId: string;
  readonly reason: FailureReason;
  readonly message: string;
  readonly now: number;
  /** Only those waiting since before this time (for expiry); undefined = all open ones. */
  readonly waitingBefore?: number;
  readonly limit: number;
}
