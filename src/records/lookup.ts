import { formatIsoTime } from '../platform/utc-time.ts';
import { readAccountKey, readContactKeys } from './lookup-value.ts';
import type {
  Properties,
  RecordStore,
  SilentAccount,
  StoredAccount,
  StoredActivity,
  StoredContact,
} from './record-store.ts';

/** What can be looked up: one account or contact, or a list. */
export const LOOKUPS = ['account', 'contact', 'activities', 'absence-of-signal', 'responses'] as const;
export type Lookup = (typeof LOOKUPS)[number];

export interface LookupRequest {
  readonly lookup: Lookup;
  /** Which account or contact, in any form that names one; of no meaning for the others. */
  readonly value: unknown;
  /** How far lists look back, and how long an account has been silent. */
  readonly days: number;
  /** Epoch ms. */
  readonly now: number;
}

export interface LookupResult {
  /** A record, or null where there is none; or a list. */
  readonly payload: Properties | null | readonly Properties[];
  /** How many records the payload has. */
  readonly count: number;
  /** There are more than the list holds. */
  readonly isCut: boolean;
  /** The value named nothing. */
  readonly isWithoutValue: boolean;
}

/** A message holds them all, and nodes after this one copy it. */
const LONGEST_LIST = 1000;
/** A report of some weeks in one file. */
const MOST_RESPONSES = 10_000;

const DAY_MS = 86_400_000;

/** Looks something up. Rejects as the store does, and with HOOK_MESSAGE_UNREADABLE for a value that names nothing that could be there. */
export function lookUp(store: RecordStore, request: LookupRequest): Promise<LookupResult> {
  return LOOK_UP[request.lookup](store, request);
}

type LookUp = (store: RecordStore, request: LookupRequest) => Promise<LookupResult>;

const LOOK_UP: Readonly<Record<Lookup, LookUp>> = {
  async account(store, { value }) {
    const key = readAccountKey(value);
    if (key === '') return one(null, true);
    const account = await store.findAccount({ key });
    return one(account ? accountOf(account) : null);
  },
  async contact(store, { value }) {
    const keys = readContactKeys(value);
    if (keys.emailKey === '' && keys.phoneKey === '') return one(null, true);
    const contact = await store.findContact(keys);
    return one(contact ? contactOf(contact) : null);
  },
  async activities(store, request) {
    const accountKey = readAccountKey(request.value);
    if (accountKey === '') return { ...list([], false), isWithoutValue: true };
    const wanted = { accountKey, since: startOf(request), limit: LONGEST_LIST };
    const { items, isCut } = await store.listActivities(wanted);
    return list(items.map(activityOf), isCut);
  },
  async 'absence-of-signal'(store, request) {
    const wanted = { before: startOf(request), now: request.now, limit: LONGEST_LIST + 1 };
    const accounts = await store.listSilentAccounts(wanted);
    const silent = accounts.map((account) => silentOf(account, request.now));
    return list(silent.slice(0, LONGEST_LIST), silent.length > LONGEST_LIST);
  },
  async responses(store, request) {
    const wanted = { since: startOf(request), limit: MOST_RESPONSES };
    const { items, isCut } = await store.listSurveyResponses(wanted);
    return list(
      items.map(({ response }) => response),
      isCut,
    );
  },
};

const startOf = ({ now, days }: LookupRequest): number => now - days * DAY_MS;

const one = (payload: Properties | null, isWithoutValue = false): LookupResult => ({
  payload,
  count: payload ? 1 : 0,
  isCut: false,
  isWithoutValue,
});

const list = (payload: readonly Properties[], isCut: boolean): LookupResult => ({
  payload,
  count: payload.length,
  isCut,
  isWithoutValue: false,
});

const accountOf = ({
  id,
  name,
  aliases,
  properties,
  lastActivityAt,
  createdAt,
  updatedAt,
}: StoredAccount): Properties =>
  withOthers(properties, {
    id,
    accountName: name,
    aliases,
    lastActivityAt: timeOf(lastActivityAt),
    createdAt: timeOf(createdAt),
    updatedAt: timeOf(updatedAt),
  });

const contactOf = ({ properties, createdAt, updatedAt, ...contact }: StoredContact): Properties =>
  withOthers(properties, {
    id: contact.id,
    email: contact.email ?? null,
    phone: contact.phone ?? null,
    accountName: contact.accountName ?? null,
    createdAt: timeOf(createdAt),
    updatedAt: timeOf(updatedAt),
  });

const activityOf = ({ properties, happenedAt, ...activity }: StoredActivity): Properties =>
  withOthers(properties, { ...activity, happenedAt: timeOf(happenedAt) });

const silentOf = ({ id, name, lastActivityAt, createdAt }: SilentAccount, now: number): Properties => ({
  id,
  accountName: name,
  lastActivityAt: timeOf(lastActivityAt),
  silentDays: Math.floor((now - (lastActivityAt ?? createdAt)) / DAY_MS),
});

/** What the store says of a record, and its other properties; one of the same name does not take the place of what the store says. */
const withOthers = (properties: Properties, facts: Properties): Properties => ({
  ...facts,
  ...Object.fromEntries(Object.entries(properties).filter(([name]) => !Object.hasOwn(facts, name))),
});

const timeOf = (at: number | undefined): string | null => (at === undefined ? null : formatIsoTime(at));
