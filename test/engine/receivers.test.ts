import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { EndpointSettings } from '../../src/delivery/endpoint/endpoint-settings.ts';
import { RESPONSE_BODY_BYTES } from '../../src/delivery/transport.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { UndiciTransport } from '../../src/transport/undici-transport.ts';
import { EngineBench } from '../support/engine-bench.ts';
import {
  closesAtOnce,
  isFriendly,
  isSilent,
  repeats,
  resetsAtOnce,
  says,
  saysAndCloses,
  saysAndResets,
  SocketReceiver,
  type Conduct,
} from '../support/socket-receiver.ts';
import { until } from '../support/until.ts';

const TIMEOUT_MS = 200;
const OK_HEAD = 'HTTP/1.1 200 OK\r\n';
const CLOSE = 'Connection: close\r\nContent-Length: 0\r\n\r\n';
const GZIPPED_HEAD = Buffer.from(`${OK_HEAD}Content-Encoding: gzip\r\nConnection: close\r\n\r\n`);
const TEN_BYTES = 'Content-Length: 10\r\n\r\n';

interface Case {
  readonly conduct: Conduct;
  /** The reason in the attempt's row; absent where the attempt succeeds. */
  readonly error?: RegExp;
  readonly statusCode?: number;
  /** What is sent; small if absent. */
  readonly body?: Buffer;
}

const TIMED_OUT = /^The receiver did not answer completely in the time allowed\.$/;
const CLOSED = /^The receiver closed the connection before it had answered\.$/;
const UNREADABLE = /^The receiver answered something that is not HTTP/;
const LARGE = Buffer.alloc(4_000_000, 'a');
const TOO_LARGE = 'HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 3\r\n\r\nbig';

const CASES: Readonly<Record<string, Case>> = {
  'never answers': { conduct: isSilent, error: TIMED_OUT },
  'stops in the middle of its headers': { conduct: says(`${OK_HEAD}X-A: `), error: TIMED_OUT },
  'stops in the middle of its body': { conduct: says(`${OK_HEAD}${TEN_BYTES}abc`), error: TIMED_OUT },
  'sends a byte now and then, beyond the deadline': {
    conduct: repeats(`${OK_HEAD}Content-Length: 100000\r\n\r\n`, 'x', 20),
    error: TIMED_OUT,
  },
  'sends a header now and then, beyond the deadline': {
    conduct: repeats(OK_HEAD, 'X-A: b\r\n', 20),
    error: TIMED_OUT,
  },
  'resets before its headers': { conduct: resetsAtOnce, error: CLOSED },
  'resets after its headers': { conduct: saysAndResets(`${OK_HEAD}${TEN_BYTES}`), error: CLOSED },
  'closes without a word': { conduct: saysAndCloses(''), error: CLOSED },
  'closes in the middle of its headers': { conduct: saysAndCloses(OK_HEAD), error: CLOSED },
  'promises more than it sends': { conduct: saysAndCloses(`${OK_HEAD}${TEN_BYTES}abc`), error: CLOSED },
  'sends more than it promised': {
    conduct: says(`${OK_HEAD}Content-Length: 2\r\n\r\nok, and then some`),
    statusCode: 200,
  },
  'breaks off in the middle of a chunk': {
    conduct: saysAndCloses(`${OK_HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\nab`),
    error: CLOSED,
  },
  'never ends its headers': { conduct: repeats(OK_HEAD, 'X-A: b\r\n'.repeat(500)), error: UNREADABLE },
  'never ends one header': { conduct: repeats(`${OK_HEAD}X-A: `, 'b'.repeat(4000)), error: UNREADABLE },
  'never ends the extension of a chunk': {
    conduct: repeats(`${OK_HEAD}Transfer-Encoding: chunked\r\n\r\n1;`, 'x'.repeat(4000)),
    error: TIMED_OUT,
  },
  'sends interim answers without end': {
    conduct: repeats('', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(50)),
    error: TIMED_OUT,
  },
  'sends some interim answers first': {
    conduct: says('HTTP/1.1 102 Processing\r\n\r\n'.repeat(9), OK_HEAD, CLOSE),
    statusCode: 200,
  },
  'says 100 Continue where nobody asked': {
    conduct: says('HTTP/1.1 100 Continue\r\n\r\n', OK_HEAD, CLOSE),
    error: UNREADABLE,
  },
  'speaks another protocol from now on': {
    conduct: says('HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n'),
    error: UNREADABLE,
  },
  'speaks HTTP/0.9': { conduct: saysAndCloses('<html>Hello</html>\r\n'), error: UNREADABLE },
  'speaks HTTP/1.0': { conduct: saysAndCloses('HTTP/1.0 200 OK\r\n\r\nhello'), statusCode: 200 },
  'speaks HTTP/2': { conduct: says(Buffer.from([0, 0, 18, 4, 0, 0, 0, 0, 0])), error: UNREADABLE },
  'speaks TLS': { conduct: says(Buffer.from([21, 3, 1, 0, 2, 2, 40])), error: UNREADABLE },
  'redirects to a private address': {
    conduct: says('HTTP/1.1 302 Found\r\nLocation: http://10.0.0.1/S3CR3T\r\n', CLOSE),
    error: /^The receiver answered 302 and points to 10\.0\.0\.1; redirects are not followed\.$/,
    statusCode: 302,
  },
  'compresses what was to be left as it is': {
    conduct: (socket) => void socket.end(Buffer.concat([GZIPPED_HEAD, gzipSync('hello')])),
    statusCode: 200,
  },
  'closes while the body is sent': { conduct: closesAtOnce, error: CLOSED, body: LARGE },
  'reads nothing more of the body': {
    conduct: (socket) => void socket.pause(),
    error: TIMED_OUT,
    body: LARGE,
  },
  'answers before the body is there': {
    conduct: (socket) => void socket.resume().write(TOO_LARGE),
    error: /^The receiver answered 413/,
    statusCode: 413,
    body: LARGE,
  },
  'answers before the body is there, and closes': {
    conduct: (socket) => void socket.resume().end(TOO_LARGE),
    error: /^The receiver answered 413/,
    statusCode: 413,
    body: LARGE,
  },
};

/** What the process waits for or listens on, by kind, which a leak would add to. */
function countResources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo())
    if (/^TCP|^TLS|^PipeWrap|^GetAddrInfo/.test(kind)) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

describe('The engine, at a receiver that', () => {
  let bench: EngineBench<UndiciTransport>;
  let receiver: SocketReceiver;
  let resources: Record<string, number>;
  const stray: unknown[] = [];
  const onStray = (error: unknown) => void stray.push(error);
  before(async () => {
    resources = countResources();
    process.on('unhandledRejection', onStray).on('warning', onStray);
    bench = await EngineBench.startWith(() => new UndiciTransport(systemClock));
  });
  after(async () => {
    await bench.close();
    process.off('unhandledRejection', onStray).off('warning', onStray);
    assert.deepEqual(stray, []);
    await until(() => JSON.stringify(countResources()) === JSON.stringify(resources), {
      what: () => `${JSON.stringify(countResources())} to be ${JSON.stringify(resources)} again`,
    });
  });
  beforeEach(async () => (receiver = await SocketReceiver.start(isFriendly)));
  afterEach(() => receiver.stop());

  function meets(conduct: Conduct, settings: Partial<EndpointSettings> = {}): void {
    receiver.behave(conduct);
    // One slot: what comes next waits for it to be given back.
    bench.endpoint({ url: receiver.url, timeout: TIMEOUT_MS, concurrency: 1, retry: 'none', ...settings });
  }
  async function deliver(body?: Buffer) {
    const id = await bench.acceptOne('a', body && { body });
    await ended(id);
    return bench.find(id);
  }
  const ended = (id: string) =>
    until(() => bench.told.some(({ delivery }) => delivery.id === id), { what: () => 'the outcome' });

  for (const [what, { conduct, error, statusCode, body }] of Object.entries(CASES)) {
    it(`${what}: makes one attempt, says why, and lets go of slot and connection`, async () => {
      meets(conduct);
      const { delivery, attempts } = await deliver(body);
      assert.equal(attempts.length, 1);
      const [attempt] = attempts;
      assert.match(attempt!.error, error ?? /^$/);
      assert.equal(attempt?.statusCode, statusCode);
      assert.doesNotMatch(JSON.stringify([delivery, attempt]), /S3CR3T/);
      assert.equal(delivery.state.kind, error ? 'failed' : 'succeeded');
      // The deadline came, also while the receiver kept the event loop busy.
      assert.ok((attempt?.durationMs ?? Infinity) < TIMEOUT_MS + 2000);

      meets(isFriendly, { timeout: 4000 });
      assert.equal((await deliver()).delivery.state.kind, 'succeeded');
      receiver.readAll();
      await receiver.isLeft();
    });
  }

  it('has closed an idle connection is tried again as the policy says, not at once', async () => {
    const settings = { retry: 'custom', retryDelays: '1m', timeout: 4000 };
    // It answers once on each connection, keeps it, and closes it as the next request comes.
    const conduct: Conduct = (socket) => {
      socket.write(`${OK_HEAD}Content-Length: 2\r\n\r\nok`);
      socket.once('data', () => socket.destroy());
    };
    meets(conduct, settings);
    await deliver();
    const id = await bench.acceptOne();
    await until(async () => (await bench.find(id)).delivery.state.kind === 'scheduled', {
      what: () => 'the attempt to end',
    });
    const { attempts } = await bench.find(id);
    assert.equal(attempts.length, 1);
    assert.match(attempts[0]!.error, CLOSED);
    await bench.advance(60_000);
    await ended(id);
    assert.equal(await bench.statusOf(id), 'Succeeded');
    assert.equal(receiver.connectionCount, 2);
  });

  const ENDLESS: Readonly<Record<string, Conduct>> = {
    'a body without end': repeats(`${OK_HEAD}Content-Length: 1000000000\r\n\r\n`, 'x'.repeat(16_000)),
    'chunks without end': repeats(
      `${OK_HEAD}Transfer-Encoding: chunked\r\n\r\n`,
      `3e80\r\n${'x'.repeat(16_000)}\r\n`,
    ),
    'a body that would end with the connection': repeats(
      `${OK_HEAD}Connection: close\r\n\r\n`,
      'x'.repeat(16_000),
    ),
    'a compressed body without end': repeats(
      `${OK_HEAD}Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n`,
      Buffer.concat([Buffer.from('3e80\r\n'), randomBytes(16_000), Buffer.from('\r\n')]),
    ),
  };
  for (const [what, conduct] of Object.entries(ENDLESS))
    it(`sends ${what} is read until 64 KB`, async () => {
      meets(conduct, { timeout: 4000 });
      const { delivery, attempts } = await deliver();
      assert.equal(attempts[0]?.responseBody.length, RESPONSE_BODY_BYTES);
      assert.equal(attempts[0].isResponseCut, true);
      assert.equal(delivery.state.kind, 'succeeded');
      await receiver.isLeft();
    });

  it('compresses megabytes into little has them kept as that little', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000));
    meets((socket) => void socket.end(Buffer.concat([GZIPPED_HEAD, bomb])), { timeout: 4000 });
    const { attempts } = await deliver();
    assert.deepEqual(Buffer.from(attempts[0]!.responseBody), bomb);
  });

  it('hangs does not hold what goes to others', async () => {
    meets(isSilent, { timeout: 2000, concurrency: 50 });
    const other = await SocketReceiver.start(isFriendly);
    try {
      bench.endpoint({ id: 'b', url: other.url });
      const hanging = await Promise.all(Array.from({ length: 50 }, () => bench.acceptOne('a')));
      const id = await bench.acceptOne('b');
      await ended(id);
      assert.equal(await bench.statusOf(id), 'Succeeded');
      assert.equal(
        bench.told.some(({ delivery }) => hanging.includes(delivery.id)),
        false,
      );
      await Promise.all(hanging.map(ended));
    } finally {
      await other.stop();
    }
  });
});
