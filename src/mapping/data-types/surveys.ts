import { contacts } from './contacts.ts';
import type { DataType } from './data-type.ts';

/** Survey invitations, with account and contact data from the store where they are not sent. */
export const surveys: DataType = {
  ...contacts,
  fields: [...contacts.fields, { field: 'Touchpoint', property: 'touchpoint', type: 'string', isName: true }],
  isAutoPopulated: true,
};
