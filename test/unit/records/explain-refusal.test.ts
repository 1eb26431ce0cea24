import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { HookError } from '../../../src/errors.ts';
import { explainRefusal } from '../../../src/records/explain-refusal.ts';

describe('A refusal of the store', () => {
  it('is a violation where it is due to the record, and never tells of the store', () => {
    const violation = explainRefusal(new HookError('HOOK_STORE_ROW_REFUSED', 'The store x.db: too big.'));
    assert.deepEqual([violation?.field, violation?.path, violation?.rule], ['', '', 'size']);
    assert.doesNotMatch(violation?.message ?? '', /x\.db/);
  });

  it('is none where it is due to the store', () => {
    assert.equal(explainRefusal(new HookError('HOOK_STORE_FULL', 'Full.')), undefined);
    assert.equal(explainRefusal(new Error('HOOK_STORE_ROW_REFUSED')), undefined);
  });
});
