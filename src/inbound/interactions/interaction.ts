/** A header's name and value, as they were sent; a secret one masked. */
export type ShownHeader = readonly [name: string, value: string];

/** The bytes of a body, cut. */
export interface ShownBody {
  /** Text where the bytes are UTF-8, else base64. */
  readonly content: string;
  readonly encoding: 'utf8' | 'base64';
  /** How many bytes there were before the cut. */
  readonly size: number;
  readonly isCut: boolean;
}

/** What a sender asked for. Nothing that proves who sends is in it. */
export interface ShownRequest {
  readonly method: string;
  /** Path and query; of an email hook, the address. */
  readonly url: string;
  /** Such as `HTTP/1.1` or `SMTP`. */
  readonly protocol: string;
  readonly headers: readonly ShownHeader[];
  /** As it came over the wire, not inflated; undefined = there was none, or it was not read. */
  readonly body: ShownBody | undefined;
}

/**
 * What became of a request: `accepted` and answered by the hook, `flow` = accepted and left to the flow to answer, `duplicate` of one
 * that was accepted before, `refused`, `host` = answered by what stands in front of hooks, `aborted` = the sender went away before.
 */
export interface Decision {
  readonly outcome: 'accepted' | 'flow' | 'duplicate' | 'refused' | 'host' | 'aborted';
  /** Of a refusal, as the sender gets it. */
  readonly code?: string;
  /** In words, also what the sender is not told. */
  readonly reason?: string;
  /** Of the event, as the sender gets it. */
  readonly eventId?: string;
}

/** What the sender got. */
export interface ShownAnswer {
  readonly statusCode: number;
  readonly headers: readonly ShownHeader[];
  readonly body: ShownBody | undefined;
}

/** One request to a hook, as debug shows it. */
export interface Interaction {
  /** UTC epoch ms. */
  readonly receivedAt: number;
  readonly remoteAddress: string | null;
  readonly request: ShownRequest;
  readonly decision: Decision;
  /** Undefined = none is given yet, or none could be. */
  readonly answer: ShownAnswer | undefined;
}
