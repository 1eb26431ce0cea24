import { accountName, type DataType } from './data-type.ts';

/** Accounts: added if missing, updated if present. */
export const accounts: DataType = {
  fields: [{ ...accountName, required: true }],
  identifier: [['accountName']],
};
