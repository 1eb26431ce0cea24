import { chooseContact, type ContactChoice } from '../../../records/choose-contact.ts';
import { mergeProperties, withValues } from '../../../records/merge-properties.ts';
import type { ContactPart, UpsertResult } from '../../../records/record-store.ts';
import type { Statements } from '../statements.ts';
import { mentionAccount } from './account.ts';
import { isDifferent, parseProperties, type ContactRow } from './rows.ts';

type Known = ContactRow & { readonly emailKey: string | undefined };

/** Which contact a record is about. Changes nothing. */
export function findContact(statements: Statements, sent: ContactPart): ContactChoice<ContactRow> {
  return chooseContact({
    sent,
    byEmail: known(sent.email && statements.first('find-contact-by-email', { key: sent.email.key })),
    byPhone: known(sent.phone && statements.first('find-contact-by-phone', { key: sent.phone.key })),
  });
}

/** Adds the contact, or merges the record into the one that is there. */
export function upsertContact(statements: Statements, contact: ContactPart, now: number): UpsertResult {
  const choice = findContact(statements, contact);
  if (choice.kind === 'conflict') return { kind: 'conflict', about: 'contact' };
  const accountId =
    contact.account && mentionAccount(statements, { account: contact.account, mention: 'merged', now });
  const found = choice.kind === 'found' ? choice.contact : undefined;
  const id = putContact(statements, { contact, found, accountId, now });
  return { kind: 'stored', id: String(id), outcome: found ? 'updated' : 'created' };
}

/** Writes what a record says of a contact that was found, or adds it; answers its key. */
export function putContact(
  statements: Statements,
  {
    contact,
    found,
    accountId,
    now,
  }: { contact: ContactPart; found: ContactRow | undefined; accountId: number | undefined; now: number },
): number {
  const { email, phone } = contact;
  const row = {
    ...(found ? columnsOf(found) : NO_COLUMNS),
    ...(email && { email: email.text, email_key: email.key }),
    ...(phone && { phone: phone.text, phone_key: phone.key }),
    ...(accountId !== undefined && { account_id: accountId }),
    properties: JSON.stringify(mergedProperties(contact, found)),
  };
  if (!found) return statements.insert('insert-contact', { ...row, now });
  if (isDifferent(row, found)) statements.run('update-contact', { ...row, id: found.id, now });
  return found.id;
}

const NO_COLUMNS = { email: null, email_key: null, phone: null, phone_key: null, account_id: null };

const columnsOf = ({ email, email_key, phone, phone_key, account_id }: ContactRow) => ({
  email,
  email_key,
  phone,
  phone_key,
  account_id,
});

const mergedProperties = ({ properties }: ContactPart, found: ContactRow | undefined) =>
  found ? mergeProperties(parseProperties(found.properties), properties) : withValues(properties);

const known = (row: ContactRow | undefined): Known | undefined =>
  row && { ...row, emailKey: row.email_key ?? undefined };
