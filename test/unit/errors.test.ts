import assert from 'node:assert/strict';
import { HOOK_ERRORS, HookError, type HookErrorCode } from '../../src/errors.ts';

describe('HookError', () => {
  it('knows from its code whether the same call may succeed later', () => {
    for (const [code, { retryable }] of Object.entries(HOOK_ERRORS))
      assert.equal(new HookError(code as HookErrorCode, 'x').retryable, retryable);
    assert.equal(new HookError('HOOK_STORE_OVERLOADED', 'x').retryable, true);
    assert.equal(new HookError('HOOK_CONFIG_INVALID', 'x').retryable, false);
  });
  it('carries what it was caused by and its details, and is an Error by its own name', () => {
    const cause = new Error('below');
    const error = new HookError('HOOK_INVARIANT', 'It broke.', { cause, details: { id: 1 } });
    assert.ok(error instanceof Error);
    assert.equal(String(error), 'HookError: It broke.');
    assert.equal(error.cause, cause);
    assert.deepEqual(error.details, { id: 1 });
    assert.equal('cause' in new HookError('HOOK_INVARIANT', 'x'), false);
  });
  it('has a code that begins with its kind', () => {
    const prefixes = {
      config: 'CONFIG',
      store: 'STORE',
      transport: 'TRANSPORT',
      signature: 'SIGNATURE',
      message: 'MESSAGE',
      invariant: 'INVARIANT',
    };
    for (const [code, { kind }] of Object.entries(HOOK_ERRORS))
      assert.ok(code.startsWith(`HOOK_${prefixes[kind]}`), code);
  });
});
