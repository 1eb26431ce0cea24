import { mergeProperties, withValues } from '../../../records/merge-properties.ts';
import type { AccountPart, StoredRecord } from '../../../records/record-store.ts';
import type { Statements } from '../statements.ts';
import { isDifferent, parseProperties, propertiesText, type AccountRow } from './rows.ts';

/** How a record that names an account changes one that is there: not at all, its properties, or also how its name is spelt. */
export type AccountMention = 'known' | 'merged' | 'own';

/** The account that a record names, by its name or an alias. */
export const findAccount = (statements: Statements, key: string): AccountRow | undefined =>
  statements.first('find-account', { key });

/** Adds the account, or merges the record into the one that is there. */
export function upsertAccount(statements: Statements, account: AccountPart, now: number): StoredRecord {
  const found = findAccount(statements, account.name.key);
  const id = putAccount(statements, { account, found, mention: 'own', now });
  return { kind: 'stored', id: String(id), outcome: found ? 'updated' : 'created' };
}

/** The key of the account that a record names, which is added if it is missing. */
export const mentionAccount = (
  statements: Statements,
  { account, mention, now }: { account: AccountPart; mention: AccountMention; now: number },
): number =>
  putAccount(statements, { account, mention, now, found: findAccount(statements, account.name.key) });

/** Writes what a record says of an account that was found, or adds it; answers its key. */
export function putAccount(
  statements: Statements,
  {
    account: { name, properties },
    found,
    mention,
    now,
  }: { account: AccountPart; found: AccountRow | undefined; mention: AccountMention; now: number },
): number {
  if (!found)
    return statements.insert('insert-account', {
      name: name.text,
      name_key: name.key,
      properties: propertiesText(withValues(properties)),
      now,
    });
  if (mention === 'known') return found.id;
  const isRespelt = mention === 'own' && name.key === found.name_key;
  const row = {
    name: isRespelt ? name.text : found.name,
    properties: propertiesText(mergeProperties(parseProperties(found.properties), properties)),
  };
  if (isDifferent(row, found)) statements.run('update-account', { ...row, id: found.id, now });
  return found.id;
}
