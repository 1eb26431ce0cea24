import assert from 'node:assert/strict';
import { AdminApiError } from '../../../nodes/shared/editor/admin-api.ts';
import { readTestAnswer, testRefusal } from '../../../nodes/shared/editor/test-answer.ts';

const words = (key: string): string => key;

describe('the answer to a test', () => {
  it('is read whatever it is', () => {
    const nothing = { isOk: false, statusCode: null, durationMs: 0, body: '', error: '' };
    assert.deepEqual(readTestAnswer(null), nothing);
    assert.deepEqual(readTestAnswer({ ok: 'yes', statusCode: '200', body: {} }), nothing);
    assert.deepEqual(readTestAnswer({ ok: true, statusCode: 201, durationMs: 7, body: '{}', error: null }), {
      isOk: true,
      statusCode: 201,
      durationMs: 7,
      body: '{}',
      error: '',
    });
  });

  it('says what to do where no test was sent', () => {
    const refused = (status: number, code = '', message = ''): string =>
      testRefusal(new AdminApiError(status, { code, message }), words);
    assert.equal(refused(409, 'credentials_needed', 'x'), 'webhook-endpoint.test.credentials');
    assert.equal(refused(403, 'forbidden', 'x'), 'webhook-endpoint.test.forbidden');
    assert.equal(refused(429, 'busy', 'Four are under way.'), 'Four are under way.');
    assert.equal(refused(0), 'webhook-endpoint.test.unreachable');
    assert.throws(() => testRefusal(new TypeError('a mistake'), words), TypeError);
  });
});
