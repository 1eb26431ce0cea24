import { accountName, type DataType } from './data-type.ts';

const name = { type: 'string', isName: true } as const;

/** What happened with an account: the base for noticing that nothing does. */
export const activities: DataType = {
  fields: [
    { ...accountName, required: true },
    { ...name, field: 'Reference', property: 'reference', required: true, maxLength: 128 },
    { ...name, field: 'Source', property: 'source', required: true, maxLength: 100 },
    { ...name, field: 'Type', property: 'type', required: true, maxLength: 100 },
    { ...name, field: 'Contact', property: 'contact' },
    { field: 'Happened At', property: 'happenedAt', type: 'date-time', isNowByDefault: true },
  ],
  identifier: [['reference']],
};
