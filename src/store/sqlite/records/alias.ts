import { placeAlias, type AliasPlace } from '../../../records/place-alias.ts';
import type { AliasChange, StoredRecord, UpsertResult } from '../../../records/record-store.ts';
import type { Statements } from '../statements.ts';
import { findAccount, putAccount } from './account.ts';
import { isDifferent, type AccountRow, type AliasRow } from './rows.ts';

interface Found {
  readonly account: AccountRow | undefined;
  readonly alias: AliasRow | undefined;
}

/** Gives an account another name, or moves that here from another account. */
export function upsertAlias(statements: Statements, change: AliasChange, now: number): UpsertResult {
  const found: Found = {
    account: findAccount(statements, change.account.name.key),
    alias: statements.first('find-alias', { key: change.alias.key }),
  };
  const place = placeOf(statements, change, found);
  if (place === 'conflict') return { kind: 'conflict', about: 'alias' };
  const { account } = change;
  const accountId = putAccount(statements, { account, found: found.account, mention: 'merged', now });
  const row = { account_id: accountId, alias: change.alias.text };
  if (place === 'new') {
    const id = statements.insert('insert-alias', { ...row, alias_key: change.alias.key, now });
    return { kind: 'stored', id: String(id), outcome: 'created' };
  }
  if (found.alias) return updateAlias(statements, found.alias, row);
  return { kind: 'stored', id: String(accountId), outcome: found.account ? 'updated' : 'created' };
}

function updateAlias(
  statements: Statements,
  { id, ...known }: AliasRow,
  row: Omit<AliasRow, 'id'>,
): StoredRecord {
  if (isDifferent(row, known)) statements.run('update-alias', { ...row, id });
  return { kind: 'stored', id: String(id), outcome: 'updated' };
}

function placeOf(statements: Statements, { account, alias }: AliasChange, found: Found): AliasPlace {
  return placeAlias({
    accountId: found.account?.id,
    isOwnName: alias.key === account.name.key,
    nameOwnerId: found.alias ? undefined : findAccount(statements, alias.key)?.id,
    aliasOwnerId: found.alias?.account_id,
  });
}
