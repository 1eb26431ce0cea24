import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { HookSigning } from '../../../src/inbound/hook-signing.ts';
import type { InboundHook } from '../../../src/inbound/hook.ts';
import type { SchemeId } from '../../../src/signature/scheme-facts.ts';
import type { Verification } from '../../../src/signature/scheme.ts';
import type { SigningSecretSettings } from '../../../src/signature/signing-secret-settings.ts';
import type { SigningSecret } from '../../../src/signature/signing-secret.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { credentials, GateServer } from '../../support/gate-server.ts';
import { basicAuth, call, type Response } from '../../support/http.ts';
import { aSigningSecret } from '../../support/signing-secrets.ts';

const KEY = "It's a Secret to Everybody";
const REFUSED = '{"error":{"code":"unauthorized","message":"The credentials are missing or wrong."}}';

const secretOf = (scheme: SchemeId, settings: Partial<SigningSecretSettings> = {}): SigningSecret =>
  aSigningSecret({ scheme, credentials: { secret: KEY }, ...settings });

/** GitHub's header for a body. */
const signed = (body: string | Uint8Array, key = KEY) => ({
  'content-type': 'application/json',
  'x-hub-signature-256': `sha256=${createHmac('sha256', key).update(body).digest('hex')}`,
});

describe('A hook that verifies signatures', () => {
  const clock = new FakeClock();
  let server: GateServer;
  let secret: SigningSecret | undefined;
  let checks: Verification[];
  const signing: HookSigning = {
    findSecret: () => secret,
    onChecked: (verification) => void checks.push(verification),
  };

  beforeEach(async () => {
    server = await GateServer.start({ clock });
    secret = secretOf('github');
    checks = [];
  });
  afterEach(async () => server.stop());

  const claim = (changes: Partial<InboundHook> = {}): void =>
    server.claimOpen('a', { signing, methods: ['GET', 'POST', 'PUT'], ...changes });
  const post = (request: Parameters<typeof call>[1] = {}, where = '/hooks/a') =>
    call(`${server.url}${where}`, { method: 'POST', ...request });
  const reasons = (): string[] => checks.map((check) => (check.verified ? 'verified' : check.reason));

  function assertRefused({ status, text, headers }: Response): void {
    assert.deepEqual([status, text], [401, REFUSED]);
    assert.equal(headers.get('www-authenticate'), null);
    assert.deepEqual(server.events, []);
  }

  it('takes what was signed, to the byte, and says with which key', async () => {
    claim();
    const body = '{"a": 1 }';
    assert.equal((await post({ body, headers: signed(body) })).status, 200);
    const [event] = server.events;
    assert.deepEqual(event?.payload, { a: 1 });
    assert.equal(event.rawBody.toString(), body);
    assert.deepEqual(event.signature, { scheme: 'github', keyUsed: 'current', signsUrl: false });
    assert.deepEqual(reasons(), ['verified']);
  });

  it('takes nothing of a query that is not signed, and leaves it beside what is', async () => {
    claim();
    const where = '/hooks/a?role=admin&a=9';
    assert.equal((await post({ body: '{"a":1}', headers: signed('{"a":1}') }, where)).status, 200);
    assert.equal((await post({ body: '[1]', headers: signed('[1]') }, where)).status, 200);
    assert.equal((await post({ method: 'PUT', headers: signed('') }, where)).status, 200);
    assert.deepEqual(
      server.events.map(({ payload, query }) => ({ payload, query: { ...query } })),
      [{ a: 1 }, [1], {}].map((payload) => ({ payload, query: { role: 'admin', a: '9' } })),
    );
  });

  for (const [what, template, payload] of [
    ['takes a query that a template signs', '{{url}}{{body}}', { role: 'admin', a: 1 }],
    ['takes nothing of a query that a template does not sign', '{{method}}{{body}}', { a: 1 }],
  ] as const)
    it(what, async () => {
      secret = secretOf('generic', { template, header: 'X-Signature' });
      claim();
      const where = '/hooks/a?role=admin';
      const body = '{"a":1}';
      const text = template === '{{url}}{{body}}' ? `${server.url}${where}${body}` : `POST${body}`;
      const signature = createHmac('sha256', KEY).update(text).digest('hex');
      const headers = { 'content-type': 'application/json', 'x-signature': signature };
      assert.equal((await post({ body, headers }, where)).status, 200);
      assert.deepEqual(server.events[0]?.payload, payload);
    });

  it('refuses what was changed or not signed, with the words that wrong credentials get', async () => {
    claim();
    assertRefused(await post({ body: '{"a":1}', headers: signed('{"a": 1 }') }));
    assertRefused(await post({ body: { a: 1 } }));
    assertRefused(await post({ body: '{}', headers: signed('{}', 'another') }));
    server.gate.claim(server.hook({ id: 'b' }));
    assert.equal((await post({ body: {} }, '/hooks/b')).text, REFUSED);
    assert.deepEqual(reasons(), ['mismatch', 'signature-missing', 'mismatch']);
  });

  it('parses nothing of an unverified sender: not its body, its query or its compression', async () => {
    claim();
    const json = { 'content-type': 'application/json' };
    assertRefused(await post({ body: '{', headers: json }));
    assertRefused(await post({ body: '{', headers: signed('{', 'another') }));
    assertRefused(await post({ body: '{}', headers: json }, '/hooks/a?x=%zz'));
    const bomb = gzipSync(Buffer.alloc(1_000_000, 'a'));
    assertRefused(await post({ body: bomb, headers: { ...json, 'content-encoding': 'gzip' } }));
  });

  it('says of a verified sender’s body what is wrong with it', async () => {
    claim();
    assert.match((await post({ body: '{', headers: signed('{') })).text, /malformed_json/);
    assert.match(
      (await post({ body: '{}', headers: signed('{}') }, '/hooks/a?x=%zz')).text,
      /malformed_query/,
    );
  });

  it('judges limits and types before signatures, and reads no more than them', async () => {
    claim({ bodyLimit: 10 });
    const long = JSON.stringify('x'.repeat(20));
    assert.equal((await post({ body: long, headers: signed(long) })).status, 413);
    assert.equal(
      (await post({ body: 'x', headers: { ...signed('x'), 'content-type': 'text/plain' } })).status,
      415,
    );
    assert.deepEqual(checks, []);
  });

  it('verifies over the wire’s bytes of a compressed body', async () => {
    claim();
    const body = gzipSync('{"a":1}');
    const gzip = { 'content-encoding': 'gzip' };
    assertRefused(await post({ body, headers: { ...signed('{"a":1}'), ...gzip } }));
    assert.equal((await post({ body, headers: { ...signed(body), ...gzip } })).status, 200);
    assert.deepEqual(server.events[0]?.payload, { a: 1 });
  });

  for (const method of ['GET', 'PUT'])
    it(`verifies a ${method} without a body over no bytes`, async () => {
      claim();
      assertRefused(await post({ method, headers: signed('x') }, '/hooks/a?Email=a@b.c'));
      assert.equal((await post({ method, headers: signed('') }, '/hooks/a?Email=a@b.c')).status, 200);
      assert.deepEqual({ ...server.events[0]?.query }, { Email: 'a@b.c' });
    });

  it('verifies a body that comes in chunks, also an empty one', async () => {
    claim();
    for (const chunks of [['{"a"', ': 1 }'], []]) {
      const answer = await inChunks(chunks, signed(chunks.join('')));
      assert.equal(answer, 200, chunks.join(''));
      assert.equal(await inChunks(chunks, signed('other')), 401);
    }
    assert.deepEqual(
      server.events.map(({ rawBody }) => rawBody.toString()),
      ['{"a": 1 }', ''],
    );
  });

  const inChunks = (
    chunks: readonly string[],
    headers: Record<string, string>,
  ): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const outgoing = httpRequest(`${server.url}/hooks/a`, { method: 'POST', headers });
      outgoing.setHeader('Transfer-Encoding', 'chunked');
      outgoing.once('error', reject).once('response', (answer) => resolve(answer.resume().statusCode));
      for (const chunk of chunks) outgoing.write(chunk);
      outgoing.end();
    });

  it('asks for the password first, and for the signature too', async () => {
    server.gate.claim(server.hook({ id: 'a', signing }));
    const challenged = await post({ body: '{}', headers: signed('{}') });
    assert.deepEqual([challenged.status, challenged.text], [401, REFUSED]);
    assert.ok(challenged.headers.has('www-authenticate'));
    assert.deepEqual(checks, []);
    assertRefused(await post({ basic: credentials, body: {} }));
    assert.equal((await post({ basic: credentials, body: '{}', headers: signed('{}') })).status, 200);
  });

  it('takes the secret as it is when the body is there', async () => {
    claim();
    const body = '{"a":1}';
    const connection = await server.connect();
    const head = Object.entries(signed(body)).map(([name, value]) => `${name}: ${value}`);
    connection.send(['POST /hooks/a HTTP/1.1', 'Host: x', `Content-Length: ${body.length}`, ...head], '{"a"');
    await call(`${server.url}/elsewhere`);
    secret = undefined;
    connection.socket.write(body.slice(4));
    await connection.waitFor(REFUSED);
    assert.deepEqual(reasons(), ['secret-missing']);
    connection.close();
  });

  it('says which of two secrets was used', async () => {
    secret = secretOf('github', { credentials: { secret: 'new', previousSecret: KEY } });
    claim();
    assert.equal((await post({ body: '{}', headers: signed('{}') })).status, 200);
    assert.equal((await post({ body: '{}', headers: signed('{}', 'new') })).status, 200);
    assert.deepEqual(
      server.events.map(({ signature }) => signature?.keyUsed),
      ['previous', 'current'],
    );
  });

  it('refuses what is older or newer than the tolerance', async () => {
    secret = secretOf('slack', { tolerance: 60 });
    claim();
    const body = '{}';
    const send = (ageS: number) => {
      const timestamp = String(clock.now() / 1000 - ageS);
      const signature = createHmac('sha256', KEY).update(`v0:${timestamp}:${body}`).digest('hex');
      return post({
        body,
        headers: {
          'content-type': 'application/json',
          'x-slack-request-timestamp': timestamp,
          'x-slack-signature': `v0=${signature}`,
        },
      });
    };
    assertRefused(await send(61));
    assertRefused(await send(-61));
    assert.equal((await send(60)).status, 200);
    assert.deepEqual(reasons(), ['timestamp-too-old', 'timestamp-too-new', 'verified']);
  });

  it('verifies headers as they came, and hands over the password masked', async () => {
    const authorization = basicAuth(credentials);
    secret = secretOf('generic', { template: '{{header.Authorization}}.{{body}}', header: 'X-Signature' });
    server.gate.claim(server.hook({ id: 'a', signing }));
    const signature = createHmac('sha256', KEY).update(`${authorization}.{}`).digest('hex');
    const headers = { 'content-type': 'application/json', authorization, 'x-signature': signature };
    assert.equal((await post({ body: '{}', headers })).status, 200);
    assert.equal(server.events[0]?.request.headers.authorization, '[secret]');
  });
});
