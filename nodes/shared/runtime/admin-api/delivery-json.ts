import { statusOf, type Delivery, type WaitingReason } from '../../../../src/delivery/delivery.ts';
import type { LogEntry, LoggedContent } from '../../../../src/delivery/delivery-log.ts';
import type { AttemptRecord } from '../../../../src/delivery/delivery-store.ts';
import { capturedJson } from './external-data-json.ts';

const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

const text = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

/** A row of the log, as the admin API gives it: times ISO 8601 UTC, null where there is none. */
export function deliveryJson(delivery: Delivery) {
  return {
    id: delivery.id,
    webhookId: delivery.webhookId,
    listeningPost: delivery.listeningPost,
    endpoint: delivery.endpointId,
    endpointName: delivery.endpointName,
    createdAt: iso(delivery.createdAt),
    lastActivityAt: iso(delivery.lastActivityAt),
    lastResponseCode: delivery.lastResponseCode ?? null,
    lastResponse: delivery.lastResponse,
    attempts: delivery.attempts,
    status: statusOf(delivery),
    nextAttemptAt: iso(nextAttemptAt(delivery)),
  };
}

function nextAttemptAt({ state }: Delivery): number | undefined {
  const resting = state.kind === 'sending' ? undefined : state;
  return resting?.kind === 'scheduled' ? resting.nextAttemptAt : undefined;
}

/** A row of the log with what was sent. */
export const contentJson = ({ delivery, contentType, body }: LoggedContent) => ({
  ...deliveryJson(delivery),
  contentType,
  body: text(body),
});

/**
 * A delivery with why it failed or waits, what was sent and every attempt. Secrets were masked when the attempts were written. `waiting`
 * is why its endpoint's deliveries wait now: the delivery itself knows only why it began to wait.
 */
export function deliveryDetailJson({ delivery, event, attempts }: LogEntry, waiting?: WaitingReason) {
  const last = attempts.findLast(({ request }) => request !== undefined)?.request;
  return {
    ...deliveryJson(delivery),
    ...reasonJson(delivery, waiting),
    request: {
      method: last?.method ?? null,
      url: last?.url ?? null,
      headers: headersJson(last?.headers ?? [['Content-Type', event.contentType]]),
      body: text(event.body),
    },
    attemptLog: attempts.map(attemptJson),
  };
}

function reasonJson({ state }: Delivery, waiting: WaitingReason | undefined) {
  const resting = state.kind === 'sending' ? state.from : state;
  switch (resting.kind) {
    case 'failed':
      return { reason: resting.reason, reasonText: resting.message };
    case 'waiting':
      return { reason: waiting ?? resting.reason, reasonText: null };
    default:
      return { reason: null, reasonText: null };
  }
}

function attemptJson(attempt: AttemptRecord) {
  return {
    number: attempt.number,
    manual: attempt.manual,
    outcome: attempt.outcome,
    startedAt: iso(attempt.startedAt),
    durationMs: attempt.durationMs ?? null,
    statusCode: attempt.statusCode ?? null,
    error: attempt.error,
    warnings: attempt.request?.warnings ?? [],
    responseHeaders: attempt.responseHeaders,
    responseBody: text(attempt.responseBody),
    captured: capturedJson(attempt.captured),
    responseCut: attempt.isResponseCut,
  };
}

const headersJson = (headers: readonly (readonly [string, string])[]): Record<string, string> =>
  Object.fromEntries(headers);
