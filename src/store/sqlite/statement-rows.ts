import type { ExternalFieldType, SubjectKind } from '../../external-data/external-data.ts';
import type { InboxEventRow, SeenMarkRow } from './inbox-rows.ts';
import type { LogEventRow } from './log-event-rows.ts';
import type {
  AccountRow,
  ActivityRow,
  AliasRow,
  ContactRow,
  ExternalResponseRow,
  InvitationRow,
  SilentAccountRow,
  SurveyResponseRow,
} from './records/rows.ts';
import type { AttemptRow, DeliveryRow, EventRow } from './rows.ts';

interface SeqRow {
  seq: number;
}

interface PositionRow {
  seq: number;
  created_at: number;
}

interface AddressedRow {
  id: string;
  endpoint_id: string;
}

export interface BacklogRow {
  endpoint_id: string;
  next_due_at: number | null;
  open_count: number;
}

export interface ReportRow {
  id: number;
  delivery_seq: number;
  attempt_number: number | null;
  delivery: string;
  created_at: number;
  event_seq: number;
}

interface EndedRow {
  endpoint_id: string;
  succeeded_count: number;
  failed_count: number;
  last_success_at: number | null;
}

export interface ClosedRow {
  seq: number;
  event_seq: number;
  last_activity_at: number;
  is_needed: 0 | 1;
}

export interface ExternalSubjectRow {
  group_id: string;
  subject_kind: SubjectKind;
  subject_id: string;
}

export interface ExternalValueRow {
  parameter: string;
  type: ExternalFieldType;
  value: string;
  updated_at: number;
}

/** What a row of each reading statement of `statements/` holds. */
export interface StatementRows {
  'find-event-seq': SeqRow;
  'select-event': EventRow;
  'find-delivery-seq': SeqRow;
  'select-delivery': DeliveryRow;
  'select-addressed': AddressedRow;
  'find-addressed': AddressedRow;
  'select-content': { content_type: string; body: Uint8Array };
  'count-hour': { delivery_count: number };
  'ask-resends': { endpoint_id: string };
  'list-by-request': { id: string; webhook_id: string; endpoint_id: string };
  'due-resends': SeqRow;
  'due-attempts': SeqRow;
  'is-order-busy': { is_busy: 0 | 1 };
  'next-in-order': { seq: number; next_attempt_at: number | null };
  'next-probe': SeqRow;
  'next-probe-in-order': { seq: number; state: 'scheduled' | 'waiting' };
  'list-endpoint-states': { endpoint_id: string; state: string };
  'find-log-event-reader': { read_to: number };
  'last-log-event': { id: number | null };
  'list-log-events': LogEventRow;
  'next-due': { next_due_at: number | null };
  'select-attempts': AttemptRow;
  'select-attempt': AttemptRow;
  'list-interrupted': SeqRow;
  'list-backlogs': BacklogRow;
  'list-open': SeqRow;
  'list-expired': SeqRow;
  'mark-missing': { missing_since: number };
  'list-reports': ReportRow;
  'list-deliveries': PositionRow;
  'search-webhook-ids': PositionRow;
  'search-bodies': PositionRow;
  'oldest-searched': { created_at: number };
  'list-oldest-open': { endpoint_id: string; created_at: number };
  'list-failing': { endpoint_id: string; failing_since: number };
  'count-ended': EndedRow;
  'list-closed': ClosedRow;
  'select-totals': { delivery_count: number; byte_count: number };
  'select-free-space': { free_bytes: number };
  'give-back-pages': Record<string, never>;
  'list-inbox': InboxEventRow;
  'list-parked': InboxEventRow;
  'count-parked': { hook_id: string; parked_count: number };
  'find-mark': SeenMarkRow;
  'find-account': AccountRow;
  'select-account': AccountRow;
  'find-alias': AliasRow;
  'list-aliases': { alias: string };
  'find-contact-by-email': ContactRow;
  'find-contact-by-phone': ContactRow;
  'select-contact': ContactRow;
  'find-activity': ActivityRow;
  'list-activities': ActivityRow;
  'list-silent-accounts': SilentAccountRow;
  'list-silent-till-later': SilentAccountRow;
  'find-external-response': ExternalResponseRow;
  'find-invitation': InvitationRow;
  'find-survey-response': SurveyResponseRow;
  'list-survey-responses': SurveyResponseRow;
  'list-external-subjects': ExternalSubjectRow;
  'list-external-values': ExternalValueRow;
}
