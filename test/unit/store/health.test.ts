import assert from 'node:assert/strict';
import { HookError } from '../../../src/errors.ts';
import { Health } from '../../../src/store/health.ts';
import type { StoreHealth } from '../../../src/store/hook-store.ts';

const full = new HookError('HOOK_STORE_FULL', 'Full.');

describe('The health of a store', () => {
  it('tells of each change once, until nobody listens', () => {
    const health = new Health();
    const told: StoreHealth[] = [];
    const stop = health.listen((now) => told.push(now));
    health.up();
    health.down(full);
    health.down(full);
    health.up();
    health.up();
    assert.deepEqual(told, [{ isUp: false, error: full }, { isUp: true }]);
    stop();
    health.down(full);
    assert.equal(told.length, 2);
    assert.deepEqual(health.now, { isUp: false, error: full });
  });

  it('tells when the reason changes', () => {
    const health = new Health();
    const codes: string[] = [];
    health.listen((now) => codes.push(now.isUp ? 'up' : now.error.code));
    health.down(full);
    health.down(new HookError('HOOK_STORE_UNAVAILABLE', 'Gone.'));
    assert.deepEqual(codes, ['HOOK_STORE_FULL', 'HOOK_STORE_UNAVAILABLE']);
  });
});
