import { mergeProperties, withValues } from '../../../records/merge-properties.ts';
import type { ExternalResponseChange, UpsertResult } from '../../../records/record-store.ts';
import type { Statements } from '../statements.ts';
import { mentionAccount } from './account.ts';
import { findContact, putContact } from './contact.ts';
import { isDifferent, parseProperties, propertiesText } from './rows.ts';

/** Adds the response, or merges the record into the one that is there. A contact that is there stays as it is. */
export function upsertExternalResponse(
  statements: Statements,
  change: ExternalResponseChange,
  now: number,
): UpsertResult {
  const choice = findContact(statements, change.contact);
  if (choice.kind === 'conflict') return { kind: 'conflict', about: 'contact' };
  const contactId = choice.kind === 'found' ? choice.contact.id : addContact(statements, change, now);
  const sentAt = Math.round(change.sentAt);
  const name = { contact_id: contactId, responded_at: Math.round(change.respondedAt) };
  const found = statements.first('find-external-response', name);
  if (!found) {
    const properties = propertiesText(withValues(change.properties));
    const id = statements.insert('insert-external-response', { ...name, sent_at: sentAt, properties, now });
    return { kind: 'stored', id: String(id), outcome: 'created' };
  }
  const merged = mergeProperties(parseProperties(found.properties), change.properties);
  const row = { sent_at: sentAt, properties: propertiesText(merged) };
  if (isDifferent(row, found)) statements.run('update-external-response', { ...row, id: found.id, now });
  return { kind: 'stored', id: String(found.id), outcome: 'updated' };
}

function addContact(statements: Statements, { contact }: ExternalResponseChange, now: number): number {
  const { account } = contact;
  const accountId = account && mentionAccount(statements, { account, mention: 'known', now });
  return putContact(statements, { contact, found: undefined, accountId, now });
}
