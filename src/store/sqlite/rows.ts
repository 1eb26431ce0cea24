import type { SQLInputValue } from 'node:sqlite';
import type { Delivery, FailureReason, Resting, Sending, WaitingReason } from '../../delivery/delivery.ts';
import type { AttemptRecord, DeliveryEvent, MaskedRequest } from '../../delivery/delivery-store.ts';
import type { Header } from '../../delivery/header.ts';
import type { Captured } from '../../external-data/external-data.ts';

/** Named parameters of a statement. */
export type Parameters = Record<string, SQLInputValue>;

export interface EventRow {
  id: string;
  webhook_id: string;
  content_type: string;
  tag_values: string;
  headers: string | null;
  created_at: number;
  body: Uint8Array;
}

/** The columns of a resting state that it does not leave null, as the table's checks have it; the attempt under way stands beside it. */
type StateRow =
  | { state: 'scheduled'; next_attempt_at: number }
  | { state: 'waiting'; waiting_reason: WaitingReason; waiting_since: number }
  | { state: 'succeeded'; finished_at: number }
  | { state: 'failed'; finished_at: number; failure_reason: FailureReason; failure_message: string };

export type DeliveryRow = StateRow & {
  seq: number;
  id: string;
  event_seq: number;
  event_id: string;
  webhook_id: string;
  endpoint_id: string;
  endpoint_name: string;
  node_id: string;
  listening_post: string;
  created_at: number;
  last_activity_at: number;
  attempts: number;
  charged: number;
  interrupted: number;
  resends: number;
  last_response_code: number | null;
  last_response: string;
  from_log_event: 0 | 1;
  capture_group: string | null;
  capture_subject: string | null;
} & AttemptUnderWayRow;

type AttemptUnderWayRow =
  | { sending: 0; attempt_started_at: null }
  | { sending: 1; attempt_started_at: number; attempt_manual: 0 | 1 };

export interface AttemptRow {
  number: number;
  manual: 0 | 1;
  outcome: AttemptRecord['outcome'];
  started_at: number;
  duration_ms: number | null;
  status_code: number | null;
  error: string;
  request: string | null;
  response_headers: string;
  is_response_cut: 0 | 1;
  response_body: Uint8Array;
  captured: string | null;
}

const flag = (value: boolean): 0 | 1 => (value ? 1 : 0);

export const eventToRow = (event: DeliveryEvent): Parameters => ({
  id: event.id,
  webhook_id: event.webhookId,
  content_type: event.contentType,
  tag_values: event.values,
  headers: event.headers.length === 0 ? null : JSON.stringify(event.headers),
  created_at: Math.round(event.createdAt),
  body: event.body,
});

export const eventFromRow = (row: EventRow): DeliveryEvent => ({
  id: row.id,
  webhookId: row.webhook_id,
  contentType: row.content_type,
  body: row.body,
  values: row.tag_values,
  // Written by `eventToRow`, and by nothing else.
  headers: row.headers === null ? [] : (JSON.parse(row.headers) as Header[]),
  createdAt: row.created_at,
});

const NO_STATE = {
  next_attempt_at: null,
  waiting_reason: null,
  waiting_since: null,
  finished_at: null,
  failure_reason: null,
  failure_message: null,
};

/** Times are whole milliseconds; jitter and clocks give fractions. */
export function stateToRow(state: Resting): Parameters {
  const row = { ...NO_STATE, state: state.kind };
  switch (state.kind) {
    case 'scheduled':
      return { ...row, next_attempt_at: Math.round(state.nextAttemptAt) };
    case 'waiting':
      return { ...row, waiting_reason: state.reason, waiting_since: Math.round(state.waitingSince) };
    case 'succeeded':
      return { ...row, finished_at: Math.round(state.finishedAt) };
    case 'failed':
      return {
        ...row,
        finished_at: Math.round(state.finishedAt),
        failure_reason: state.reason,
        failure_message: state.message,
      };
  }
}

/** The columns that an attempt's end changes; resends are not among them, since they may have been asked for meanwhile. */
export const endToRow = (delivery: Delivery<Resting>): Parameters => ({
  last_activity_at: Math.round(delivery.lastActivityAt),
  charged: delivery.charged,
  interrupted: delivery.interrupted,
  last_response_code: delivery.lastResponseCode ?? null,
  last_response: delivery.lastResponse,
  ...stateToRow(delivery.state),
});

export function deliveryToRow(delivery: Delivery): Parameters {
  const { state } = delivery;
  const sending = state.kind === 'sending' ? state : undefined;
  return {
    id: delivery.id,
    webhook_id: delivery.webhookId,
    endpoint_id: delivery.endpointId,
    endpoint_name: delivery.endpointName,
    node_id: delivery.nodeId,
    listening_post: delivery.listeningPost,
    from_log_event: flag(delivery.fromLogEvent),
    capture_group: delivery.capture?.groupId ?? null,
    capture_subject: delivery.capture?.subjectId ?? null,
    created_at: Math.round(delivery.createdAt),
    attempts: delivery.attempts,
    resends: delivery.resends,
    ...endToRow({ ...delivery, state: state.kind === 'sending' ? state.from : state }),
    sending: flag(sending !== undefined),
    attempt_started_at: sending ? Math.round(sending.startedAt) : null,
    attempt_manual: sending ? flag(sending.manual) : null,
  };
}

function restingFromRow(row: StateRow): Resting {
  switch (row.state) {
    case 'scheduled':
      return { kind: row.state, nextAttemptAt: row.next_attempt_at };
    case 'waiting':
      return { kind: row.state, reason: row.waiting_reason, waitingSince: row.waiting_since };
    case 'succeeded':
      return { kind: row.state, finishedAt: row.finished_at };
    case 'failed':
      return {
        kind: row.state,
        finishedAt: row.finished_at,
        reason: row.failure_reason,
        message: row.failure_message,
      };
  }
}

const sendingFromRow = (row: DeliveryRow & { sending: 1 }): Sending => ({
  kind: 'sending',
  number: row.attempts,
  startedAt: row.attempt_started_at,
  manual: row.attempt_manual === 1,
  from: restingFromRow(row),
});

export const deliveryFromRow = (row: DeliveryRow): Delivery => ({
  id: row.id,
  eventId: row.event_id,
  webhookId: row.webhook_id,
  endpointId: row.endpoint_id,
  endpointName: row.endpoint_name,
  nodeId: row.node_id,
  listeningPost: row.listening_post,
  fromLogEvent: row.from_log_event === 1,
  capture:
    row.capture_group === null
      ? undefined
      : { groupId: row.capture_group, subjectId: row.capture_subject ?? '' },
  createdAt: row.created_at,
  lastActivityAt: row.last_activity_at,
  attempts: row.attempts,
  charged: row.charged,
  interrupted: row.interrupted,
  resends: row.resends,
  lastResponseCode: row.last_response_code ?? undefined,
  lastResponse: row.last_response,
  state: row.sending === 1 ? sendingFromRow(row) : restingFromRow(row),
});

export const attemptToRow = (attempt: AttemptRecord): Parameters => ({
  number: attempt.number,
  manual: flag(attempt.manual),
  outcome: attempt.outcome,
  started_at: Math.round(attempt.startedAt),
  duration_ms: attempt.durationMs === undefined ? null : Math.round(attempt.durationMs),
  status_code: attempt.statusCode ?? null,
  error: attempt.error,
  request: attempt.request ? JSON.stringify(attempt.request) : null,
  response_headers: JSON.stringify(attempt.responseHeaders),
  is_response_cut: flag(attempt.isResponseCut),
  response_body: attempt.responseBody,
  captured: attempt.captured ? JSON.stringify(attempt.captured) : null,
});

/** JSON in a column was written by `attemptToRow`, so it is read back as what it was. */
export const attemptFromRow = (row: AttemptRow): AttemptRecord => ({
  number: row.number,
  manual: row.manual === 1,
  outcome: row.outcome,
  startedAt: row.started_at,
  durationMs: row.duration_ms ?? undefined,
  statusCode: row.status_code ?? undefined,
  error: row.error,
  request: row.request === null ? undefined : (JSON.parse(row.request) as MaskedRequest),
  responseHeaders: JSON.parse(row.response_headers) as AttemptRecord['responseHeaders'],
  responseBody: row.response_body,
  isResponseCut: row.is_response_cut === 1,
  ...(row.captured !== null && { captured: JSON.parse(row.captured) as Captured }),
});

/** A delivery as a report keeps it. */
export const snapshotOf = (delivery: Delivery): string => JSON.stringify(delivery);

/** JSON has no `undefined`, so the fields that may be that are put back, and what snapshots from before did not have. */
export const deliveryFromSnapshot = (snapshot: string): Delivery => ({
  lastResponseCode: undefined,
  fromLogEvent: false,
  capture: undefined,
  ...(JSON.parse(snapshot) as Omit<Delivery, 'lastResponseCode' | 'capture' | 'fromLogEvent'>),
});
