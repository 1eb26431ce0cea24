import { accountName, type DataType } from './data-type.ts';

/** Other names that accounts go by. */
export const accountAliases: DataType = {
  fields: [
    { ...accountName, required: true },
    { field: 'Alias', property: 'alias', type: 'string', required: true, isName: true },
  ],
  identifier: [['alias']],
};
