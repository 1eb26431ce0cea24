import { HookError } from '../../../errors.ts';
import { LARGEST_RECORD } from '../../../records/largest-record.ts';
import type {
  Properties,
  SilentAccount,
  StoredAccount,
  StoredActivity,
  StoredContact,
  StoredInvitation,
  StoredSurveyResponse,
} from '../../../records/record-store.ts';

export interface AccountRow {
  id: number;
  name: string;
  name_key: string;
  properties: string;
  last_activity_at: number | null;
  created_at: number;
  updated_at: number;
}

export interface AliasRow {
  id: number;
  account_id: number;
  alias: string;
}

/** A text and its key are null together, as the table's checks have it. */
export interface ContactRow {
  id: number;
  email: string | null;
  email_key: string | null;
  phone: string | null;
  phone_key: string | null;
  account_id: number | null;
  properties: string;
  created_at: number;
  updated_at: number;
}

export interface ActivityRow {
  id: number;
  account_id: number;
  reference: string;
  source: string;
  type: string;
  happened_at: number;
  properties: string;
}

export interface SilentAccountRow {
  id: number;
  name: string;
  last_activity_at: number | null;
  created_at: number;
}

export interface ExternalResponseRow {
  id: number;
  sent_at: number;
  properties: string;
}

export interface InvitationRow {
  id: string;
  touchpoint: string;
  contact: string;
  account: string | null;
  auto_populated: string;
}

export interface SurveyResponseRow {
  id: number;
  response: string;
  submitted_at: number | null;
  created_at: number;
  updated_at: number;
}

/** The column was written from properties, so they are read back as what they were. */
export const parseProperties = (text: string): Properties => JSON.parse(text) as Properties;

/** The column of properties. HOOK_STORE_ROW_REFUSED where they are larger than a record may be. */
export function propertiesText(properties: Properties): string {
  const text = JSON.stringify(properties);
  if (text.length <= LARGEST_RECORD) return text;
  const sizes = `${text.length} characters of JSON, more than ${LARGEST_RECORD}`;
  throw new HookError('HOOK_STORE_ROW_REFUSED', `The record would hold ${sizes}.`);
}

/** Whether a row would say anything new: what is there already is not written again, and keeps the time of its last change. */
export const isDifferent = <Row extends object>(row: Row, stored: Row): boolean =>
  (Object.keys(row) as (keyof Row)[]).some((column) => row[column] !== stored[column]);

export const accountFromRow = (row: AccountRow, aliases: readonly string[]): StoredAccount => ({
  id: String(row.id),
  name: row.name,
  aliases,
  properties: parseProperties(row.properties),
  lastActivityAt: row.last_activity_at ?? undefined,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

export const contactFromRow = (row: ContactRow, accountName: string | undefined): StoredContact => ({
  id: String(row.id),
  email: row.email ?? undefined,
  phone: row.phone ?? undefined,
  accountName,
  properties: parseProperties(row.properties),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

export const activityFromRow = (row: ActivityRow, accountName: string): StoredActivity => ({
  id: String(row.id),
  reference: row.reference,
  source: row.source,
  type: row.type,
  accountName,
  happenedAt: row.happened_at,
  properties: parseProperties(row.properties),
});

export const silentAccountFromRow = (row: SilentAccountRow): SilentAccount => ({
  id: String(row.id),
  name: row.name,
  lastActivityAt: row.last_activity_at ?? undefined,
  createdAt: row.created_at,
});

export const invitationFromRow = (row: InvitationRow): StoredInvitation => ({
  id: row.id,
  contact: parseProperties(row.contact),
  account: row.account === null ? null : parseProperties(row.account),
  touchpoint: row.touchpoint,
  // Written from a list of texts.
  autoPopulated: JSON.parse(row.auto_populated) as string[],
});

export const surveyResponseFromRow = (row: SurveyResponseRow): StoredSurveyResponse => ({
  id: String(row.id),
  response: parseProperties(row.response),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});
