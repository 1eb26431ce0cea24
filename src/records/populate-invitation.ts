import { hasValue, withValues } from './merge-properties.ts';
import type { ContactPart, Properties, StoredInvitation } from './record-store.ts';

/** What the store knows of whom an invitation goes to, once the change is done. */
export interface KnownParts {
  readonly contact: {
    readonly id: string;
    readonly email: string | undefined;
    readonly phone: string | undefined;
    readonly properties: Properties;
  };
  /** The account that was sent, else the contact's own; undefined where there is neither. */
  readonly account:
    { readonly id: string; readonly name: string; readonly properties: Properties } | undefined;
}

/** A property that is filled in, and the part of the invitation that it belongs to. */
interface Filled {
  readonly part: 'contact' | 'account';
  readonly name: string;
  readonly value: unknown;
}

/** Names that mean something of their own in an invitation, whatever else a record calls so. */
const OWN_NAMES: ReadonlySet<string> = new Set(['id', 'email', 'phone', 'accountName', 'touchpoint']);

/**
 * The content of an invitation: what was sent, and of the properties in `autoPopulate` those that were not sent and that the store
 * knows, of the contact or else of its account.
 */
export function populateInvitation({
  sent,
  autoPopulate,
  known,
}: {
  readonly sent: ContactPart;
  readonly autoPopulate: readonly string[];
  readonly known: KnownParts;
}): Pick<StoredInvitation, 'contact' | 'account' | 'autoPopulated'> {
  const filled = [...new Set(autoPopulate)]
    .map((name) => fillIn(name, sent, known))
    .filter((one) => one !== undefined);
  const filledIn = (part: Filled['part']): Properties =>
    Object.fromEntries(filled.filter((one) => one.part === part).map(({ name, value }) => [name, value]));
  return {
    contact: { id: known.contact.id, ...sentContact(sent), ...filledIn('contact') },
    account: known.account
      ? { id: known.account.id, ...sentAccount(sent, known.account.name), ...filledIn('account') }
      : null,
    autoPopulated: filled.map(({ name }) => name),
  };
}

function fillIn(name: string, sent: ContactPart, { contact, account }: KnownParts): Filled | undefined {
  if (name === 'email' || name === 'phone') {
    const value = sent[name] === undefined ? contact[name] : undefined;
    return value === undefined ? undefined : { part: 'contact', name, value };
  }
  if (name === 'accountName')
    return sent.account === undefined && account ? { part: 'account', name, value: account.name } : undefined;
  return OWN_NAMES.has(name) ? undefined : fillInOther(name, sent, { contact, account });
}

function fillInOther(name: string, sent: ContactPart, { contact, account }: KnownParts): Filled | undefined {
  if (hasValue(sent.properties, name) || hasValue(sent.account?.properties ?? {}, name)) return undefined;
  if (hasValue(contact.properties, name)) return { part: 'contact', name, value: contact.properties[name] };
  if (account && hasValue(account.properties, name))
    return { part: 'account', name, value: account.properties[name] };
  return undefined;
}

const sentContact = ({ email, phone, properties }: ContactPart): Properties => ({
  ...(email && { email: email.text }),
  ...(phone && { phone: phone.text }),
  ...othersOf(properties),
});

const sentAccount = ({ account }: ContactPart, name: string): Properties =>
  account ? { accountName: name, ...othersOf(account.properties) } : {};

const othersOf = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(withValues(properties)).filter(([name]) => !OWN_NAMES.has(name)));
