export type DeliveryStatus = 'Succeeded' | 'Failed' | 'In Progress';

/** A row of the log, as the admin API lists it. Strangers wrote some of it. Times are ISO 8601 UTC. */
export interface DeliveryRow {
  readonly id: string;
  readonly webhookId: string;
  readonly listeningPost: string;
  /** The endpoint's id. */
  readonly endpoint: string;
  readonly endpointName: string;
  readonly createdAt: string;
  readonly lastActivityAt: string;
  readonly lastResponseCode: number | null;
  readonly lastResponse: string;
  readonly attempts: number;
  readonly status: DeliveryStatus;
  readonly nextAttemptAt: string | null;
}

export interface DeliveryPage {
  /** Newest accepted first. */
  readonly items: readonly DeliveryRow[];
  readonly nextCursor: string | null;
}

/** One HTTP try. */
export interface Attempt {
  readonly number: number;
  /** A person asked for it. */
  readonly manual: boolean;
  readonly outcome: 'succeeded' | 'failed' | 'interrupted';
  readonly startedAt: string;
  readonly durationMs: number | null;
  readonly statusCode: number | null;
  readonly error: string;
  readonly warnings: readonly string[];
  readonly responseHeaders: Readonly<Record<string, string | readonly string[]>>;
  readonly responseBody: string;
  readonly responseCut: boolean;
}

/** What was sent at the last attempt, secrets masked. */
export interface SentRequest {
  readonly method: string | null;
  readonly url: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A delivery with everything that is known of it. */
export interface DeliveryDetail extends DeliveryRow {
  /** Why it failed or waits, by its code. */
  readonly reason: string | null;
  readonly reasonText: string | null;
  readonly request: SentRequest;
  readonly attemptLog: readonly Attempt[];
}
