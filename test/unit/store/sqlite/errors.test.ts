import assert from 'node:assert/strict';
import { HookError, type HookErrorCode } from '../../../../src/errors.ts';
import { fromWire, storeError, toWire } from '../../../../src/store/sqlite/errors.ts';

const sqliteError = (errcode: number): Error =>
  Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode });

const CODES: readonly (readonly [number, HookErrorCode])[] = [
  [5, 'HOOK_STORE_UNAVAILABLE'],
  [8, 'HOOK_STORE_UNAVAILABLE'],
  [10, 'HOOK_STORE_UNAVAILABLE'],
  [10 | (4 << 8), 'HOOK_STORE_UNAVAILABLE'],
  [11, 'HOOK_STORE_CORRUPT'],
  [13, 'HOOK_STORE_FULL'],
  [19 | (5 << 8), 'HOOK_STORE_ROW_REFUSED'],
  [26, 'HOOK_STORE_CORRUPT'],
  [1, 'HOOK_INVARIANT'],
];

describe('What SQLite throws', () => {
  for (const [errcode, code] of CODES)
    it(`with the code ${errcode} is ${code}`, () => {
      const error = storeError(sqliteError(errcode), 'hooks.db');
      assert.equal(error.code, code);
      assert.match(error.message, /^The store hooks\.db: /);
    });

  it('is left as it is where it is an error of ours', () => {
    const error = new HookError('HOOK_CONFIG_INVALID', 'No.');
    assert.equal(storeError(error, 'hooks.db'), error);
  });

  it('crosses from a thread with code, message and details', () => {
    const error = new HookError('HOOK_STORE_FULL', 'Full.', { details: { resultCode: 13 } });
    const arrived = fromWire(structuredClone(toWire(error)));
    assert.ok(arrived instanceof HookError);
    assert.deepEqual(
      [arrived.code, arrived.message, arrived.details],
      [error.code, error.message, error.details],
    );
  });
});
