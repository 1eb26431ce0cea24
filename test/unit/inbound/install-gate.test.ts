import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InboundGate } from '../../../src/inbound/gate.ts';
import { installGate } from '../../../src/inbound/install-gate.ts';
import { credentials, GateServer, RawConnection } from '../../support/gate-server.ts';
import { call } from '../../support/http.ts';
import { attachSocketIo, reachesSocketIo } from '../../support/socket-io.ts';

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('A gate on a server', () => {
  let server: GateServer;
  beforeEach(async () => {
    server = await GateServer.start();
    server.claimOpen('a');
  });
  afterEach(async () => server.stop());

  it('is there once, however often it is installed', async () => {
    for (let round = 0; round < 3; round++)
      assert.equal(installGate(server.server, () => ({ gate: new InboundGate() })).gate, server.gate);
    assert.equal(server.server.listenerCount('request'), 1);
    assert.equal((await call(`${server.url}/hooks/a`, { body: {} })).status, 200);
    assert.equal((await call(`${server.url}/x`)).text, 'behind');
    assert.equal(server.events.length, 1);
  });

  it('passes everything through while there are no hooks', async () => {
    server.gate.release('a');
    assert.equal((await call(`${server.url}/hooks/a`, { body: {} })).text, 'behind');
  });

  it('lets socket.io go on working that was attached before it, and that is attached after it', async () => {
    const plain = createServer((_, response) => response.end('behind'));
    const neighbours = [attachSocketIo(plain, '/before')];
    const gate = new InboundGate();
    installGate(plain, () => ({ gate }));
    neighbours.push(attachSocketIo(plain, '/after'));
    gate.claim(server.hook({ id: 'b', path: '/b' }));
    gate.open();
    installGate(plain, () => ({ gate: new InboundGate() }));
    const url = await listen(plain);
    const basic = credentials;
    for (const path of ['/before', '/after']) assert.equal(await reachesSocketIo(url, path), true);
    assert.equal((await call(`${url}/else`)).text, 'behind');
    assert.equal((await call(`${url}/b`, { basic, body: {} })).status, 200);
    gate.release('b');
    for (const path of ['/before', '/after']) assert.equal(await reachesSocketIo(url, path), true);
    assert.equal((await call(`${url}/b`, { basic, body: {} })).text, 'behind');
    for (const neighbour of neighbours) await neighbour.close();
    plain.closeAllConnections();
    plain.close();
  });

  it('stands beside who simply listens too', async () => {
    server.server.on('request', (request, response) => {
      if (request.url === '/beside') response.writeHead(200).end('beside');
    });
    server.claimOpen('b', { path: '/b' });
    assert.equal((await call(`${server.url}/b`, { body: {} })).status, 200);
    assert.equal((await call(`${server.url}/x`)).text, 'behind');
  });

  it('asks for bodies of other requests as Node.js does', async () => {
    const connection = await server.connect();
    connection.send(['POST /x HTTP/1.1', 'Host: x', 'Content-Length: 2', 'Expect: 100-continue']);
    await connection.waitFor('HTTP/1.1 100 Continue');
    await connection.waitFor('behind');
    connection.close();
  });

  it('keeps the answers on a connection apart, where others answer one in their own time', async () => {
    const slow = await GateServer.start({}, (_, response) => {
      setTimeout(() => response.end('behind'), 50);
    });
    try {
      slow.claimOpen('a', {
        answer: { by: 'flow', timeoutMs: 1000 },
        accept: (_, response) => void response?.end(Buffer.from('flow')),
      });
      const connection = await slow.connect();
      const asking = [
        'POST /hooks/a HTTP/1.1',
        'Host: x',
        'Expect: 100-continue',
        'Content-Type: application/json',
      ];
      connection.socket.write('GET /x HTTP/1.1\r\nHost: x\r\n\r\n');
      connection.send([...asking, 'Content-Length: 2'], '{}');
      await connection.waitFor('flow');
      connection.close();
      assert.match(
        connection.received,
        /^HTTP\/1\.1 200 [^]*\r\n\r\nbehindHTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 [^]*\r\n\r\nflow$/,
      );
    } finally {
      await slow.stop();
    }
  });

  it('serves hooks to clients that offer HTTP/2 where someone listens for upgrades, and leaves those upgrades alone', async () => {
    const upgraded: string[] = [];
    server.server.on('upgrade', (request, socket) => {
      upgraded.push(`${request.url ?? ''} ${request.headers.upgrade ?? ''}`);
      socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
    });
    const offer = async (line: string, upgrade: string, more: string[] = []) => {
      const connection = await server.connect();
      const head = [`${line} HTTP/1.1`, 'Host: x', 'Connection: Upgrade', `Upgrade: ${upgrade}`, ...more];
      connection.send([...head, 'Content-Type: application/json', 'Content-Length: 7'], '{"n":1}');
      await connection.waitFor('HTTP/1.1');
      connection.close();
      return connection.received.slice(9, 12);
    };
    const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
    assert.equal(await offer('POST /hooks/a', 'h2c'), '200');
    assert.deepEqual(server.events[0]?.payload, { n: 1 });
    assert.equal(await offer('POST /hooks/a', 'websocket', [key]), '200');
    assert.equal(await offer('GET /hooks/a', 'websocket'), '405');
    assert.equal(await offer('GET /hooks/a', 'WebSocket', [key]), '101');
    assert.equal(await offer('POST /x', 'h2c'), '101');
    assert.deepEqual(upgraded, ['/hooks/a WebSocket', '/x h2c']);
  });

  it('leaves that to another who listens for it, before it or after', async () => {
    for (const isBefore of [true, false]) {
      const plain = createServer((_, response) => response.end('behind'));
      const decline = (_: IncomingMessage, response: ServerResponse): void =>
        void response.writeHead(413).end('declined');
      if (isBefore) plain.on('checkContinue', decline);
      installGate(plain, () => ({ gate: new InboundGate() })).gate.open();
      if (!isBefore) plain.on('checkContinue', decline);
      const url = await listen(plain);
      const connection = await RawConnection.open(Number(new URL(url).port));
      connection.send(['POST /x HTTP/1.1', 'Host: x', 'Content-Length: 2', 'Expect: 100-continue']);
      await connection.waitFor('declined');
      assert.ok(!connection.received.includes('100 Continue'));
      connection.close();
      plain.closeAllConnections();
      plain.close();
    }
  });
});
