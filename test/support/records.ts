import assert from 'node:assert/strict';
import { nameIdentifier, phoneIdentifier, phoneKey } from '../../src/records/identifier.ts';
import { textKey } from '../../src/text-key.ts';
import type {
  AccountPart,
  ActivityChange,
  ContactPart,
  ExternalResponseChange,
  InvitationChange,
  Properties,
  RecordChange,
  RecordStore,
  SilentAccount,
  StoredAccount,
  StoredActivity,
  StoredContact,
  StoredRecord,
  StoredSurveyResponse,
  SurveyResponseChange,
  UpsertResult,
} from '../../src/records/record-store.ts';
import type { HookStore } from '../../src/store/hook-store.ts';
import type { StoreContext, StoreFactory } from './store.ts';

/** When the records of tests are stored, epoch ms. */
export const STORED_AT = Date.UTC(2026, 0, 1);

export const CONTACT_CONFLICT = { kind: 'conflict', about: 'contact' } as const;
export const ALIAS_CONFLICT = { kind: 'conflict', about: 'alias' } as const;

export const anAccount = (name: string, properties: Properties = {}): AccountPart => ({
  name: nameIdentifier(name),
  properties,
});

export function aContact(
  { email, phone, account }: { email?: string; phone?: string; account?: string },
  properties: Properties = {},
): ContactPart {
  return {
    email: email === undefined ? undefined : nameIdentifier(email),
    phone: phone === undefined ? undefined : phoneIdentifier(phone),
    account: account === undefined ? undefined : anAccount(account),
    properties,
  };
}

export const accountChange = (name: string, properties?: Properties): RecordChange => ({
  kind: 'account',
  account: anAccount(name, properties),
});

export const contactChange = (...given: Parameters<typeof aContact>): RecordChange => ({
  kind: 'contact',
  contact: aContact(...given),
});

export const aliasChange = (account: string, alias: string): RecordChange => ({
  kind: 'alias',
  account: anAccount(account),
  alias: nameIdentifier(alias),
});

export const activityChange = (
  account: string,
  reference: string,
  fields: Partial<ActivityChange> = {},
): ActivityChange => ({
  kind: 'activity',
  account: anAccount(account),
  reference: nameIdentifier(reference),
  source: 'crm',
  type: 'call',
  happenedAt: undefined,
  receivedAt: STORED_AT,
  properties: {},
  ...fields,
});

export const externalChange = (
  contact: ContactPart,
  fields: Partial<ExternalResponseChange> = {},
): ExternalResponseChange => ({
  kind: 'external-response',
  contact,
  sentAt: STORED_AT - 2000,
  respondedAt: STORED_AT - 1000,
  properties: {},
  ...fields,
});

/** An invitation that leaves a contact that is there as it is. */
export const invitationChange = (
  id: string,
  contact: ContactPart,
  fields: Partial<InvitationChange> = {},
): InvitationChange => ({
  kind: 'invitation',
  id,
  contact,
  isContactUpdated: false,
  touchpoint: 'Delivery',
  autoPopulate: ['email', 'phone', 'firstName', 'accountName', 'region'],
  ...fields,
});

export const responseChange = (
  responseId: string,
  response: Properties,
  fields: Partial<SurveyResponseChange> = {},
): SurveyResponseChange => ({
  kind: 'survey-response',
  source: 'delighted',
  responseId,
  response,
  submittedAt: STORED_AT,
  ...fields,
});

/** A record store on which tests follow each other, each with names, addresses and numbers of its own. */
export class RecordBench {
  #context: StoreContext | undefined;
  #store: HookStore | undefined;
  #test = 1000;

  async open(factory: StoreFactory): Promise<void> {
    this.#context = await factory();
    this.#store = this.#context.store;
  }

  /** Goes on as another process would. */
  async reopen(): Promise<void> {
    this.#store = await this.#context?.reopen();
  }

  async close(): Promise<void> {
    await this.#context?.close();
  }

  nextTest(): void {
    this.#test += 1;
  }

  get store(): HookStore {
    assert.ok(this.#store);
    return this.#store;
  }

  get records(): RecordStore {
    return this.store.records;
  }

  name(text: string): string {
    return `${text} ${this.#test}`;
  }

  email(person: string): string {
    return `${person}${this.#test}@example.org`;
  }

  phone(number: number): string {
    return `+${this.#test} (${number})`;
  }

  upsert(change: RecordChange, now = STORED_AT): Promise<UpsertResult> {
    return this.records.upsert({ change, now });
  }

  /** An upsert that is to be stored. */
  async put(change: RecordChange, now = STORED_AT): Promise<StoredRecord> {
    const result = await this.upsert(change, now);
    assert.equal(result.kind, 'stored');
    return result;
  }

  account(name: string): Promise<StoredAccount | undefined> {
    return this.records.findAccount({ key: textKey(name) });
  }

  contact({
    email = '',
    phone = '',
  }: {
    email?: string;
    phone?: string;
  }): Promise<StoredContact | undefined> {
    return this.records.findContact({ emailKey: textKey(email), phoneKey: phoneKey(phone) });
  }

  async activities(account: string, since = 0, limit = 100): Promise<readonly StoredActivity[]> {
    return (await this.records.listActivities({ accountKey: textKey(account), since, limit })).items;
  }

  /** The accounts of this test among those from which nothing has been heard. */
  async silent(before: number, now = Number.MAX_SAFE_INTEGER): Promise<SilentAccount[]> {
    const all = await this.records.listSilentAccounts({ before, now, limit: 100_000 });
    return all.filter(({ name }) => name.endsWith(` ${this.#test}`));
  }

  /** The survey responses of a source. */
  async responses(source: string, since = 0): Promise<StoredSurveyResponse[]> {
    const { items } = await this.records.listSurveyResponses({ since, limit: 100_000 });
    return items.filter(({ response }) => response['source'] === source);
  }
}
