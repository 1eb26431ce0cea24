import { chooseContact, type ContactChoice } from '../../../records/choose-contact.ts';
import { mergeProperties, withValues } from '../../../records/merge-properties.ts';
import type { ContactPart, UpsertResult } from '../../../records/record-store.ts';
import type { Statements } from '../statements.ts';
import { mentionAccount } from './account.ts';
import { isDifferent, parseProperties, propertiesText, type ContactRow } from './rows.ts';

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
  const properties = propertiesText(mergedProperties(contact, found));
  if (!found) {
    const row = { ...textsOf(contact, NOBODY), ...keysOf(contact, NOBODY, accountId), properties };
    return statements.insert('insert-contact', { ...row, now });
  }
  const texts = { ...textsOf(contact, found), properties };
  const keys = keysOf(contact, found, accountId);
  if (isDifferent(keys, found)) statements.run('update-contact', { ...texts, ...keys, id: found.id, now });
  else if (isDifferent(texts, found))
    statements.run('update-contact-properties', { ...texts, id: found.id, now });
  return found.id;
}

const NOBODY = { email: null, email_key: null, phone: null, phone_key: null, account_id: null };

type Known = Pick<ContactRow, keyof typeof NOBODY>;

const textsOf = ({ email, phone }: ContactPart, known: Known) => ({
  email: email?.text ?? known.email,
  phone: phone?.text ?? known.phone,
});

const keysOf = ({ email, phone }: ContactPart, known: Known, accountId: number | undefined) => ({
  email_key: email?.key ?? known.email_key,
  phone_key: phone?.key ?? known.phone_key,
  account_id: accountId ?? known.account_id,
});

const mergedProperties = ({ properties }: ContactPart, found: ContactRow | undefined) =>
  found ? mergeProperties(parseProperties(found.properties), properties) : withValues(properties);

const known = (row: ContactRow | undefined) => row && { ...row, emailKey: row.email_key ?? undefined };
