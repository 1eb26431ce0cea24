import assert from 'node:assert/strict';
import { areExternalFields, readFieldRow } from '../../../nodes/shared/editor/external-field.ts';

const field = (settings: object = {}): object => ({
  label: 'Number',
  parameter: 'result.number',
  type: 'string',
  favorite: false,
  ...settings,
});

describe('the fields of a group of external data', () => {
  it('are read whatever they are', () => {
    assert.deepEqual(readFieldRow(null), { label: '', parameter: '', type: 'string', favorite: false });
    assert.deepEqual(readFieldRow({ label: 1, parameter: 'a', type: 'list', favorite: 'yes' }), {
      label: '1',
      parameter: 'a',
      type: 'string',
      favorite: false,
    });
  });

  it('need a label and a place, and one of them at least', () => {
    assert.equal(areExternalFields([field()]), true);
    assert.equal(areExternalFields([]), false);
    assert.equal(areExternalFields([field({ label: ' ' })]), false);
    assert.equal(areExternalFields([field({ parameter: 'result..number' })]), false);
    assert.equal(areExternalFields([field({ parameter: '{{result}}' })]), false);
    assert.equal(areExternalFields([field({ parameter: '/result/number' })]), true);
    const many = (count: number): object[] =>
      Array.from({ length: count }, (_, index) => field({ label: `Field ${index}`, parameter: `p${index}` }));
    assert.equal(areExternalFields(many(100)), true);
    assert.equal(areExternalFields(many(101)), false);
  });

  it('can be told apart by people and by tags', () => {
    assert.equal(areExternalFields([field(), field({ parameter: 'result.state' })]), false);
    assert.equal(areExternalFields([field(), field({ label: 'number ', parameter: 'a' })]), false);
    assert.equal(areExternalFields([field(), field({ label: 'Other', parameter: '/result/number' })]), false);
    assert.equal(areExternalFields([field(), field({ label: 'Other', parameter: 'result.state' })]), true);
  });
});
