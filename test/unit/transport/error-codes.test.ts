import assert from 'node:assert/strict';
import { errors } from 'undici';
import { codeOf } from '../../../src/transport/error-codes.ts';

const failure = (code: string) => Object.assign(new Error('connect 10.0.0.1:443 S3CR3T'), { code });

describe('codeOf', () => {
  const cases: readonly [code: string, expected: string][] = [
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['EAI_FAIL', 'dns'],
    ['ESERVFAIL', 'dns'],
    ['EHOSTUNREACH', 'connect'],
    ['UND_ERR_CONNECT_TIMEOUT', 'connect'],
    ['EPIPE', 'reset'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['UND_ERR_CLOSED', 'aborted'],
    ['ESOMETHING', 'other'],
    ['constructor', 'other'],
  ];
  for (const [code, expected] of cases)
    it(`takes ${code} for ${expected}`, () => assert.equal(codeOf(failure(code)), expected));

  it('looks into what an error was caused by, and into an attempt on several addresses', () => {
    assert.equal(codeOf(new Error('x', { cause: failure('ECONNRESET') })), 'reset');
    assert.equal(codeOf(new AggregateError([failure('ECONNREFUSED'), failure('EPERM')])), 'connect');
  });
  it('takes an interim answer that nobody asked for for no HTTP, and not for a closed connection', () => {
    for (const words of ['bad response', 'bad upgrade'])
      assert.equal(codeOf(new errors.SocketError(words)), 'protocol');
    assert.equal(codeOf(new errors.SocketError('other side closed')), 'reset');
    assert.equal(codeOf(failure('ERR_ASSERTION')), 'protocol');
  });
  it('survives what is no error', () => {
    for (const thrown of [undefined, null, 'text', 5, {}, new AggregateError([])])
      assert.equal(codeOf(thrown), 'other');
  });
});
