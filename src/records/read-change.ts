import { DATA_TYPES, type DataTypeId } from '../mapping/data-types/data-types.ts';
import { parseUtcTime } from '../platform/utc-time.ts';
import type { InvitationIds } from './invitation-id.ts';
import type { PropertyReader } from './property-reader.ts';
import type {
  AccountPart,
  ActivityChange,
  ContactPart,
  InvitationChange,
  Properties,
  RecordChange,
} from './record-store.ts';

/** What reading a change needs beside the record's own properties. */
export interface ChangeContext {
  /** The names of what is filled in from the store, as the record calls them; undefined = all that the data type has. */
  readonly autoPopulate: readonly string[] | undefined;
  readonly invitationId: InvitationIds;
  /** What was not sent and got a value all the same, by the names of the record. */
  readonly defaults: Properties;
  /** When the record was received, epoch ms. */
  readonly receivedAt: number;
}

type ReadChange = (reader: PropertyReader, context: ChangeContext) => RecordChange;

/** What a record of each data type asks the store to do. What is wrong is with the reader; then what is answered is never used. */
export const READ_CHANGE: Readonly<Record<DataTypeId, ReadChange>> = {
  accounts: (reader) => ({ kind: 'account', account: readAccount(reader) }),
  contacts: (reader) => ({ kind: 'contact', contact: readContact(reader) }),
  surveys: (reader, context) => readInvitation(reader, context, false),
  'multi-object': (reader, context) => readInvitation(reader, context, true),
  'account-aliases': (reader) => {
    const name = reader.requiredName('accountName');
    const alias = reader.requiredName('alias');
    return { kind: 'alias', account: { name, properties: reader.rest() }, alias };
  },
  activities: (reader, context) => ({
    kind: 'activity',
    account: { name: reader.requiredName('accountName'), properties: {} },
    reference: reader.requiredName('reference'),
    source: reader.requiredText('source'),
    type: reader.requiredText('type'),
    ...readHappenedAt(reader, context),
    properties: reader.rest(),
  }),
  'external-responses': (reader) => {
    const contact = { ...readContactKeys(reader), account: undefined, properties: {} };
    const sentAt = reader.requiredTime('sentDate');
    const respondedAt = reader.requiredTime('responseDate');
    if (reader.violations.length === 0 && respondedAt < sentAt)
      reader.report('responseDate', 'order', `must not be before ${reader.nameOf('sentDate')}`);
    return { kind: 'external-response', contact, sentAt, respondedAt, properties: reader.rest() };
  },
};

/** A time that is still the one put there where none was sent counts as not sent, so that the same activity again stays where it was. */
function readHappenedAt(
  reader: PropertyReader,
  { defaults, receivedAt }: ChangeContext,
): Pick<ActivityChange, 'happenedAt' | 'receivedAt'> {
  const given = reader.time('happenedAt');
  const put = defaults[reader.nameOf('happenedAt')];
  const isSent = typeof put !== 'string' || parseUtcTime(put) !== given;
  return isSent
    ? { happenedAt: given, receivedAt }
    : { happenedAt: undefined, receivedAt: given ?? receivedAt };
}

function readAccount(reader: PropertyReader): AccountPart {
  const name = reader.requiredName('accountName');
  return { name, properties: reader.rest() };
}

function readContact(reader: PropertyReader): ContactPart {
  const keys = readContactKeys(reader);
  const name = reader.name('accountName');
  return { ...keys, account: name && { name, properties: {} }, properties: reader.rest() };
}

function readContactKeys(reader: PropertyReader): Pick<ContactPart, 'email' | 'phone'> {
  if (!reader.isSent('email') && !reader.isSent('phone')) {
    const field = `${reader.nameOf('email')} or ${reader.nameOf('phone')}`;
    const message = `${field} is required: there must be at least one of them.`;
    reader.violations.push({ field, path: '', rule: 'required', message });
  }
  return { email: reader.email('email'), phone: reader.phone('phone') };
}

function readInvitation(
  reader: PropertyReader,
  { autoPopulate, invitationId }: ChangeContext,
  isContactUpdated: boolean,
): InvitationChange {
  const touchpoint = reader.text('touchpoint') ?? '';
  const contact = readContact(reader);
  return {
    kind: 'invitation',
    id: invitationId({ contact, touchpoint }),
    contact,
    isContactUpdated,
    touchpoint,
    autoPopulate: readAutoPopulate(autoPopulate, reader),
  };
}

/** The properties that the store knows by names of its own, whatever a mapping calls them. */
const STORED_NAMES = ['email', 'phone', 'accountName'];

/** The touchpoint is of the invitation alone, so that there is nothing to fill it in from. */
function readAutoPopulate(names: readonly string[] | undefined, { nameOf }: PropertyReader): string[] {
  const wanted = names ?? DATA_TYPES.surveys.fields.map(({ property }) => nameOf(property));
  const stored = new Map(STORED_NAMES.map((builtIn) => [nameOf(builtIn), builtIn]));
  return wanted.filter((name) => name !== nameOf('touchpoint')).map((name) => stored.get(name) ?? name);
}
