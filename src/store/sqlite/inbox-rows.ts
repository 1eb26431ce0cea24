import type {
  InboxEvent,
  OpenInboxEvent,
  RememberedAnswer,
  SeenMark,
} from '../../inbound/inbox/inbox-store.ts';
import type { Parameters } from './rows.ts';

export interface InboxEventRow {
  seq: number;
  id: string;
  hook_id: string;
  received_at: number;
  head: string;
  redeliveries: number;
  body: Uint8Array;
}

interface AnswerRow {
  status_code: number;
  content_type: string;
  location: string | null;
  answer_body: Uint8Array;
}

/** An answer's columns are null together, as the table's checks have it. */
export type SeenMarkRow = {
  hook_id: string;
  key: string;
  event_id: string;
  expires_at: number;
} & ({ status_code: null } | AnswerRow);

export const inboxEventToRow = (event: InboxEvent): Parameters => ({
  id: event.id,
  hook_id: event.hookId,
  received_at: Math.round(event.receivedAt),
  head: event.head,
  body: event.body,
});

export const inboxEventFromRow = (row: InboxEventRow): OpenInboxEvent => ({
  seq: row.seq,
  id: row.id,
  hookId: row.hook_id,
  receivedAt: row.received_at,
  head: row.head,
  redeliveries: row.redeliveries,
  body: row.body,
});

export const answerToRow = (answer: RememberedAnswer | undefined): Parameters => ({
  status_code: answer?.statusCode ?? null,
  content_type: answer?.contentType ?? null,
  location: answer?.location ?? null,
  answer_body: answer?.body ?? null,
});

export const markToRow = (mark: SeenMark): Parameters => ({
  hook_id: mark.hookId,
  key: mark.key,
  event_id: mark.eventId,
  expires_at: Math.round(mark.expiresAt),
  ...answerToRow(mark.answer),
});

export const markFromRow = (row: SeenMarkRow): SeenMark => ({
  hookId: row.hook_id,
  key: row.key,
  eventId: row.event_id,
  expiresAt: row.expires_at,
  answer: row.status_code === null ? undefined : answerFromRow(row),
});

const answerFromRow = (row: AnswerRow): RememberedAnswer => ({
  statusCode: row.status_code,
  contentType: row.content_type,
  ...(row.location !== null && { location: row.location }),
  body: row.answer_body,
});
