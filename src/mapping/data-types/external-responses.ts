import { CONTACT_KEYS, email, phone, type DataType } from './data-type.ts';

/** Survey responses that were given in another system. */
export const externalResponses: DataType = {
  fields: [
    email,
    phone,
    { field: 'Sent Date', property: 'sentDate', type: 'date-time', required: true },
    { field: 'Response Date', property: 'responseDate', type: 'date-time', required: true },
    { field: 'Score', property: 'score', type: 'integer', minimum: 0, maximum: 10 },
    { field: 'Comment', property: 'comment', type: 'string' },
  ],
  oneOf: CONTACT_KEYS,
  identifier: [CONTACT_KEYS, ['responseDate']],
  order: { earlier: 'sentDate', later: 'responseDate' },
};
