import assert from 'node:assert/strict';
import { encodeContent } from '../../src/delivery/content.ts';
import type { EndpointSettings } from '../../src/delivery/endpoint/endpoint-settings.ts';
import type { TestFireResult, TestSample } from '../../src/delivery/test-fire/test-fire.ts';
import { TestFires } from '../../src/delivery/test-fire/test-fires.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { sampleMessage } from '../../src/survey/sample/sample-message.ts';
import { UndiciTransport } from '../../src/transport/undici-transport.ts';
import { makeCertificate } from '../support/certificate.ts';
import { anEndpoint } from '../support/deliveries.ts';
import { freePort } from '../support/ports.ts';
import { Receiver, type ReceivedRequest } from '../support/receiver.ts';
import { secretDirectory } from '../support/signing-secrets.ts';
import { TlsReceiver } from '../support/tls-receiver.ts';
import { until } from '../support/until.ts';

const never = new AbortController().signal;

describe('A test fire', () => {
  let receiver: Receiver;
  let transport: UndiciTransport;
  let fires: TestFires;

  before(async () => (receiver = await Receiver.start()));
  after(() => receiver.stop());
  beforeEach(() => {
    receiver.requests.length = 0;
    receiver.answer(() => ({ body: 'ok' }));
    transport = new UndiciTransport(systemClock);
    fires = new TestFires({ transport, clock: systemClock });
  });
  afterEach(() => transport.close());

  function sample(contentType: 'json' | 'form' = 'json'): TestSample {
    const message = sampleMessage('cio-pulse', { id: 'test_1', now: Date.now() });
    const content = encodeContent(message.payload, contentType);
    return { webhookId: 'test_1', content, message, headers: [['Idempotency-Key', '{{delivery.id}}']] };
  }

  async function fire(settings: Partial<EndpointSettings> = {}): Promise<TestFireResult> {
    const endpoint = anEndpoint({ url: receiver.url, ...settings }, secretDirectory());
    const result = await fires.fire(endpoint, sample(endpoint.contentType), never);
    assert.ok(result);
    return result;
  }

  const only = (): ReceivedRequest => {
    const [request, ...more] = receiver.requests;
    assert.ok(request);
    assert.equal(more.length, 0);
    return request;
  };

  it('goes out as a delivery does, marked as a test', async () => {
    const result = await fire({
      url: `${receiver.url}/tickets/{{survey.ticketId}}?name={{survey.surveyName}}`,
      method: 'PUT',
      headers: [{ name: 'X-Score', value: '{{score}}-{{external.Tracker.result.key}}' }],
      signing: 'secret',
      auth: 'bearer',
      credentials: { token: 'bearer-token' },
    });
    assert.deepEqual({ ...result, durationMs: 0 }, OK);
    const { method, path, headers, body } = only();
    assert.equal(method, 'PUT');
    assert.equal(path, '/tickets/0?name=Test%20of%20Survey%20Hooks');
    assert.equal(headers['x-survey-hooks-test'], 'true');
    assert.equal(headers['webhook-id'], 'test_1');
    assert.match(String(headers['webhook-signature']), /^v1,/);
    assert.equal(headers['authorization'], 'Bearer bearer-token');
    assert.equal(headers['x-score'], '9-0');
    assert.match(String(headers['idempotency-key']), /^[0-9a-f-]{36}$/);
    assert.equal((JSON.parse(body.toString()) as Record<string, string>)['Webhook_ID'], 'test_1');
  });

  it('has no body where the endpoint’s method has none, and is a form where it sends forms', async () => {
    await fire({ method: 'GET' });
    await fire({ contentType: 'form' });
    const [first, second] = receiver.requests;
    assert.equal(first?.body.length, 0);
    assert.equal(first.headers['x-survey-hooks-test'], 'true');
    assert.equal(new URLSearchParams(second?.body.toString()).get('Webhook_ID'), 'test_1');
  });

  const answers: readonly [status: number, success: string, ok: boolean, error: RegExp][] = [
    [200, '2xx', true, /^$/],
    [204, '2xx', true, /^$/],
    [201, '200', false, /answered 201, which the endpoint's success rule/],
    [500, '2xx', false, /answered 500/],
    [302, '2xx', false, /answered 302 and points to elsewhere\.example; redirects are not followed/],
    [404, '200,404', true, /^$/],
  ];
  for (const [status, success, ok, error] of answers)
    it(`is ${ok ? '' : 'not '}ok with ${status} where ${success} is a success`, async () => {
      const headers = { location: 'https://elsewhere.example/S3CR3T' };
      receiver.answer(() => ({ status, headers, body: status === 204 ? '' : 'words' }));
      const result = await fire({ success });
      assert.deepEqual([result.ok, result.statusCode], [ok, status]);
      assert.equal(result.body, status === 204 ? '' : 'words');
      assert.match(result.error, error);
      assert.doesNotMatch(result.error, /S3CR3T/);
    });

  it('ends with the endpoint’s own timeout where the receiver hangs', async () => {
    receiver.answer(() => ({ kind: 'hang' }));
    const result = await fire({ timeout: 80 });
    assert.deepEqual([result.ok, result.statusCode, result.body], [false, undefined, '']);
    assert.match(result.error, /did not answer completely in the time allowed/);
    assert.ok(result.durationMs >= 70 && result.durationMs < 2000, `${result.durationMs} ms`);
  });

  it('shows 64 KB of an answer at most', async () => {
    receiver.answer(() => ({ kind: 'flood', bytes: 200_000 }));
    const { ok, body } = await fire();
    assert.ok(ok);
    assert.equal(body.length, 65_536);
  });

  it('is sent to no address that the endpoint may not call', async () => {
    const result = await fire({ network: 'public' });
    assert.match(result.error, /The endpoint leads to .*loopback/);
    assert.equal(receiver.requests.length, 0);
  });

  it('tells what keeps it from the receiver', async () => {
    const closed = await fire({ url: `http://127.0.0.1:${await freePort()}/S3CR3T` });
    assert.match(closed.error, /No connection to the receiver/);
    const tls = await TlsReceiver.start(await makeCertificate());
    const untrusted = await fire({ url: `${tls.url}/S3CR3T` });
    await tls.stop();
    assert.match(untrusted.error, /no certificate that can be trusted/);
    assert.equal(tls.calls.length, 0);
    receiver.answer(() => ({ kind: 'reset' }));
    assert.match((await fire()).error, /closed the connection/);
    const unfilled = await fire({ url: `${receiver.url}/{{survey.nothing}}` });
    assert.match(unfilled.error, /needs \{\{survey\.nothing\}\}, which has no value/);
    for (const { error, statusCode } of [closed, untrusted, unfilled]) {
      assert.doesNotMatch(error, /S3CR3T|127\.0\.0\.1|localhost/);
      assert.equal(statusCode, undefined);
    }
  });

  /** An echo service, which tells all that it was sent. */
  const echo = ({ path, rawHeaders, body }: ReceivedRequest) => ({
    body: JSON.stringify({
      path,
      segments: path.split(/[/?&=]/).map(decodeURIComponent),
      rawHeaders,
      words: rawHeaders.flatMap((text) => text.split(' ')),
      decoded: rawHeaders.map((text) => Buffer.from(text.replace(/^Basic /, ''), 'base64').toString()),
      text: body.toString(),
    }),
  });
  const S3CR3T = 'S3/CR+3T "ü"';
  const secrets: readonly [name: string, settings: Partial<EndpointSettings>, hidden: readonly string[]][] = [
    [
      'user name and password',
      { auth: 'basic', credentials: { username: 'key-as-name', password: S3CR3T } },
      ['key-as-name', S3CR3T],
    ],
    ['token', { auth: 'bearer', credentials: { token: 'S3CR3T.+/=' } }, ['S3CR3T.+/=']],
    [
      'value of a header',
      { auth: 'header', authHeader: 'X-Key', credentials: { headerValue: 'S3CR3T' } },
      ['S3CR3T'],
    ],
    [
      'variable in a header',
      { headers: [{ name: 'X-Part', value: 'a {{env.PART}}' }], readEnv: () => 'S3CR3T' },
      ['S3CR3T'],
    ],
    [
      'variable behind the name of a scheme',
      { headers: [{ name: 'Authorization', value: 'Bearer {{env.TOKEN}}' }], readEnv: () => 'S3CR3T' },
      ['S3CR3T'],
    ],
    ['text in a header of its own', { headers: [{ name: 'X-Plain', value: 'S3CR3T' }] }, ['S3CR3T']],
    ['signature', { signing: 'secret' }, []],
  ];
  for (const [name, settings, hidden] of secrets)
    it(`shows no ${name} that a receiver sends back`, async () => {
      receiver.answer(echo);
      const { ok, body } = await fire(settings);
      assert.ok(ok);
      const { text, rawHeaders } = JSON.parse(body) as { text: string; rawHeaders: string[] };
      for (const secret of hidden)
        assert.ok(!body.includes(secret) && !body.includes(base64Of(secret)), body);
      assert.ok(rawHeaders.some((header) => header.includes('[secret]')));
      const sent = only();
      for (const header of ['authorization', 'x-key', 'x-part', 'x-plain', 'webhook-signature'])
        if (sent.headers[header] !== undefined)
          assert.ok(!body.includes(JSON.stringify(sent.headers[header])));
      assert.match(text, /"Webhook_ID":"test_1"/);
    });

  it('shows nothing of a secret URL that a receiver sends back', async () => {
    receiver.answer(echo);
    const secretUrl = `${receiver.url}/hooks/T0PS3CR3T/b%20c%2Fd3?key=k3y%2Bval`;
    const { ok, body } = await fire({ credentials: { secretUrl } });
    assert.ok(ok);
    assert.doesNotMatch(body, /T0PS3CR3T|b%20c|b c\/d3|k3y/);
    const plain = await fire({
      url: `${receiver.url}/tickets/{{env.PATH_KEY}}?key=k3y%2Bval`,
      readEnv: () => 'pä/th',
    });
    assert.doesNotMatch(plain.body, /pä\/th|p%C3%A4|k3y/);
    assert.match(plain.body, /tickets/);
  });

  it('lets four be under way at once', async () => {
    receiver.hold();
    const underWay = Array.from({ length: 4 }, () => fire());
    await receiver.waitFor(4);
    assert.equal(await fires.fire(anEndpoint({ url: receiver.url }), sample(), never), undefined);
    receiver.release();
    assert.ok((await Promise.all(underWay)).every(({ ok }) => ok));
    assert.ok((await fire()).ok);
    assert.equal(receiver.requests.length, 5);
  });

  it('ends when nobody waits for it any more', async () => {
    receiver.answer(() => ({ kind: 'hang' }));
    const gone = new AbortController();
    const fired = fires.fire(anEndpoint({ url: receiver.url }), sample(), gone.signal);
    await receiver.waitFor(1);
    gone.abort();
    assert.equal((await fired)?.ok, false);
    await until(() => only().end === 'cut', { what: () => 'the connection to be cut' });
  });
});

const OK: TestFireResult = { ok: true, statusCode: 200, durationMs: 0, body: 'ok', error: '' };

const base64Of = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
