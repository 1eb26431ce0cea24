import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import {
  RESPONSE_BODY_BYTES,
  type TransportRequest,
  type TransportResult,
} from '../../../src/delivery/transport.ts';
import { PLAIN_ROUTE } from '../../../src/delivery/endpoint/route.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { UndiciTransport } from '../../../src/transport/undici-transport.ts';
import { Receiver } from '../../support/receiver.ts';
import { until } from '../../support/until.ts';

const never = new AbortController().signal;
const SECRET_PATH = '/T000/S3CR3T?token=S3CR3T';

/** A server that does with each connection what it is told. */
async function listen(onConnection: (socket: Socket) => void): Promise<Server> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  server.on('close', () => sockets.clear());
  const end = server.close.bind(server);
  server.close = (callback) => {
    for (const socket of sockets) socket.destroy();
    return end(callback);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function aRequest(origin: string, fields: Partial<TransportRequest> = {}): TransportRequest {
  return {
    url: new URL(SECRET_PATH, origin),
    method: 'POST',
    headers: [
      ['Content-Type', 'application/json'],
      ['Authorization', 'Bearer S3CR3T'],
    ],
    body: Buffer.from('{}'),
    timeoutMs: 3000,
    route: PLAIN_ROUTE,
    ...fields,
  };
}

function assertError(result: TransportResult, code: string): void {
  assert.equal(result.kind, 'error');
  assert.equal(result.code, code);
  assert.doesNotMatch(JSON.stringify(result), /S3CR3T|127\.0\.0\.1|T000|\.invalid|:\/\//i);
}

function assertAnswer(
  result: TransportResult,
  statusCode = 200,
): Extract<TransportResult, { kind: 'response' }> {
  assert.equal(result.kind, 'response', JSON.stringify(result));
  assert.equal(result.statusCode, statusCode);
  return result;
}

describe('UndiciTransport', () => {
  let transport: UndiciTransport;
  let receiver: Receiver;
  const servers: Server[] = [];
  const stray: unknown[] = [];
  const onStray = (error: unknown) => stray.push(error);

  const serve = async (onConnection: (socket: Socket) => void): Promise<string> => {
    const server = await listen(onConnection);
    servers.push(server);
    return addressOf(server);
  };
  /** Answers each connection with these bytes as soon as something comes. */
  const serveBytes = (bytes: string | Buffer, then: (socket: Socket) => void = () => undefined) =>
    serve((socket) =>
      socket.once('data', () => {
        socket.write(bytes);
        then(socket);
      }),
    );
  const send = (request: TransportRequest, signal = never) => transport.send(request, signal);

  before(() => {
    process.on('unhandledRejection', onStray).on('uncaughtException', onStray).on('warning', onStray);
  });
  after(() => {
    process.off('unhandledRejection', onStray).off('uncaughtException', onStray).off('warning', onStray);
  });
  beforeEach(async () => {
    transport = new UndiciTransport(systemClock);
    receiver = await Receiver.start();
  });
  afterEach(async () => {
    await transport.close();
    await receiver.stop();
    await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
    // What is thrown in a callback of a stream comes a turn later, and would end Node-RED.
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(stray.splice(0), []);
  });

  describe('with a receiver that answers', () => {
    for (const status of [200, 201, 204, 404, 500]) {
      it(`gives ${status} with headers and body`, async () => {
        const body = status === 204 ? '' : 'grüße';
        receiver.answer(() => ({ status, headers: { 'x-tag': 'a', 'set-cookie': 'b' }, body }));
        const result = assertAnswer(await send(aRequest(receiver.url)), status);
        assert.equal(result.body.toString(), body);
        assert.equal(result.isBodyCut, false);
        assert.equal(result.headers['x-tag'], 'a');
      });
    }

    it('sends method, path, query, headers in their order and the exact bytes', async () => {
      const body = Buffer.from([0, 1, 13, 10, 127, 128, 255]);
      const headers = [
        ['X-Two', 'é'],
        ['x-one', '1'],
        ['X-Two', 'b'],
      ] as const;
      assertAnswer(await send(aRequest(receiver.url, { method: 'PUT', headers, body })));
      const [got] = receiver.requests;
      assert.deepEqual([got?.method, got?.path], ['PUT', SECRET_PATH]);
      assert.deepEqual(got?.body, body);
      const names = got.rawHeaders.filter((_, index) => index % 2 === 0);
      assert.deepEqual(
        names.filter((name) => /^x-/i.test(name)),
        ['X-Two', 'x-one', 'X-Two'],
      );
      assert.equal(got.headers['x-two'], 'é, b');
      assert.equal(got.headers['content-length'], '7');
    });

    it('adds nothing but what HTTP needs', async () => {
      assertAnswer(await send(aRequest(receiver.url, { headers: [] })));
      assert.deepEqual(Object.keys(receiver.requests[0]!.headers).sort(), [
        'connection',
        'content-length',
        'host',
      ]);
    });

    it('sends GET without a body', async () => {
      const { url, headers, timeoutMs, route } = aRequest(receiver.url);
      assertAnswer(await send({ method: 'GET', url, headers, timeoutMs, route }));
      assert.equal(receiver.requests[0]?.headers['content-length'], undefined);
    });

    it('sends a large body whole', async () => {
      const body = Buffer.alloc(3_000_000, 'ab');
      assertAnswer(await send(aRequest(receiver.url, { body })));
      assert.ok(receiver.requests[0]?.body.equals(body));
    });

    it('follows no redirect', async () => {
      const headers = { location: `${receiver.url}/elsewhere` };
      receiver.answer(() => ({ status: 307, headers }));
      const result = assertAnswer(await send(aRequest(receiver.url)), 307);
      assert.equal(result.headers['location'], headers.location);
      assert.equal(receiver.requests.length, 1);
    });

    it('uses a connection again', async () => {
      for (let count = 0; count < 20; count++) assertAnswer(await send(aRequest(receiver.url)));
      // The next one may begin in the turn in which the connection is being given back.
      assert.ok(receiver.connectionCount <= 2);
    });

    it('sends many at once, without a warning and without a listener left behind', async () => {
      const { signal } = new AbortController();
      receiver.hold();
      const sent = Promise.all(Array.from({ length: 100 }, () => send(aRequest(receiver.url), signal)));
      await receiver.waitFor(100);
      receiver.release();
      for (const result of await sent) assertAnswer(result);
      assert.equal(getEventListeners(signal, 'abort').length, 0);
    });

    it('gives a compressed body as it is: none was asked for', async () => {
      const body = gzipSync('hello');
      receiver.answer(() => ({ headers: { 'content-encoding': 'gzip' }, body }));
      assert.deepEqual(assertAnswer(await send(aRequest(receiver.url))).body, body);
    });

    it('gives several headers of one name as a list', async () => {
      const url = await serveBytes(
        'HTTP/1.1 200 OK\r\nset-cookie: a\r\nSet-Cookie: b\r\ncontent-length: 0\r\n\r\n',
      );
      assert.deepEqual(assertAnswer(await send(aRequest(url))).headers['set-cookie'], ['a', 'b']);
    });

    it('reads an answer that ends with the connection', async () => {
      const url = await serveBytes('HTTP/1.1 200 OK\r\n\r\nuntil the end', (socket) => socket.end());
      assert.equal(assertAnswer(await send(aRequest(url))).body.toString(), 'until the end');
    });

    it('passes over informational answers', async () => {
      const url = await serveBytes(
        'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n',
      );
      assertAnswer(await send(aRequest(url)), 201);
    });
  });

  describe('with an answer of 100 MB', () => {
    it('keeps 64 KB in bounded memory, gives the connection up, and the next request works', async () => {
      receiver.answer((_, earlier) =>
        earlier === 0 ? { kind: 'flood', bytes: 100_000_000 } : { body: 'next' },
      );
      const before = process.memoryUsage.rss();
      const result = assertAnswer(await send(aRequest(receiver.url)));
      assert.equal(result.body.length, RESPONSE_BODY_BYTES);
      assert.equal(result.isBodyCut, true);
      assert.ok(process.memoryUsage.rss() - before < 60_000_000);
      await until(() => receiver.inFlight === 0, { what: () => 'the connection to be given up' });
      assert.equal(receiver.requests[0]?.end, 'cut');
      assert.equal(assertAnswer(await send(aRequest(receiver.url))).body.toString(), 'next');
      assert.notEqual(receiver.requests[1]?.connection, receiver.requests[0].connection);
    });
    it('keeps exactly 64 KB whole', async () => {
      receiver.answer(() => ({ body: Buffer.alloc(RESPONSE_BODY_BYTES, 'x') }));
      const result = assertAnswer(await send(aRequest(receiver.url)));
      assert.equal(result.body.length, RESPONSE_BODY_BYTES);
      assert.equal(result.isBodyCut, false);
    });
    it('takes a body longer by one byte for cut', async () => {
      receiver.answer(() => ({ body: Buffer.alloc(RESPONSE_BODY_BYTES + 1, 'x') }));
      const result = assertAnswer(await send(aRequest(receiver.url)));
      assert.equal(result.body.length, RESPONSE_BODY_BYTES);
      assert.equal(result.isBodyCut, true);
    });
  });

  describe('with a receiver that takes too long', () => {
    const inTime = async (work: Promise<TransportResult>, atLeast: number): Promise<void> => {
      const begun = performance.now();
      assertError(await work, 'timeout');
      const took = performance.now() - begun;
      // A timer counts from the event loop's own time, which lags behind on a busy machine.
      assert.ok(took > atLeast / 2 && took < atLeast + 2000, `${took} ms`);
    };
    it('ends at the deadline when nothing comes', async () => {
      receiver.answer(() => ({ kind: 'hang' }));
      await inTime(send(aRequest(receiver.url, { timeoutMs: 100 })), 100);
    });
    it('ends at the deadline when the body stalls', async () => {
      receiver.answer(() => ({ kind: 'stall' }));
      await inTime(send(aRequest(receiver.url, { timeoutMs: 100 })), 100);
    });
    const drip = (head: string) =>
      serve((socket) => {
        socket.once('data', () => {
          socket.write(head);
          const timer = setInterval(() => socket.write('x'), 10);
          socket.once('close', () => clearInterval(timer));
        });
      });
    it('ends at the deadline, which is a total, when the body comes byte by byte', async () => {
      const url = await drip('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
      await inTime(send(aRequest(url, { timeoutMs: 150 })), 150);
    });
    it('ends at the deadline when the headers come byte by byte', async () => {
      const url = await drip('HTTP/1.1 200 OK\r\nx-slow: ');
      await inTime(send(aRequest(url, { timeoutMs: 150 })), 150);
    });
    it('ends at the deadline when the request is not read', async () => {
      const url = await serve((socket) => socket.pause());
      const body = Buffer.alloc(20_000_000);
      await inTime(send(aRequest(url, { timeoutMs: 150, body })), 150);
    });
    it('ends at the deadline when the connection is not made, and sends nothing later', async () => {
      const heard: Buffer[] = [];
      const url = await serve((socket) => void socket.on('data', (bytes: Buffer) => heard.push(bytes)));
      const silentInTls = url.replace('http:', 'https:');
      await inTime(send(aRequest(silentInTls, { timeoutMs: 100 })), 100);
      assert.equal(heard.length, 1, 'no more than the greeting of TLS');
    });
    it('lets the next request through on another connection', async () => {
      receiver.answer((_, earlier) => (earlier === 0 ? { kind: 'hang' } : {}));
      await inTime(send(aRequest(receiver.url, { timeoutMs: 50 })), 50);
      assertAnswer(await send(aRequest(receiver.url)));
    });
  });

  describe('with a receiver that misbehaves', () => {
    it('says reset when it resets', async () => {
      receiver.answer(() => ({ kind: 'reset' }));
      assertError(await send(aRequest(receiver.url)), 'reset');
    });
    it('says reset when it closes without an answer', async () => {
      receiver.answer(() => ({ kind: 'close' }));
      assertError(await send(aRequest(receiver.url)), 'reset');
    });
    it('says reset when it closes before it has read', async () => {
      const url = await serve((socket) => socket.destroy());
      assertError(await send(aRequest(url)), 'reset');
    });
    it('says reset when it ends before the length it promised', async () => {
      const url = await serveBytes('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort', (socket) =>
        socket.end(),
      );
      assertError(await send(aRequest(url)), 'reset');
    });
    it('says reset when a chunked answer breaks off', async () => {
      const url = await serveBytes(
        'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhel',
        (socket) => socket.resetAndDestroy(),
      );
      assertError(await send(aRequest(url)), 'reset');
    });
    const garbage: readonly [what: string, bytes: string | Buffer][] = [
      ['words', 'hello\r\n\r\n'],
      ['an SSH greeting', 'SSH-2.0-OpenSSH_9.6\r\n'],
      ['binary', Buffer.from([0, 255, 21, 3, 1, 0, 2, 2, 40])],
      ['a status that is none', 'HTTP/1.1 abc OK\r\n\r\n'],
      ['a length that is none', 'HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n'],
      ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx'],
      ['a chunk that is none', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
      ['a status below 100', 'HTTP/1.1 099 OK\r\ncontent-length: 0\r\n\r\n'],
      ['a 100 that nobody asked for', 'HTTP/1.1 100 Continue\r\n\r\n'],
      ['a 101 that nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
      ['an upgrade', 'HTTP/1.1 101 S\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'],
      ['a header with a NUL', 'HTTP/1.1 200 OK\r\nx: \0\r\n\r\n'],
      ['headers beyond 64 KB', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`],
    ];
    for (const [what, bytes] of garbage) {
      it(`says protocol when it answers ${what}`, async () => {
        assertError(await send(aRequest(await serveBytes(bytes))), 'protocol');
      });
    }
    for (const head of ['204 No Content', '304 Not Modified'])
      it(`takes a ${head} for whole whatever length it gives, as it never has a body`, async () => {
        for (const rest of ['content-length: 5\r\n\r\nhello', 'content-length: 5\r\n\r\n', '\r\nhello']) {
          const url = await serveBytes(`HTTP/1.1 ${head}\r\n${rest}`);
          assert.equal(assertAnswer(await send(aRequest(url)), Number(head.slice(0, 3))).body.length, 0);
        }
      });
    it('takes what follows a whole answer for nothing', async () => {
      const url = await serveBytes('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 500 No\r\n\r\n');
      assert.equal(assertAnswer(await send(aRequest(url))).body.toString(), 'ok');
    });
    it('works again with the next request', async () => {
      let count = 0;
      const url = await serve((socket) =>
        socket.once('data', () => {
          count += 1;
          if (count < 3) socket.destroy();
          else socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
        }),
      );
      assertError(await send(aRequest(url)), 'reset');
      assertError(await send(aRequest(url)), 'reset');
      assertAnswer(await send(aRequest(url)));
    });
  });

  describe('where no receiver is', () => {
    it('says connect when nobody listens', async () => {
      const server = await listen(() => undefined);
      const url = addressOf(server);
      await new Promise((resolve) => server.close(resolve));
      assertError(await send(aRequest(url)), 'connect');
    });
    it('says dns when the host has no address', async () => {
      assertError(await send(aRequest('http://name.invalid')), 'dns');
    });
    it('says tls when the receiver speaks none', async () => {
      assertError(await send(aRequest(receiver.url.replace('http:', 'https:'))), 'tls');
    });
  });

  describe('with a request that cannot be sent', () => {
    const bad: readonly [what: string, fields: Partial<TransportRequest>][] = [
      ['a line feed in a header', { headers: [['X-A', 'a\r\nX-B: b']] }],
      ['a NUL in a header', { headers: [['X-A', '\0']] }],
      ['a character beyond Latin-1 in a header', { headers: [['X-A', '€']] }],
      ['a space in a header’s name', { headers: [['X A', 'a']] }],
      ['a length that is not the body’s', { headers: [['Content-Length', '9']] }],
      ['a method that is none', { method: 'PO ST' }],
    ];
    for (const [what, fields] of bad) {
      it(`says request for ${what}`, async () => {
        assertError(await send(aRequest(receiver.url, fields)), 'request');
        assert.equal(receiver.requests.length, 0);
      });
    }
  });

  describe('when it is broken off', () => {
    it('says aborted, and cuts the exchange', async () => {
      receiver.answer(() => ({ kind: 'hang' }));
      const abort = new AbortController();
      const sent = send(aRequest(receiver.url), abort.signal);
      await receiver.waitFor(1);
      abort.abort();
      assertError(await sent, 'aborted');
      await until(() => receiver.inFlight === 0, { what: () => 'the exchange to be cut' });
    });
    it('says aborted in the middle of a body', async () => {
      receiver.answer(() => ({ kind: 'stall' }));
      const abort = new AbortController();
      const sent = send(aRequest(receiver.url), abort.signal);
      await receiver.waitFor(1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      abort.abort();
      assertError(await sent, 'aborted');
    });
    it('says aborted and sends nothing when it was before', async () => {
      assertError(await send(aRequest(receiver.url), AbortSignal.abort()), 'aborted');
      assert.equal(receiver.requests.length, 0);
    });
    it('says aborted for what is under way when the transport closes, and for what comes after', async () => {
      receiver.answer(() => ({ kind: 'hang' }));
      const sent = send(aRequest(receiver.url));
      await receiver.waitFor(1);
      await transport.close();
      assertError(await sent, 'aborted');
      assertError(await send(aRequest(receiver.url)), 'aborted');
    });
  });
});
