import type { FieldType } from '../field-type.ts';

/** A field that a data type has without being listed. */
export interface BuiltInField {
  /** The name senders use, as CustomerGauge's Field Settings show it. */
  readonly field: string;
  /** The name in the record. */
  readonly property: string;
  readonly type: FieldType;
  readonly required?: true;
  /** Characters; 255 where absent. */
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  /** A name: white space around it does not count. */
  readonly isName?: true;
  /** The time at which the record is checked, where it is not sent. */
  readonly isNowByDefault?: true;
}

/** What a kind of record consists of. Fields are named by their built-in property, also where a mapping renames them. */
export interface DataType {
  readonly fields: readonly BuiltInField[];
  /** At least one of these must be there. */
  readonly oneOf?: readonly string[];
  /** What tells records apart: of each part the first property that is there. */
  readonly identifier: readonly (readonly string[])[];
  /** A time that must not be before another. */
  readonly order?: { readonly earlier: string; readonly later: string };
  /** Missing account and contact data is filled in from the store. */
  readonly isAutoPopulated?: true;
}

/** A contact is known by an email address or, without one, a phone number. */
export const CONTACT_KEYS = ['email', 'phone'] as const;

export const accountName: BuiltInField = {
  field: 'Account Name',
  property: 'accountName',
  type: 'string',
  isName: true,
};
export const email: BuiltInField = { field: 'Email', property: 'email', type: 'email' };
export const phone: BuiltInField = { field: 'Phone', property: 'phone', type: 'phone' };
