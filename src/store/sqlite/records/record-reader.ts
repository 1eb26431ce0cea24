import type {
  RecordStore,
  SilentAccount,
  StoredAccount,
  StoredActivity,
  StoredContact,
} from '../../../records/record-store.ts';
import type { Synchronous } from '../../synchronous.ts';
import type { Statements } from '../statements.ts';
import { findAccount } from './account.ts';
import {
  accountFromRow,
  activityFromRow,
  contactFromRow,
  silentAccountFromRow,
  surveyResponseFromRow,
  type SilentAccountRow,
} from './rows.ts';

/** What the reader's thread does for the port. */
export type RecordReader = Omit<RecordStore, 'upsert'>;

/** Records on a read-only connection. */
export const createRecordReader = (statements: Statements): Synchronous<RecordReader> => ({
  findAccount: ({ key }) => accountOf(statements, key),
  findContact: (keys) => contactOf(statements, keys),
  listActivities: (query) => activitiesOf(statements, query),
  listSilentAccounts: (query) => silentAccountsOf(statements, query),
  listSurveyResponses: ({ since, limit }) =>
    statements.all('list-survey-responses', { since, limit }).map(surveyResponseFromRow),
});

function accountOf(statements: Statements, key: string): StoredAccount | undefined {
  const row = findAccount(statements, key);
  if (!row) return undefined;
  const aliases = statements.all('list-aliases', { account_id: row.id });
  return accountFromRow(
    row,
    aliases.map(({ alias }) => alias),
  );
}

function contactOf(
  statements: Statements,
  { emailKey, phoneKey }: { readonly emailKey: string; readonly phoneKey: string },
): StoredContact | undefined {
  const row =
    (emailKey === '' ? undefined : statements.first('find-contact-by-email', { key: emailKey })) ??
    (phoneKey === '' ? undefined : statements.first('find-contact-by-phone', { key: phoneKey }));
  if (!row) return undefined;
  const account =
    row.account_id === null ? undefined : statements.one('select-account', { id: row.account_id });
  return contactFromRow(row, account?.name);
}

/** Few accounts have an activity that is still to come, so that those need no index of their own. */
function silentAccountsOf(
  statements: Statements,
  { before, now, limit }: Parameters<RecordReader['listSilentAccounts']>[0],
): SilentAccount[] {
  const rows = [
    ...statements.all('list-silent-accounts', { before, limit }),
    ...statements.all('list-silent-till-later', { before, now }),
  ];
  const since = (row: SilentAccountRow): number => row.last_activity_at ?? row.created_at;
  return rows
    .sort((a, b) => since(a) - since(b) || a.id - b.id)
    .slice(0, limit)
    .map(silentAccountFromRow);
}

function activitiesOf(
  statements: Statements,
  { accountKey, since, limit }: Parameters<RecordReader['listActivities']>[0],
): StoredActivity[] {
  const account = findAccount(statements, accountKey);
  if (!account) return [];
  return statements
    .all('list-activities', { account_id: account.id, since, limit })
    .map((row) => activityFromRow(row, account.name));
}
