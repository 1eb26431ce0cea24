import assert from 'node:assert/strict';
import { HookError } from '../../../src/errors.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { credentials, GateServer } from '../../support/gate-server.ts';
import { call } from '../../support/http.ts';

const codeOf = (answer: { json(): unknown }): string =>
  (answer.json() as { error: { code: string } }).error.code;

describe('An event that the gate accepts', () => {
  const clock = new FakeClock();
  let server: GateServer;
  beforeEach(async () => {
    server = await GateServer.start({ clock });
  });
  afterEach(async () => server.stop());
  const post = (path: string, request: Parameters<typeof call>[1] = {}) =>
    call(`${server.url}${path}`, { method: 'POST', ...request });

  it('hands over what was sent, and answers with its id', async () => {
    server.gate.claim(server.hook({ id: 'a' }));
    const body = Buffer.from('{ "Email":"x@y.z",\n"n": 1.0}');
    const answer = await post('/hooks/a?Touchpoint=web&Email=q', {
      basic: credentials,
      body,
      headers: { 'content-type': 'application/json; charset=utf-8' },
    });
    assert.equal(answer.status, 200);
    const [event] = server.events;
    assert.ok(event);
    assert.deepEqual(answer.json(), { accepted: true, id: event.requestId });
    assert.deepEqual(event.payload, { Email: 'x@y.z', n: 1, Touchpoint: 'web' });
    assert.deepEqual(event.query, { Email: 'q', Touchpoint: 'web' });
    assert.deepEqual(event.rawBody, body);
    const { method, path, contentType, remoteAddress, receivedAt, keyName, files } = event;
    assert.deepEqual(
      { method, path, contentType, remoteAddress, receivedAt, keyName, files },
      {
        method: 'POST',
        path: '/hooks/a',
        contentType: 'application/json',
        remoteAddress: '127.0.0.1',
        receivedAt: clock.now(),
        keyName: null,
        files: undefined,
      },
    );
  });

  it('is handed over without what proved its sender', async () => {
    server.gate.claim(server.hook({ id: 'a' }));
    await post('/hooks/a', { basic: credentials, body: { a: 1 } });
    const { headers, rawHeaders } = server.events[0]!.request;
    assert.equal(headers.authorization, '[secret]');
    assert.equal(rawHeaders[rawHeaders.findIndex((name) => /^authorization$/i.test(name)) + 1], '[secret]');
  });

  it('takes fields from the query of a PUT without a body', async () => {
    server.gate.claim(server.hook({ id: 'a' }));
    const answer = await post('/hooks/a?Email=john.doe@example.com&Account%20Name=A+B', {
      method: 'PUT',
      basic: credentials,
    });
    assert.equal(answer.status, 200);
    assert.deepEqual(server.events[0]?.payload, { Email: 'john.doe@example.com', 'Account Name': 'A B' });
    assert.equal(server.events[0].rawBody.length, 0);
    assert.equal(server.events[0].contentType, null);
  });

  it('keeps the bytes of an encoded body as they came', async () => {
    const { gzipSync } = await import('node:zlib');
    server.claimOpen('a');
    const body = gzipSync('{"a":1}');
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    assert.equal((await post('/hooks/a', { body, headers })).status, 200);
    assert.deepEqual(server.events[0]?.payload, { a: 1 });
    assert.deepEqual(server.events[0].rawBody, body);
  });

  it('knows its path behind a scheme and a host, as proxies are sent it', async () => {
    server.claimOpen('a');
    const connection = await server.connect();
    connection.send([
      'PUT http://hooks.example:1880/hooks/a?Email=a@b.c HTTP/1.1',
      'Host: hooks.example:1880',
    ]);
    await connection.waitFor('"accepted":true');
    connection.close();
    assert.equal(server.events[0]?.path, '/hooks/a');
    assert.deepEqual(server.events[0].payload, { Email: 'a@b.c' });
  });

  it('leaves a body that is no object alone', async () => {
    server.claimOpen('a');
    await post('/hooks/a?x=1', { body: [1, 2] });
    assert.deepEqual(server.events[0]?.payload, [1, 2]);
  });

  it('takes a form that a browser sends, with files', async () => {
    server.claimOpen('a');
    const form = new FormData();
    form.set('Email', 'é@x.y');
    form.set('photo', new Blob(['png'], { type: 'image/png' }), 'me.png');
    const answer = await fetch(`${server.url}/hooks/a`, { method: 'POST', body: form });
    assert.equal(answer.status, 200);
    assert.deepEqual(server.events[0]?.payload, { Email: 'é@x.y' });
    assert.equal(server.events[0].files?.[0]?.originalname, 'me.png');
  });

  it('answers with the status of the hook, a 204 without a body', async () => {
    server.claimOpen('a', { answer: { by: 'gate', statusCode: 202 } });
    server.claimOpen('b', { answer: { by: 'gate', statusCode: 204 } });
    assert.equal((await post('/hooks/a')).status, 202);
    const empty = await post('/hooks/b');
    assert.equal(empty.status, 204);
    assert.equal(empty.text, '');
  });

  it('sends a browser on after a form', async () => {
    server.claimOpen('a', {
      answer: { by: 'gate', statusCode: 200, redirect: 'https://x.example/thanks' },
    });
    const answer = await post('/hooks/a', {
      body: 'a=1',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.get('location'), 'https://x.example/thanks');
  });

  it('tells hooks on one path apart by their method', async () => {
    server.claimOpen('post', {
      path: '/hooks/a',
      methods: ['POST'],
      answer: { by: 'gate', statusCode: 201 },
    });
    server.claimOpen('put', {
      path: '/hooks/a',
      methods: ['PUT'],
      answer: { by: 'gate', statusCode: 202 },
    });
    assert.equal((await post('/hooks/a')).status, 201);
    assert.equal((await post('/hooks/a', { method: 'PUT' })).status, 202);
    assert.equal((await post('/hooks/a', { method: 'DELETE' })).headers.get('allow'), 'POST, PUT');
  });

  it('answers only when the event was taken, 503 when that may work later and 500 when not', async () => {
    server.claimOpen('later', {
      accept: () => Promise.reject(new HookError('HOOK_STORE_UNAVAILABLE', 'secret')),
    });
    server.claimOpen('never', {
      accept: () => {
        throw new Error('secret');
      },
    });
    const later = await post('/hooks/later');
    assert.equal(later.status, 503);
    assert.equal(later.headers.get('retry-after'), '5');
    const never = await post('/hooks/never');
    assert.equal(never.status, 500);
    assert.equal(codeOf(never), 'internal');
    for (const { text } of [later, never]) assert.ok(!/secret|\.ts/.test(text));
  });
});
