import { accountName, CONTACT_KEYS, email, phone, type DataType } from './data-type.ts';

/** Contacts: added if missing, updated if present. */
export const contacts: DataType = {
  fields: [
    email,
    phone,
    { field: 'First Name', property: 'firstName', type: 'string', isName: true },
    { field: 'Last Name', property: 'lastName', type: 'string', isName: true },
    accountName,
  ],
  oneOf: CONTACT_KEYS,
  identifier: [CONTACT_KEYS],
};
