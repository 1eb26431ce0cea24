import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { noAuthentication } from '../../../src/inbound/authenticators/none.ts';
import { bareHost } from '../../../src/inbound/gate-host.ts';
import { parseHookPath } from '../../../src/inbound/path-pattern.ts';
import { GateServer } from '../../support/gate-server.ts';
import { call } from '../../support/http.ts';

const codeOf = (answer: { json(): unknown }): string =>
  (answer.json() as { error: { code: string } }).error.code;

describe('A gate that is shut', () => {
  let server: GateServer;
  beforeEach(async () => {
    server = await GateServer.start();
  });
  afterEach(async () => server.stop());
  const post = (path: string, request: Parameters<typeof call>[1] = {}) =>
    call(`${server.url}${path}`, { method: 'POST', ...request });

  it('answers 503 with Retry-After to known paths, passes others on, and serves again when it opens', async () => {
    server.claimOpen('a');
    server.gate.shut();
    const answer = await post('/hooks/a');
    assert.equal(answer.status, 503);
    assert.equal(answer.headers.get('retry-after'), '5');
    assert.equal(codeOf(answer), 'flows_not_running');
    assert.equal((await post('/hooks/unknown')).text, 'behind');
    server.gate.release('a');
    assert.equal((await post('/hooks/a')).status, 503);
    server.claimOpen('a');
    server.gate.open();
    assert.equal((await post('/hooks/a')).status, 200);
  });

  it('forgets a hook that did not come back', async () => {
    server.claimOpen('a');
    server.gate.shut();
    server.gate.release('a');
    server.gate.open();
    assert.equal((await post('/hooks/a')).text, 'behind');
  });

  it('accepts nothing whose body was still coming when it was shut', async () => {
    server.claimOpen('a');
    const connection = await server.connect();
    connection.send(
      ['POST /hooks/a HTTP/1.1', 'Host: x', 'Content-Type: application/json', 'Content-Length: 2'],
      '{',
    );
    await new Promise((resolve) => setTimeout(resolve, 30));
    server.gate.shut();
    server.gate.open();
    server.gate.shut();
    connection.socket.write('}');
    await connection.waitFor('503');
    assert.deepEqual(server.events, []);
    connection.close();
  });
});

describe('A gate that has not opened yet', () => {
  it('answers 503 below /hooks/ and to paths that are claimed, and passes everything else on', async () => {
    const server = await GateServer.listen();
    server.claimOpen('a', { path: '/elsewhere' });
    for (const path of ['/hooks/x', '/elsewhere']) {
      const answer = await call(server.url + path, { method: 'POST' });
      assert.equal(answer.status, 503);
      assert.equal(answer.headers.get('retry-after'), '5');
    }
    for (const path of ['/', '/hooks', '/flows'])
      assert.equal((await call(server.url + path)).text, 'behind');
    await server.stop();
  });
});

describe('Claims at the gate', () => {
  let server: GateServer;
  beforeEach(async () => {
    server = await GateServer.start();
  });
  afterEach(async () => server.stop());
  const post = (path: string, request: Parameters<typeof call>[1] = {}) =>
    call(`${server.url}${path}`, { method: 'POST', ...request });

  const patternOf = (path: string) => {
    const pattern = parseHookPath(path);
    assert.ok(typeof pattern === 'object');
    return pattern;
  };

  it('tells each hook once whether it has its path, and again when that changes', () => {
    const told: unknown[] = [];
    server.gate.claim(server.hook({ id: 'a', onRouted: (refusal) => told.push(refusal) }));
    server.gate.open();
    server.gate.open([
      { owner: 'node', name: '/hooks/a', pattern: patternOf('/hooks/a'), isTerritory: false },
    ]);
    server.gate.open();
    assert.deepEqual(told, [undefined, { code: 'path_taken', by: 'node', name: '/hooks/a' }, undefined]);
  });

  it('passes requests on that a refused hook wanted', async () => {
    server.claimOpen('a');
    server.gate.open([{ owner: 'editor', name: '/hooks', pattern: patternOf('/hooks'), isTerritory: true }]);
    assert.equal((await post('/hooks/a')).text, 'behind');
    server.claimOpen('b', { path: '/:id' });
    assert.deepEqual(server.routed.get('b'), { code: 'path_first_segment' });
    server.claimOpen('c', { path: 'x' });
    assert.deepEqual(server.routed.get('c'), { code: 'path_malformed' });
    assert.equal((await post('/x')).text, 'behind');
  });

  it('keeps nothing of a hook that was claimed and released a thousand times', async () => {
    for (let round = 0; round < 1000; round++) server.claimOpen('a');
    assert.equal((await post('/hooks/a')).status, 200);
    assert.equal(server.events.length, 1);
    server.gate.release('a');
    assert.equal((await post('/hooks/a')).text, 'behind');
  });
});

describe('A gate with a host', () => {
  let server: GateServer;
  beforeEach(async () => {
    server = await GateServer.start();
  });
  afterEach(async () => server.stop());
  const post = (path: string, request: Parameters<typeof call>[1] = {}) =>
    call(`${server.url}${path}`, { method: 'POST', ...request });

  it('lets the host go first, and guards what has no authentication of its own', async () => {
    const steps: string[] = [];
    const host = {
      ...bareHost,
      prepare: () => void steps.push('prepare'),
      admit: () => Promise.resolve(steps.push('admit') ? ('admitted' as const) : ('answered' as const)),
      guard: ({ response }: { response: ServerResponse }) => {
        steps.push('guard');
        response.writeHead(401).end('host');
        return Promise.resolve('answered' as const);
      },
    };
    const hosted = await GateServer.start({ host });
    hosted.gate.claim(hosted.hook({ id: 'a', authenticator: noAuthentication, isGuardedByHost: true }));
    assert.equal((await call(`${hosted.url}/hooks/a`, { body: {} })).text, 'host');
    assert.deepEqual(steps, ['prepare', 'admit', 'guard']);
    assert.deepEqual(hosted.events, []);
    await hosted.stop();
  });

  it('lends the host a request whose body was not asked for, once', async () => {
    let lentCount = 0;
    const host = {
      ...bareHost,
      guard: ({ lend }: { lend: () => void }) => {
        lend();
        return Promise.resolve('answered' as const);
      },
    };
    const hosted = await GateServer.start({ host }, (_, response) => {
      lentCount++;
      response.writeHead(401).end();
    });
    hosted.claimOpen('a', { isGuardedByHost: true });
    const connection = await hosted.connect();
    connection.send(['POST /hooks/a HTTP/1.1', 'Host: x', 'Content-Length: 2', 'Expect: 100-continue']);
    await connection.waitFor('HTTP/1.1 401');
    assert.ok(!connection.received.includes('100 Continue'));
    assert.equal(lentCount, 1);
    connection.close();
    await hosted.stop();
  });

  it('refuses when the host should guard but there is none', async () => {
    server.claimOpen('a', { isGuardedByHost: true });
    assert.equal((await post('/hooks/a', { body: {} })).status, 500);
    assert.deepEqual(server.events, []);
  });
});
