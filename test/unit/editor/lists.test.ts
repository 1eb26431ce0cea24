import assert from 'node:assert/strict';
import { isHeader } from '../../../nodes/shared/editor/header.ts';
import { toIds } from '../../../src/delivery/endpoint/endpoint-ids.ts';
import { areMappingFields } from '../../../nodes/shared/editor/mapping-field.ts';

describe('isHeader', () => {
  it('takes headers that can be sent', () => {
    for (const header of [
      { name: 'X-Team', value: 'cx' },
      { name: 'X-Team', value: '' },
      { name: '${NAME}', value: '${VALUE}' },
    ])
      assert.ok(isHeader(header), JSON.stringify(header));
  });

  it('refuses names and values that no header can have, and those the delivery sets', () => {
    for (const header of [
      { name: '', value: 'x' },
      { name: 'X Team', value: 'x' },
      { name: 'X-Team', value: 'a\r\nEvil: 1' },
      { name: 'X-Team', value: '☃' },
      { name: 'Host', value: 'example.com' },
      undefined,
    ])
      assert.ok(!isHeader(header), JSON.stringify(header));
  });
});

describe('areMappingFields', () => {
  const field = { field: 'Segment', property: 'segment' };

  it('takes an empty list and fields with sound rules', () => {
    assert.ok(areMappingFields([]));
    assert.ok(areMappingFields([{ ...field, pattern: '^[A-Z]{2}$', maxLength: 2 }]));
  });

  it('refuses what cannot be checked, is there twice or is not safe to set', () => {
    for (const fields of [
      [{ field: 'Segment' }],
      [{ property: 'segment' }],
      [{ ...field, pattern: '(' }],
      [{ ...field, maxLength: 0 }],
      [field, { field: ' SEGMENT ', property: 'other' }],
      [field, { field: 'Other', property: 'segment' }],
      [{ field: 'Segment', property: '__proto__' }],
    ])
      assert.ok(!areMappingFields(fields), JSON.stringify(fields));
  });
});

describe('toIds', () => {
  it('reads a list, and the text that the editor makes of a list of one', () => {
    assert.deepEqual(toIds(['a', 'b']), ['a', 'b']);
    assert.deepEqual(toIds('a'), ['a']);
    assert.deepEqual(toIds(''), []);
    assert.deepEqual(toIds(undefined), []);
  });
});
