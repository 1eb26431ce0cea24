import assert from 'node:assert/strict';
import { classify, type RetryOn } from '../../../src/delivery/classify.ts';
import { parseSuccessRule } from '../../../src/delivery/endpoint/success-rule.ts';
import type { TransportErrorCode, TransportResult } from '../../../src/delivery/transport.ts';

const answer = (statusCode: number, headers: Record<string, string> = {}, body = ''): TransportResult => ({
  kind: 'response',
  statusCode,
  headers,
  body: Buffer.from(body),
  isBodyCut: false,
});

const error = (code: TransportErrorCode): TransportResult => ({ kind: 'error', code, message: 'It failed.' });

const judge = (result: TransportResult, success = '2xx', retryOn: RetryOn = 'failure') =>
  classify(result, { success: parseSuccessRule(success)!, retryOn });

describe('The success rule', () => {
  const cases: readonly [rule: string, succeeding: number[], failing: number[]][] = [
    ['2xx', [200, 201, 202, 204, 299], [199, 300, 302, 404, 500]],
    ['200', [200], [201, 202, 204, 302, 500]],
    ['200,201,204', [200, 201, 204], [202, 300, 500]],
    [' 2XX ', [204], [301]],
    ['302', [302], [200]],
  ];
  for (const [rule, succeeding, failing] of cases) {
    it(`"${rule}" takes ${succeeding.join()} and not ${failing.join()}`, () => {
      for (const code of succeeding) assert.equal(judge(answer(code), rule).kind, 'succeeded');
      for (const code of failing) assert.equal(judge(answer(code), rule).kind, 'failed');
    });
  }
  for (const text of [
    '',
    '2x',
    '3xx',
    '2xx,404',
    '200,',
    '20',
    '200 201',
    '600',
    '099',
    '200;201',
    '2000',
    'any',
  ]) {
    it(`"${text}" is none`, () => assert.equal(parseSuccessRule(text), undefined));
  }
});

describe('classify', () => {
  const retried = (result: TransportResult, retryOn: RetryOn) => {
    const outcome = judge(result, '2xx', retryOn);
    return outcome.kind === 'failed' && outcome.retryable;
  };
  it('retries any answered failure where the endpoint says so', () => {
    for (const code of [301, 400, 401, 404, 410, 422, 429, 500]) assert.ok(retried(answer(code), 'failure'));
  });
  it('retries only what may pass where the endpoint says so', () => {
    for (const code of [408, 425, 429, 500, 502, 503, 599]) assert.ok(retried(answer(code), 'transient'));
    for (const code of [301, 400, 401, 403, 404, 410, 413, 422])
      assert.ok(!retried(answer(code), 'transient'));
  });
  it('retries every network failure, and never a request that cannot be formed', () => {
    const codes = ['timeout', 'dns', 'connect', 'reset', 'tls', 'protocol', 'other'] as const;
    for (const retryOn of ['failure', 'transient'] as const) {
      for (const code of codes) assert.ok(retried(error(code), retryOn), code);
      assert.ok(!retried(error('request'), retryOn));
    }
  });
  it('keeps what the receiver said', () => {
    assert.deepEqual(judge(answer(200, {}, 'tänk you')), {
      kind: 'succeeded',
      statusCode: 200,
      response: 'tänk you',
    });
  });
  it('shows the words of the error where no answer came, and no status code', () => {
    const outcome = judge(error('timeout'));
    assert.equal(outcome.response, 'It failed.');
    assert.equal(outcome.statusCode, undefined);
  });
  it('tells of a redirect only the host it points to', () => {
    const outcome = judge(answer(302, { location: 'https://user:pw@login.example/secret/path?token=1#x' }));
    assert.ok(outcome.kind === 'failed');
    assert.match(outcome.message, /302 and points to login\.example; redirects are not followed/);
    assert.doesNotMatch(outcome.message, /secret|token|pw|user/);
  });
  it('tells of one without a scheme too', () => {
    const outcome = judge(answer(302, { location: '//169.254.169.254/secret' }));
    assert.match(outcome.kind === 'failed' ? outcome.message : '', /points to 169\.254\.169\.254;/);
  });
  it('tells of no host that is longer than one can be', () => {
    const outcome = judge(answer(302, { location: `foo://${'a'.repeat(60_000)}/` }), '2xx');
    assert.ok(outcome.kind === 'failed');
    assert.ok(outcome.message.length < 200, outcome.message.slice(0, 300));
  });
  it('survives a location that is no URL, or one without a host', () => {
    for (const location of ['/relative', 'relative', '?a=1', '', ':::', 'http://', '//', 'mailto:a@b'])
      assert.match(JSON.stringify(judge(answer(302, { location }))), /answered 302, which/);
  });
});
