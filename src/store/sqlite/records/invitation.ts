import { populateInvitation, type KnownParts } from '../../../records/populate-invitation.ts';
import type { InvitationChange, StoredInvitation, UpsertResult } from '../../../records/record-store.ts';
import type { Statements } from '../statements.ts';
import { mentionAccount } from './account.ts';
import { findContact, putContact } from './contact.ts';
import { invitationFromRow, parseProperties, type AccountRow, type ContactRow } from './rows.ts';

/** Makes the invitation, with its contact and account; one that is there is given back as it was made. */
export function upsertInvitation(
  statements: Statements,
  change: InvitationChange,
  now: number,
): UpsertResult {
  const made = statements.first('find-invitation', { id: change.id });
  if (made) return { kind: 'stored', id: made.id, outcome: 'updated', invitation: invitationFromRow(made) };
  const choice = findContact(statements, change.contact);
  if (choice.kind === 'conflict') return { kind: 'conflict', about: 'contact' };
  const found = choice.kind === 'found' ? choice.contact : undefined;
  const invited = putInvited(statements, { change, found, now });
  const invitation = insertInvitation(statements, { change, invited, now });
  return { kind: 'stored', id: change.id, outcome: found ? 'updated' : 'created', invitation };
}

interface Invited {
  readonly contactId: number;
  /** The account that was sent. */
  readonly accountId: number | undefined;
}

/** The contact and the account that was sent, added or, where the change says so, updated. */
function putInvited(
  statements: Statements,
  { change, found, now }: { change: InvitationChange; found: ContactRow | undefined; now: number },
): Invited {
  const { contact, isContactUpdated } = change;
  const mention = isContactUpdated ? 'own' : 'known';
  const accountId = contact.account && mentionAccount(statements, { account: contact.account, mention, now });
  const isKept = found !== undefined && !isContactUpdated;
  const contactId = isKept ? found.id : putContact(statements, { contact, found, accountId, now });
  return { contactId, accountId };
}

function insertInvitation(
  statements: Statements,
  { change, invited, now }: { change: InvitationChange; invited: Invited; now: number },
): StoredInvitation {
  const contact = statements.one('select-contact', { id: invited.contactId });
  const accountId = invited.accountId ?? contact.account_id;
  const account = accountId === null ? undefined : statements.one('select-account', { id: accountId });
  const { id, touchpoint, autoPopulate, contact: sent } = change;
  const content = populateInvitation({ sent, autoPopulate, known: knownParts(contact, account) });
  statements.insert('insert-invitation', {
    id,
    contact_id: contact.id,
    account_id: accountId,
    touchpoint,
    contact: JSON.stringify(content.contact),
    account: content.account && JSON.stringify(content.account),
    auto_populated: JSON.stringify(content.autoPopulated),
    now,
  });
  return { id, touchpoint, ...content };
}

const knownParts = (contact: ContactRow, account: AccountRow | undefined): KnownParts => ({
  contact: {
    id: String(contact.id),
    email: contact.email ?? undefined,
    phone: contact.phone ?? undefined,
    properties: parseProperties(contact.properties),
  },
  account: account && {
    id: String(account.id),
    name: account.name,
    properties: parseProperties(account.properties),
  },
});
