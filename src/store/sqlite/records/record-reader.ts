import type {
  RecordStore,
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
} from './rows.ts';

/** What the reader's thread does for the port. */
export type RecordReader = Omit<RecordStore, 'upsert'>;

/** Records on a read-only connection. */
export const createRecordReader = (statements: Statements): Synchronous<RecordReader> => ({
  findAccount: ({ key }) => accountOf(statements, key),
  findContact: (keys) => contactOf(statements, keys),
  listActivities: (query) => activitiesOf(statements, query),
  listSilentAccounts: ({ before, limit }) =>
    statements.all('list-silent-accounts', { before, limit }).map(silentAccountFromRow),
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
