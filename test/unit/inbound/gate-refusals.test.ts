import assert from 'node:assert/strict';
import { HookActivity } from '../../../src/inbound/hook-activity.ts';
import { credentials, GateServer, type RawConnection } from '../../support/gate-server.ts';
import { call } from '../../support/http.ts';

const codeOf = (answer: { json(): unknown }): string =>
  (answer.json() as { error: { code: string } }).error.code;

describe('The gate refuses with JSON', () => {
  let server: GateServer;
  beforeEach(async () => {
    server = await GateServer.start();
  });
  afterEach(async () => server.stop());
  const post = (path: string, request: Parameters<typeof call>[1] = {}) =>
    call(`${server.url}${path}`, { method: 'POST', ...request });

  it('404 for an inactive hook', async () => {
    const activity = new HookActivity();
    activity.switchTo({ isActive: false });
    server.claimOpen('a', { activity });
    const answer = await post('/hooks/a');
    assert.equal(answer.status, 404);
    assert.equal(codeOf(answer), 'not_found');
  });

  for (const method of ['GET', 'HEAD', 'OPTIONS', 'DELETE', 'PATCH'])
    it(`405 with Allow for ${method}`, async () => {
      server.claimOpen('a');
      const answer = await post('/hooks/a', { method });
      assert.equal(answer.status, 405);
      assert.equal(answer.headers.get('allow'), 'POST, PUT');
      if (method === 'HEAD') assert.equal(answer.text, '');
      else assert.equal(codeOf(answer), 'method_not_allowed');
    });

  it('401 with a challenge, and ends the connection', async () => {
    server.gate.claim(server.hook({ id: 'a' }));
    const answer = await post('/hooks/a', { basic: { ...credentials, password: 'wrong' }, body: {} });
    assert.equal(answer.status, 401);
    assert.equal(answer.headers.get('www-authenticate'), 'Basic realm="inbound hook", charset="UTF-8"');
    assert.equal(answer.headers.get('connection'), 'close');
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
    assert.equal(codeOf(answer), 'unauthorized');
    assert.deepEqual(server.events, []);
  });

  const types: Record<string, string> = {
    'text/plain': 'unsupported_type',
    '': 'unsupported_type',
    'application/xml': 'unsupported_type',
    json: 'unsupported_type',
    'application/json/x': 'unsupported_type',
    'application/octet-stream': 'unsupported_type',
    'application/json; charset=utf-16': 'unsupported_charset',
    'application/x-www-form-urlencoded; charset="iso-8859-1"': 'unsupported_charset',
  };
  for (const [type, code] of Object.entries(types))
    it(`415 for the content type ${JSON.stringify(type)}`, async () => {
      server.claimOpen('a');
      const answer = await post('/hooks/a', { body: Buffer.from('{}'), headers: { 'content-type': type } });
      assert.equal(answer.status, 415);
      assert.equal(codeOf(answer), code);
    });

  for (const encoding of ['zstd', 'gzip, gzip', 'nonsense'])
    it(`415 for the content encoding ${encoding}`, async () => {
      server.claimOpen('a');
      const headers = { 'content-type': 'application/json', 'content-encoding': encoding };
      const answer = await post('/hooks/a', { body: Buffer.from('{}'), headers });
      assert.equal(answer.status, 415);
      assert.equal(answer.headers.get('accept-encoding'), 'gzip, deflate, br');
    });

  it('400 for a malformed query or parameter', async () => {
    server.claimOpen('a');
    server.claimOpen('b', { path: '/hooks/b/:id' });
    assert.equal(codeOf(await post('/hooks/a?x=%zz')), 'malformed_query');
    assert.equal(codeOf(await post('/hooks/a?x=%ff')), 'malformed_query');
    assert.equal(codeOf(await post('/hooks/a?__proto__=1')), 'forbidden_field');
    assert.equal(codeOf(await post(`/hooks/a?${'a&'.repeat(1001)}`)), 'too_many_fields');
    assert.equal(codeOf(await post('/hooks/b/%zz')), 'malformed_path');
  });

  it('400 for 1,001 fields of query and body together', async () => {
    server.claimOpen('a');
    const body = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`f${at}`, 1]));
    assert.equal((await post('/hooks/a?f1=1', { body })).status, 200);
    assert.equal(codeOf(await post('/hooks/a?g=1', { body })), 'too_many_fields');
  });

  it('413 for a body beyond the limit of the hook, and takes one of exactly that size', async () => {
    server.claimOpen('a', { bodyLimit: 100 });
    const body = (size: number) => JSON.stringify('x'.repeat(size - 2));
    const headers = { 'content-type': 'application/json' };
    assert.equal((await post('/hooks/a', { body: body(100), headers })).status, 200);
    assert.equal(codeOf(await post('/hooks/a', { body: body(101), headers })), 'body_too_large');
  });
});

describe('A connection that ends with a refusal', () => {
  let server: GateServer;
  let connection: RawConnection;
  beforeEach(async () => {
    server = await GateServer.start();
    connection = await server.connect();
    server.claimOpen('a');
    server.gate.claim(server.hook({ id: 'locked' }));
    server.claimOpen('small', { bodyLimit: 10 });
  });
  afterEach(async () => {
    connection.close();
    await server.stop();
  });
  const request = (id: string, body: string, headers: readonly string[] = []) =>
    [
      `POST /hooks/${id} HTTP/1.1`,
      'Host: x',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...headers,
      '',
      body,
    ].join('\r\n');
  const behind = request('a', '{"behind":true}');

  const refused: Record<string, string> = {
    401: request('locked', '{}'),
    413: request('small', `"${'x'.repeat(5000)}"`),
    '413 of more than is read': request('small', `"${'x'.repeat(200_000)}"`),
    400: request('a', '{'),
    '400 that takes time': request('a', 'not gzip', ['Content-Encoding: gzip']),
  };
  for (const [what, first] of Object.entries(refused))
    it(`takes nothing that was sent behind it: ${what}`, async () => {
      connection.socket.write(first + behind);
      await connection.waitForEnd();
      assert.equal(connection.received.split('HTTP/1.1').length, 2);
      assert.deepEqual(server.events, []);
    });

  it('takes and answers what was sent before it', async () => {
    connection.socket.write(
      request('a', '{"n":1}') + request('a', '{"n":2}') + request('locked', '{}') + behind,
    );
    await connection.waitForEnd();
    assert.deepEqual(
      server.events.map(({ payload }) => payload),
      [{ n: 1 }, { n: 2 }],
    );
    assert.match(connection.received, /200 OK[^]*200 OK[^]*401 Unauthorized/);
  });
});
