import { mergeProperties, withValues } from '../../../records/merge-properties.ts';
import type { ActivityChange, StoredRecord } from '../../../records/record-store.ts';
import type { Parameters } from '../rows.ts';
import type { Statements } from '../statements.ts';
import { mentionAccount } from './account.ts';
import { isDifferent, parseProperties, propertiesText, type ActivityRow } from './rows.ts';

/** Adds the activity, or merges the record into the one that is there; the accounts' last activity follows. */
export function upsertActivity(statements: Statements, change: ActivityChange, now: number): StoredRecord {
  const { account, reference } = change;
  const accountId = mentionAccount(statements, { account, mention: 'merged', now });
  const found = statements.first('find-activity', { key: reference.key });
  if (!found) {
    const row = {
      ...columnsOf(change, accountId),
      happened_at: Math.round(change.happenedAt ?? change.receivedAt),
    };
    const properties = propertiesText(withValues(change.properties));
    const id = statements.insert('insert-activity', {
      ...row,
      reference_key: reference.key,
      properties,
      now,
    });
    statements.run('note-last-activity', { id: accountId });
    return { kind: 'stored', id: String(id), outcome: 'created' };
  }
  updateActivity(statements, { change, found, accountId, now });
  return { kind: 'stored', id: String(found.id), outcome: 'updated' };
}

function updateActivity(
  statements: Statements,
  {
    change,
    found,
    accountId,
    now,
  }: { change: ActivityChange; found: ActivityRow; accountId: number; now: number },
): void {
  const merged = mergeProperties(parseProperties(found.properties), change.properties);
  const row = {
    ...columnsOf(change, accountId),
    happened_at: change.happenedAt === undefined ? found.happened_at : Math.round(change.happenedAt),
    properties: propertiesText(merged),
  };
  if (!isDifferent(row, found)) return;
  statements.run('update-activity', { ...row, id: found.id, now });
  for (const id of new Set([found.account_id, accountId])) statements.run('note-last-activity', { id });
}

const columnsOf = ({ reference, source, type }: ActivityChange, accountId: number) =>
  ({ account_id: accountId, reference: reference.text, source, type }) satisfies Parameters;
