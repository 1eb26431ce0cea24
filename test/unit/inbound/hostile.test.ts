import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { GateOptions } from '../../../src/inbound/gate.ts';
import { bareHost, type GateHost } from '../../../src/inbound/gate-host.ts';
import { GateServer } from '../../support/gate-server.ts';
import { basicAuth } from '../../support/http.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { credentials } from '../../support/gate-server.ts';
import { until } from '../../support/until.ts';

const HEAD = ['POST /hooks/a HTTP/1.1', 'Host: x', 'Content-Type: application/json'];
const authorized = [...HEAD, `Authorization: ${basicAuth(credentials)}`];

/** Keeps sending until the server stops taking it in or `most` bytes are gone; answers how many went out. */
async function flood(
  connection: Awaited<ReturnType<GateServer['connect']>>,
  chunk: Buffer,
  most: number,
): Promise<number> {
  let sent = 0;
  while (!connection.isEnded && sent < most) {
    const isTaken = connection.socket.write(chunk);
    sent += chunk.length;
    if (!isTaken)
      await Promise.race([
        new Promise((resolve) => connection.socket.once('drain', resolve)),
        new Promise((resolve) => connection.socket.once('close', resolve)),
        new Promise((resolve) => setTimeout(resolve, 1500)),
      ]);
  }
  return sent;
}

describe('The gate among hostile senders', () => {
  let server: GateServer;
  beforeEach(async () => {
    server = await GateServer.start({ bodyDeadlineMs: 150 });
    server.gate.claim(server.hook({ id: 'a' }));
  });
  afterEach(async () => server.stop());

  it('answers 401 before any of the body was sent', async () => {
    const connection = await server.connect();
    connection.send([...HEAD, 'Content-Length: 1000']);
    await connection.waitFor('HTTP/1.1 401');
    await connection.waitFor('"unauthorized"');
    connection.close();
  });

  it('gives up reading what a refused sender goes on sending', async () => {
    const connection = await server.connect();
    let taken = 0;
    server.server.once('request', (request) => {
      request.socket.once('close', () => (taken = request.socket.bytesRead));
    });
    connection.send([...HEAD, 'Content-Length: 1000000000']);
    const sent = await flood(connection, Buffer.alloc(64 * 1024, ' '), 200_000_000);
    await connection.waitForEnd();
    await until(() => taken > 0, { what: () => 'the server to close its side' });
    assert.match(connection.received, /^HTTP\/1\.1 401 /);
    assert.ok(sent < 50_000_000, `${sent} bytes were sent`);
    assert.ok(taken < 1_000_000, `${taken} bytes were read`);
  });

  it('answers a refused sender who sends a small body before it reads', async () => {
    const connection = await server.connect();
    connection.send([...HEAD, 'Content-Length: 50000'], Buffer.alloc(50_000, ' '));
    await connection.waitFor('"unauthorized"');
    await connection.waitForEnd();
  });

  it('answers 400 to a malformed query before the body was sent', async () => {
    const connection = await server.connect();
    const [, ...headers] = authorized;
    connection.send(['POST /hooks/a?x=%zz HTTP/1.1', ...headers, 'Content-Length: 1000']);
    await connection.waitFor('malformed_query');
    connection.close();
  });

  it('answers 413 to a length that is too large before the body was sent', async () => {
    const connection = await server.connect();
    connection.send([...authorized, 'Content-Length: 409601']);
    await connection.waitFor('HTTP/1.1 413');
    connection.close();
  });

  it('answers 413 to chunks as soon as they are too many', async () => {
    const connection = await server.connect();
    connection.send([...authorized, 'Transfer-Encoding: chunked']);
    const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000, ' '), Buffer.from('\r\n')]);
    const sent = await flood(connection, chunk, 100_000_000);
    assert.ok(sent < 50_000_000, `${sent} bytes were sent`);
    assert.match(connection.received, /^HTTP\/1\.1 413 /);
    await connection.waitForEnd();
    assert.deepEqual(server.events, []);
  });

  it('takes a chunked body byte for byte', async () => {
    const connection = await server.connect();
    connection.send(
      [...authorized, 'Transfer-Encoding: chunked', 'Connection: close'],
      '3\r\n{"a\r\n4;x=y\r\n":1}\r\n0\r\n\r\n',
    );
    await connection.waitFor('"accepted":true');
    assert.equal(server.events[0]?.rawBody.toString(), '{"a":1}');
  });

  it('takes an empty chunked body for none', async () => {
    const connection = await server.connect();
    connection.send([...authorized, 'Transfer-Encoding: chunked'], '0\r\n\r\n');
    await connection.waitFor('"accepted":true');
    assert.deepEqual(server.events[0]?.payload, {});
    connection.close();
  });

  it('answers 408 to a body that trickles in longer than the whole may take', async () => {
    const connection = await server.connect();
    connection.send([...authorized, 'Content-Length: 1000'], '{');
    const trickle = setInterval(() => connection.socket.write(' '), 20);
    await connection.waitFor('HTTP/1.1 408');
    clearInterval(trickle);
    await connection.waitForEnd();
    assert.deepEqual(server.events, []);
  });

  it('accepts nothing from a sender that goes away within the body', async () => {
    for (const body of ['', '{"a":', '{"a":1}']) {
      const connection = await server.connect();
      connection.send([...authorized, 'Content-Length: 8'], body);
      await new Promise((resolve) => setTimeout(resolve, 20));
      connection.socket.resetAndDestroy();
    }
    const connection = await server.connect();
    connection.send([...authorized, 'Transfer-Encoding: chunked'], '3\r\n{"a\r\nnonsense\r\n');
    await connection.waitForEnd();
    assert.deepEqual(server.events, []);
  });

  it('asks for the body only of a sender that it knows', async () => {
    const stranger = await server.connect();
    stranger.send([...HEAD, 'Content-Length: 2', 'Expect: 100-continue']);
    await stranger.waitFor('HTTP/1.1 401');
    assert.ok(!stranger.received.includes('100 Continue'));
    stranger.close();

    const large = await server.connect();
    large.send([...authorized, 'Content-Length: 409601', 'Expect: 100-continue']);
    await large.waitFor('HTTP/1.1 413');
    assert.ok(!large.received.includes('100 Continue'));
    large.close();

    const known = await server.connect();
    known.send([...authorized, 'Content-Length: 2', 'Expect: 100-continue']);
    await known.waitFor('HTTP/1.1 100 Continue');
    known.socket.write('{}');
    await known.waitFor('"accepted":true');
    known.close();
  });

  it('serves the next request on the same connection, also when both came at once', async () => {
    const connection = await server.connect();
    const one = [...authorized, 'Content-Length: 7'].join('\r\n');
    connection.socket.write(`${one}\r\n\r\n{"n":1}${one}\r\n\r\n{"n":2}`);
    await until(() => connection.received.split('"accepted":true').length === 3, {
      what: () => `two answers, got ${connection.received}`,
    });
    assert.deepEqual(
      server.events.map(({ payload }) => payload),
      [{ n: 1 }, { n: 2 }],
    );
    connection.close();
  });

  it('survives bytes that are not HTTP', async () => {
    for (const nonsense of [
      '\0\0\0\0',
      'POST /hooks/a\r\n\r\n',
      'POST /hooks/a HTTP/1.1\r\nContent-Length: x\r\n\r\n',
    ]) {
      const connection = await server.connect();
      connection.socket.write(nonsense);
      await connection.waitForEnd();
    }
    assert.deepEqual(server.events, []);
  });

  it('survives what is random', async () => {
    server.claimOpen('open');
    const types = [
      'application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=B',
      'multipart/form-data; boundary="',
    ];
    const words = [
      '--B',
      '\r\n',
      '"',
      '{',
      '[',
      '%',
      '=',
      '&',
      '\\u',
      '__proto__',
      'Content-Disposition: form-data; name="a"',
      ':',
      '1',
      ',',
      '}',
      ']',
      '\xff',
      '--',
    ];
    let seed = 1;
    const next = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    for (let round = 0; round < 300; round++) {
      const body = Array.from({ length: next(40) + 1 }, () => words[next(words.length)]).join('');
      const answer = await fetch(`${server.url}/hooks/open`, {
        method: 'POST',
        headers: { 'content-type': types[next(types.length)]! },
        body: Buffer.from(body, 'latin1'),
      });
      assert.ok([200, 400].includes(answer.status), `${answer.status} for ${JSON.stringify(body)}`);
      await answer.arrayBuffer();
    }
  });
});

describe('A refused sender that neither reads nor ends', () => {
  let clock: FakeClock;
  let server: GateServer;
  const start = async (options: GateOptions = {}): Promise<void> => {
    clock = new FakeClock();
    server = await GateServer.start({ clock, ...options });
  };
  afterEach(async () => server.stop());

  const isCutOffAfter = async (waitMs: number): Promise<void> => {
    const connection = await server.connect();
    connection.send([...HEAD, 'Content-Length: 1000']);
    await connection.waitFor('401');
    assert.equal(connection.isEnded, false);
    await clock.advance(waitMs);
    await connection.waitForEnd();
    assert.equal(clock.timerCount, 0);
  };

  it('is cut off after a moment', async () => {
    await start();
    server.gate.claim(server.hook({ id: 'a' }));
    await isCutOffAfter(1000);
  });

  it('is cut off after a moment where the host has answered', async () => {
    const guard: GateHost['guard'] = async ({ response }) => {
      response.writeHead(401, { 'Content-Length': 0 }).end();
      await once(response, 'finish');
      return 'answered';
    };
    await start({ host: { ...bareHost, guard } });
    server.claimOpen('a', { isGuardedByHost: true });
    await isCutOffAfter(1000);
  });
});
