import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGzip } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { parseAddressList } from '../../../src/address-list.ts';
import { bareHost } from '../../../src/inbound/gate-host.ts';
import { InboundGate } from '../../../src/inbound/gate.ts';
import { installGate } from '../../../src/inbound/install-gate.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { credentials, GateServer, RawConnection } from '../../support/gate-server.ts';
import { basicAuth, call } from '../../support/http.ts';

const codeOf = (answer: { json(): unknown }): string =>
  (answer.json() as { error: { code: string } }).error.code;

/** As behind a proxy that says who sends. */
const proxied: typeof bareHost = {
  ...bareHost,
  remoteAddress: ({ headers }) => String(headers['x-forwarded-for'] ?? '127.0.0.1'),
};

describe('The gate bounds its senders', () => {
  let clock: FakeClock;
  let server: GateServer;
  beforeEach(async () => {
    clock = new FakeClock();
    server = await GateServer.start({ clock, host: proxied });
  });
  afterEach(async () => server.stop());

  const post = (id: string, password: string, from = '192.0.2.7') =>
    call(`${server.url}/hooks/${id}`, {
      basic: { ...credentials, password },
      body: { a: 1 },
      headers: { 'x-forwarded-for': from },
    });
  const right = credentials.password;
  const guess = async (times: number, from?: string): Promise<number[]> => {
    const statuses: number[] = [];
    for (let time = 0; time < times; time++) statuses.push((await post('a', 'wrong', from)).status);
    return statuses;
  };

  describe('where they fail to prove who they are', () => {
    beforeEach(() => server.gate.claim(server.hook({ id: 'a' })));

    it('answers 429 after ten failures, whether the credentials are right or wrong', async () => {
      assert.deepEqual(new Set(await guess(10)), new Set([401]));
      const answers = [await post('a', 'wrong'), await post('a', right)];
      for (const answer of answers) {
        assert.equal(answer.status, 429);
        assert.equal(codeOf(answer), 'too_many_failures');
        assert.equal(answer.headers.get('retry-after'), '6');
        assert.equal(answer.headers.get('www-authenticate'), null);
      }
      assert.equal(answers[0]?.text, answers[1]?.text);
      assert.deepEqual(server.events, []);
      assert.equal((await post('a', right, '192.0.2.8')).status, 200);
      await clock.advance(6000);
      assert.equal((await post('a', right)).status, 200);
    });

    it('keeps nobody away behind a proxy that does not say who sends', async () => {
      assert.equal((await post('a', right)).status, 200);
      assert.deepEqual(new Set(await guess(30)), new Set([401]));
      assert.equal((await post('a', right)).status, 200);
    });

    it('keeps away before anything of the body was sent', async () => {
      await guess(10, '127.0.0.1');
      const connection = await server.connect();
      connection.send(['POST /hooks/a HTTP/1.1', 'Host: x', 'Content-Length: 1000000']);
      await connection.waitFor('HTTP/1.1 429');
      connection.close();
    });

    it('goes on keeping away when the hook is deployed anew', async () => {
      await guess(10);
      server.gate.shut();
      server.gate.release('a');
      server.gate.claim(server.hook({ id: 'a' }));
      server.gate.open();
      assert.equal((await post('a', right)).status, 429);
    });

    it('counts what the host’s own authentication refuses', async () => {
      await server.stop();
      const guard: typeof bareHost.guard = ({ request, response }) => {
        if (request.headers.authorization === basicAuth(credentials)) return Promise.resolve('admitted');
        response.writeHead(401, { 'Content-Length': 0 }).end();
        return Promise.resolve('answered');
      };
      server = await GateServer.start({ clock, host: { ...proxied, guard } });
      server.claimOpen('a', { isGuardedByHost: true });
      assert.deepEqual(new Set(await guess(10)), new Set([401]));
      assert.equal((await post('a', right)).status, 429);
      assert.equal((await post('a', right, '192.0.2.8')).status, 200);
    });
  });

  it('keeps nobody away from a hook that asks for no proof', async () => {
    server.claimOpen('a');
    for (let time = 0; time < 12; time++)
      assert.equal((await call(`${server.url}/hooks/a`, { body: '{' })).status, 415);
    assert.equal((await post('a', right)).status, 200);
  });

  it('counts a signature that is refused, and not a body that is', async () => {
    const signing = { findSecret: () => undefined, onChecked: () => undefined };
    server.claimOpen('a', { signing });
    for (let time = 0; time < 12; time++)
      assert.equal(
        (await call(`${server.url}/hooks/a`, { body: 'x', headers: { 'x-forwarded-for': '192.0.2.7' } }))
          .status,
        415,
      );
    assert.deepEqual(new Set(await guess(10)), new Set([401]));
    assert.equal((await post('a', right)).status, 429);
  });

  it('takes a steady rate, and answers 429 beyond it', async () => {
    server.claimOpen('a', { ratePerSecond: 2 });
    const statuses = [];
    for (let time = 0; time < 4; time++) statuses.push((await post('a', right)).status);
    assert.deepEqual(statuses, [200, 200, 429, 429]);
    const refused = await post('a', right);
    assert.deepEqual([codeOf(refused), refused.headers.get('retry-after')], ['rate_limited', '1']);
    await clock.advance(500);
    assert.equal((await post('a', right)).status, 200);
    assert.equal((await post('a', right)).status, 429);
  });

  it('does not let strangers use up the rate of those who may send', async () => {
    server.gate.claim(server.hook({ id: 'a', ratePerSecond: 1 }));
    await guess(9);
    assert.equal((await post('a', right)).status, 200);
    assert.equal((await post('a', right)).status, 429);
    assert.equal((await post('a', 'wrong')).status, 401);
  });

  it('lets nobody without a signature use up the rate of those who sign', async () => {
    const signing = { findSecret: () => undefined, onChecked: () => undefined };
    server.claimOpen('a', { signing, ratePerSecond: 1 });
    assert.deepEqual(await guess(5), [401, 401, 401, 401, 401]);
  });

  it('answers 403 to other addresses than the hook allows, whatever they prove', async () => {
    const allowedAddresses = parseAddressList('192.0.2.0/24, 2001:db8::/32')!;
    server.gate.claim(server.hook({ id: 'a', allowedAddresses }));
    for (const from of ['192.0.2.9', '::ffff:192.0.2.9', '2001:db8::1'])
      assert.equal((await post('a', right, from)).status, 200, from);
    for (const from of ['198.51.100.1', '2001:db9::1', 'unknown', '']) {
      const answer = await post('a', right, from);
      assert.deepEqual([answer.status, codeOf(answer)], [403, 'address_not_allowed'], from);
    }
  });

  it('answers 413 to a small body that inflates beyond the limit of the hook', async () => {
    server.claimOpen('a', { bodyLimit: 100_000 });
    const zeros = (size: number) =>
      buffer(Readable.from([`"${'0'.repeat(size - 2)}"`]).pipe(createGzip({ level: 9 })));
    const send = async (size: number) =>
      call(`${server.url}/hooks/a`, {
        body: await zeros(size),
        headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      });
    assert.equal((await send(100_000)).status, 200);
    assert.equal(codeOf(await send(100_001)), 'body_too_large');
    assert.equal((await send(50_000_000)).status, 413);
  });
});

describe('A sender of headers without end', () => {
  it('is cut off by the server, with the gate in front as without', async () => {
    const server = createServer({ headersTimeout: 100, connectionsCheckingInterval: 20 });
    const { gate } = installGate(server, () => ({ gate: new InboundGate() }));
    gate.open();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const connection = await RawConnection.open((server.address() as AddressInfo).port);
    connection.socket.write('POST /hooks/a HTTP/1.1\r\nHost: x\r\n');
    const trickle = setInterval(() => connection.socket.write('x: y\r\n'), 10);
    await connection.waitForEnd();
    clearInterval(trickle);
    assert.match(connection.received, /^HTTP\/1\.1 408 /);
    await new Promise((resolve) => server.close(resolve));
  });

  it('is cut off within two minutes as a server is by default', () => {
    const { headersTimeout, requestTimeout } = createServer();
    assert.ok(headersTimeout > 0 && headersTimeout <= 60_000);
    assert.ok(requestTimeout > 0 && requestTimeout <= 300_000);
  });
});
