/** An event as the inbox keeps it: enough to start its flow with it once more. */
export interface InboxEvent {
  /** The request's id. */
  readonly id: string;
  /** The node that takes it. */
  readonly hookId: string;
  /** Epoch ms. */
  readonly receivedAt: number;
  /** What is known of the event beside its body, as JSON. */
  readonly head: string;
  /** The body as it came over the wire. */
  readonly body: Uint8Array;
}

/** An event that is not known to be handled. */
export interface OpenInboxEvent extends InboxEvent {
  /** Grows with each event; where the next page begins. */
  readonly seq: number;
  /** How often it went into a flow again because a process had died with it. */
  readonly redeliveries: number;
}

/** What tells one event of a hook from another, for as long as senders may send it twice. */
export interface SeenMark {
  readonly hookId: string;
  /** A digest: what a sender writes is of any length. */
  readonly key: string;
  readonly eventId: string;
  /** Epoch ms. */
  readonly expiresAt: number;
  /** What a duplicate is answered; undefined = nobody knows yet, as the flow is still to answer. */
  readonly answer: RememberedAnswer | undefined;
}

/** The first answer, for those who send the same again. */
export interface RememberedAnswer {
  readonly statusCode: number;
  /** Empty where it had none. */
  readonly contentType: string;
  /** Where it sends a browser on; undefined where it does not. */
  readonly location?: string;
  /** At most 16 KB. */
  readonly body: Uint8Array;
}

export type KeepResult =
  | { readonly kind: 'kept' }
  /** The mark was there and had not expired; nothing is changed. */
  | { readonly kind: 'duplicate'; readonly first: SeenMark };

/** How many events of a hook are parked. */
export interface ParkedCount {
  readonly hookId: string;
  readonly count: number;
}

/**
 * What hooks have accepted and flows may not have handled yet, and what they have seen. Promises:
 * - what resolved is on disk (or committed on the server), and a `keep` that rejects has changed nothing; any other call that
 *   rejects can be made again, as it may have been done and only its answer was lost;
 * - `keep` writes event and mark in one transaction, or neither; of two calls with the same mark one finds the other's;
 * - an expired mark is none;
 * - calls made at the same time share a commit, with the delivery store's; too many of them waiting: HOOK_STORE_OVERLOADED.
 */
export interface InboxStore {
  /** Keeps an event, a mark, or both; `now` decides whether a mark that is there has expired. */
  keep(request: {
    readonly event: InboxEvent | undefined;
    readonly mark: SeenMark | undefined;
    readonly now: number;
  }): Promise<KeepResult>;
  /** Notes the answer of a mark that has none yet. */
  answerMark(request: {
    readonly hookId: string;
    readonly key: string;
    readonly eventId: string;
    readonly answer: RememberedAnswer;
  }): Promise<void>;
  /** Takes a mark back: what failed is not remembered. Only that of this event. */
  forgetMark(request: {
    readonly hookId: string;
    readonly key: string;
    readonly eventId: string;
  }): Promise<void>;
  /** Takes back all marks without an answer: the process that would have answered is gone. Answers how many. */
  forgetUnansweredMarks(): Promise<number>;
  /** Deletes expired marks, `limit` at most; answers how many. */
  dropExpiredMarks(request: { readonly now: number; readonly limit: number }): Promise<number>;
  /** Deletes events that are handled. */
  closeEvents(ids: readonly string[]): Promise<void>;
  /** Open events that are not parked, oldest first, after `afterSeq` (0 = from the first). */
  listOpen(request: {
    readonly afterSeq: number;
    readonly limit: number;
  }): Promise<readonly OpenInboxEvent[]>;
  /** Counts one more redelivery of each. */
  countRedeliveries(ids: readonly string[]): Promise<void>;
  /** Takes events out of what is redelivered, until a person decides. */
  park(ids: readonly string[]): Promise<void>;
  countParked(): Promise<readonly ParkedCount[]>;
  /** Parked events of a hook, oldest first. */
  listParked(request: {
    readonly hookId: string;
    readonly limit: number;
  }): Promise<readonly OpenInboxEvent[]>;
  /** Makes parked events of a hook open again, their redeliveries counted from 0; answers how many. */
  unpark(request: { readonly hookId: string; readonly limit: number }): Promise<number>;
  /** Deletes parked events of a hook; answers how many. */
  dropParked(request: { readonly hookId: string; readonly limit: number }): Promise<number>;
}
