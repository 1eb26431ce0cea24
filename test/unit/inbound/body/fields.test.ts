import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { collectFields, mergeFields } from '../../../../src/inbound/body/fields.ts';

describe('Fields of a request', () => {
  it('stand in the order in which they were last sent', () => {
    const read = collectFields([
      ['Email', 'first'],
      ['email', 'second'],
      ['Email', 'third'],
    ]);
    assert.ok('fields' in read);
    assert.deepEqual(Object.entries(read.fields), [
      ['email', 'second'],
      ['Email', 'third'],
    ]);
  });

  it('of the body come behind those of the query, also where the query has the name too', () => {
    const merged = mergeFields({ email: 'query', Email: 'query', Phone: '1' }, { email: 'body' });
    assert.deepEqual(Object.entries(merged), [
      ['Email', 'query'],
      ['Phone', '1'],
      ['email', 'body'],
    ]);
  });
});
