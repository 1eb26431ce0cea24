import { accountAliases } from './account-aliases.ts';
import { accounts } from './accounts.ts';
import { activities } from './activities.ts';
import { contacts } from './contacts.ts';
import type { DataType } from './data-type.ts';
import { externalResponses } from './external-responses.ts';
import { multiObject } from './multi-object.ts';
import { surveys } from './surveys.ts';

/** The kinds of records that a mapping can be for, by the name its setting uses. */
export const DATA_TYPES = {
  accounts,
  contacts,
  surveys,
  'multi-object': multiObject,
  'account-aliases': accountAliases,
  activities,
  'external-responses': externalResponses,
} as const satisfies Record<string, DataType>;

export type DataTypeId = keyof typeof DATA_TYPES;
