import type { Identifier } from './identifier.ts';

/**
 * Properties of a record that no rule is about: JSON values by name. What JSON cannot hold (a loop, NaN) is HOOK_STORE_ROW_REFUSED, and
 * so is a change that would let the properties (or the response) of one record grow beyond LARGEST_RECORD.
 */
export type Properties = Readonly<Record<string, unknown>>;

/** An account as a record names it. */
export interface AccountPart {
  readonly name: Identifier;
  readonly properties: Properties;
}

/** A contact as a record names it: at least one of email and phone, whose keys are not empty. */
export interface ContactPart {
  readonly email: Identifier | undefined;
  readonly phone: Identifier | undefined;
  readonly account: AccountPart | undefined;
  /** `firstName`, `lastName` and others, as they are to be stored. */
  readonly properties: Properties;
}

/** What a record asks the store to do. Properties that are not sent are not there, and leave what is stored as it is. */
export type RecordChange =
  | { readonly kind: 'account'; readonly account: AccountPart }
  | { readonly kind: 'contact'; readonly contact: ContactPart }
  | AliasChange
  | ActivityChange
  | ExternalResponseChange
  | InvitationChange
  | SurveyResponseChange;

/** Another name for an account, which is added if it is missing. */
export interface AliasChange {
  readonly kind: 'alias';
  readonly account: AccountPart;
  readonly alias: Identifier;
}

/** Something that happened with an account, which is added if it is missing. Known by its reference. */
export interface ActivityChange {
  readonly kind: 'activity';
  readonly account: AccountPart;
  readonly reference: Identifier;
  readonly source: string;
  readonly type: string;
  /** Epoch ms; undefined = not sent: `receivedAt` for a new activity, as it was for one that is there. */
  readonly happenedAt: number | undefined;
  /** Epoch ms. */
  readonly receivedAt: number;
  readonly properties: Properties;
}

/** A survey response given elsewhere; its contact is added if it is missing. Known by its contact and `respondedAt`. */
export interface ExternalResponseChange {
  readonly kind: 'external-response';
  readonly contact: ContactPart;
  /** Epoch ms. */
  readonly sentAt: number;
  /** Epoch ms. */
  readonly respondedAt: number;
  readonly properties: Properties;
}

/** A survey invitation, and with it the contact and its account. */
export interface InvitationChange {
  readonly kind: 'invitation';
  /** The same when the same request comes again, so that there is one invitation. */
  readonly id: string;
  readonly contact: ContactPart;
  /** False: a contact that is there stays as it is, and what was sent counts for this invitation alone. */
  readonly isContactUpdated: boolean;
  readonly touchpoint: string;
  /** The properties that are filled in from the store where they are not sent. */
  readonly autoPopulate: readonly string[];
}

/** A survey response, known by its source and response id. What comes later without a text or a score leaves that as it is. */
export interface SurveyResponseChange {
  readonly kind: 'survey-response';
  readonly source: string;
  readonly responseId: string;
  /** The normalised response without `raw`. */
  readonly response: Properties;
  /** Epoch ms; undefined where the response names no time. */
  readonly submittedAt: number | undefined;
}

export type UpsertResult = StoredRecord | RecordConflict;

export interface StoredRecord {
  readonly kind: 'stored';
  /** Of the row that the change is about: account, contact, alias, activity, response or invitation. An account's own name is no alias: then of the account. */
  readonly id: string;
  /** Of the record's own row; for an invitation, of its contact. `updated` also where nothing was different. */
  readonly outcome: 'created' | 'updated';
  /** Where the change was an invitation. */
  readonly invitation?: StoredInvitation;
}

/** The record contradicts what is stored: nothing is changed. */
export interface RecordConflict {
  readonly kind: 'conflict';
  /**
   * `contact`: the email address belongs to one contact and the phone number to another, or the phone number belongs to a contact with
   * another email address. `alias`: it is the name of another account.
   */
  readonly about: 'contact' | 'alias';
}

export interface StoredInvitation {
  readonly id: string;
  /** `id`, `email`, `phone` and properties: as sent, filled in from the store. */
  readonly contact: Properties;
  /**
   * `id`, `accountName` and properties: as sent, filled in from the store; of the account that was sent (by the name it is stored with),
   * else of the contact's. Null where neither the record nor the store names one.
   */
  readonly account: Properties | null;
  readonly touchpoint: string;
  /** The properties that were not sent and are filled in from the store, in the order of the mapping. */
  readonly autoPopulated: readonly string[];
}

export interface StoredAccount {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly properties: Properties;
  /** Epoch ms; undefined = there has been no activity. */
  readonly lastActivityAt: number | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface StoredContact {
  readonly id: string;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  readonly accountName: string | undefined;
  readonly properties: Properties;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface StoredActivity {
  readonly id: string;
  readonly reference: string;
  readonly source: string;
  readonly type: string;
  readonly accountName: string;
  readonly happenedAt: number;
  readonly properties: Properties;
}

/** An account from which nothing has been heard. */
export interface SilentAccount {
  readonly id: string;
  readonly name: string;
  /** Undefined = never till now: then it counts from `createdAt`. */
  readonly lastActivityAt: number | undefined;
  readonly createdAt: number;
}

/** The first of a list. */
export interface ListStart<One> {
  readonly items: readonly One[];
  /** There are more: they would be more than were wanted, or larger together than LARGEST_LIST. */
  readonly isCut: boolean;
}

export interface StoredSurveyResponse {
  readonly id: string;
  readonly response: Properties;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/**
 * Accounts, contacts and what belongs to them. Promises:
 * - an `upsert` is one transaction: all of its rows, or none; what resolved is on disk (or committed on the server). One that
 *   rejects may have been done and only its answer lost: it can be made again, and changes nothing then;
 * - identifiers are compared by their keys alone, and a key names one record: of two upserts at the same time the later finds what
 *   the earlier made;
 * - an account is found by its name and by each of its aliases; a name that is an alias never makes a second account;
 * - properties are merged: those that are not sent, or sent as null, stay. An `updatedAt` tells when something was different last;
 * - an account or contact is spelt as the last record of its own kind (or invitation that updates it) spelt it; what only mentions an
 *   account adds it if it is missing and else leaves its name as it is;
 * - an id is a text that is never given to another row of the same table;
 * - a look-up that begins after an `upsert` has resolved sees it;
 * - calls made at the same time share a commit with the other stores; too many of them waiting: HOOK_STORE_OVERLOADED.
 */
export interface RecordStore {
  /** `now`: epoch ms. */
  upsert(request: { readonly change: RecordChange; readonly now: number }): Promise<UpsertResult>;
  /** By the key of its name or of an alias. */
  findAccount(request: { readonly key: string }): Promise<StoredAccount | undefined>;
  /** By the key of its email address or of its phone number, where one is not empty; the email address counts first. */
  findContact(request: {
    readonly emailKey: string;
    readonly phoneKey: string;
  }): Promise<StoredContact | undefined>;
  /** Activities of an account (by the key of a name or an alias) since a time, newest first; of the same time the one stored last. */
  listActivities(request: {
    readonly accountKey: string;
    readonly since: number;
    readonly limit: number;
  }): Promise<ListStart<StoredActivity>>;
  /**
   * Accounts whose last activity, or without one their making, is before a time; the longest silent first, of the
   * same time the one stored first. Activities after `now` do not
   * count: nobody has heard of them yet.
   */
  listSilentAccounts(request: {
    readonly before: number;
    readonly now: number;
    readonly limit: number;
  }): Promise<readonly SilentAccount[]>;
  /**
   * Survey responses submitted since a time, newest first, of the same time the one stored last; one without a time counts from when it
   * was stored.
   */
  listSurveyResponses(request: {
    readonly since: number;
    readonly limit: number;
  }): Promise<ListStart<StoredSurveyResponse>>;
}
