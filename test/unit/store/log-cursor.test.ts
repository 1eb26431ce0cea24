import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeCursor, encodeCursor } from '../../../src/store/log-cursor.ts';

describe('A cursor of the log', () => {
  it('names any position, in characters that fit a URL', () => {
    const whole = fc.integer({ min: 0, max: 999_999_999_999_999 });
    fc.assert(
      fc.property(whole, whole, (createdAt, seq) => {
        const cursor = encodeCursor({ createdAt, seq });
        assert.match(cursor, /^[\w-]+$/);
        assert.deepEqual(decodeCursor(cursor), { createdAt, seq });
      }),
    );
  });

  it('is refused unless we made it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.throws(() => decodeCursor(text), { code: 'HOOK_CONFIG_INVALID' });
      }),
    );
    for (const text of ['1.', '.1', '1.1.1', '01.1', ' 1.1', '1e3.1', '-0.1', '1.9999999999999999'])
      assert.throws(
        () => decodeCursor(Buffer.from(text).toString('base64url')),
        { code: 'HOOK_CONFIG_INVALID' },
        text,
      );
  });
});
