import { LARGEST_LIST } from '../../../records/largest-list.ts';
import type {
  ListStart,
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
  listSurveyResponses: ({ since, limit }) => {
    const rows = statements.each('list-survey-responses', { since, limit: limit + 1 });
    return startOf({ rows, limit, sizeOf: ({ response }) => response.length, read: surveyResponseFromRow });
  },
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
): ListStart<StoredActivity> {
  const account = findAccount(statements, accountKey);
  if (!account) return { items: [], isCut: false };
  return startOf({
    rows: statements.each('list-activities', { account_id: account.id, since, limit: limit + 1 }),
    limit,
    sizeOf: ({ properties }) => properties.length,
    read: (row) => activityFromRow(row, account.name),
  });
}

/** Reads rows until there are as many as wanted, or they are too large together. */
function startOf<Row, One>({
  rows,
  limit,
  sizeOf,
  read,
}: {
  rows: Iterable<Row>;
  limit: number;
  sizeOf: (row: Row) => number;
  read: (row: Row) => One;
}): ListStart<One> {
  const items: One[] = [];
  let size = 0;
  for (const row of rows) {
    size += sizeOf(row);
    if (items.length === limit || size > LARGEST_LIST) return { items, isCut: true };
    items.push(read(row));
  }
  return { items, isCut: false };
}
