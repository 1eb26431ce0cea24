import assert from 'node:assert/strict';
import { HookError } from '../../src/errors.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { UndiciTransport } from '../../src/transport/undici-transport.ts';
import { EngineBench } from '../support/engine-bench.ts';
import { Receiver } from '../support/receiver.ts';
import { until } from '../support/until.ts';

const isCode = (code: string) => (error: unknown) => error instanceof HookError && error.code === code;

describe('The engine with real receivers', () => {
  let bench: EngineBench<UndiciTransport>;
  let receivers: Receiver[];
  beforeEach(async () => {
    receivers = await Promise.all([Receiver.start(), Receiver.start(), Receiver.start()]);
    bench = await EngineBench.startWith(() => new UndiciTransport(systemClock));
  });
  afterEach(async () => {
    await bench.close();
    await Promise.all(receivers.map((receiver) => receiver.stop()));
  });
  const told = async (count: number) => {
    await until(() => bench.told.length >= count, {
      what: () => `${count} outcomes; ${bench.told.length} came`,
    });
    await bench.idle();
  };

  it('delivers one message to three endpoints with the same webhook id, each with its own row', async () => {
    receivers.forEach(({ url }, index) => bench.endpoint({ id: `e${index}`, name: `E${index}`, url }));
    receivers[1]!.answer(() => ({ status: 500, body: 'down' }));
    const deliveries = await bench.accept(['e0', 'e1', 'e2'], { webhookId: 'msg_x' });
    assert.deepEqual(
      deliveries.map(({ endpoint, webhookId }) => [endpoint, webhookId]),
      [
        ['e0', 'msg_x'],
        ['e1', 'msg_x'],
        ['e2', 'msg_x'],
      ],
    );
    assert.equal(new Set(deliveries.map(({ id }) => id)).size, 3);
    await told(2);
    for (const receiver of receivers) await receiver.waitFor(1);
    for (const { requests } of receivers) {
      assert.equal(requests.length, 1);
      assert.equal(requests[0]?.webhookId, 'msg_x');
      assert.equal(requests[0].body.toString(), '{"score":9}');
    }
    await bench.idle();
    const statuses = await Promise.all(deliveries.map(({ id }) => bench.statusOf(id)));
    assert.deepEqual(statuses, ['Succeeded', 'In Progress', 'Succeeded']);
    const { delivery, attempts } = await bench.find(deliveries[1]!.id);
    assert.deepEqual(
      [delivery.endpointName, delivery.lastResponseCode, delivery.lastResponse],
      ['E1', 500, 'down'],
    );
    assert.equal(attempts.length, 1);
  });

  for (const [success, status, expected] of [
    ['200', 200, 'Succeeded'],
    ['200', 201, 'Failed'],
    ['2xx', 201, 'Succeeded'],
    ['200,201,204', 204, 'Succeeded'],
    ['200,201,204', 202, 'Failed'],
    ['2xx', 302, 'Failed'],
  ] as const) {
    it(`takes ${status} for ${expected} where success is ${success}`, async () => {
      receivers[0]!.answer(() => ({ status }));
      bench.endpoint({ url: receivers[0]!.url, success, retry: 'none' });
      const id = await bench.acceptOne();
      await told(1);
      assert.equal(await bench.statusOf(id), expected);
    });
  }

  it('keeps 64 KB of a binary answer, and sends a body that is no UTF-8 as it is', async () => {
    const answer = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 256));
    const body = Buffer.from([0xff, 0xfe, 0, 0x80, 0xc3, 0x28]);
    receivers[0]!.answer(() => ({ body: answer }));
    bench.endpoint({ url: receivers[0]!.url });
    const id = await bench.acceptOne('a', { body });
    await told(1);
    assert.deepEqual(receivers[0]!.requests[0]?.body, body);
    const { attempts, event } = await bench.find(id);
    assert.deepEqual(Buffer.from(event.body), body);
    assert.deepEqual(Buffer.from(attempts[0]!.responseBody), answer.subarray(0, 65_536));
    assert.equal(attempts[0]!.isResponseCut, true);
  });

  for (const kind of ['reset', 'close', 'hang', 'stall'] as const) {
    it(`fails with its reason at a receiver that does ${kind}, and goes on`, async () => {
      receivers[0]!.answer((_, earlier) => (earlier === 0 ? { kind } : {}));
      bench.endpoint({ url: receivers[0]!.url, retry: 'none', timeout: 100 });
      const id = await bench.acceptOne();
      await told(1);
      const { delivery, attempts } = await bench.find(id);
      assert.equal(delivery.state.kind, 'failed');
      assert.match(
        attempts[0]!.error,
        kind === 'hang' || kind === 'stall' ? /in the time/ : /closed the connection/,
      );
      receivers[0]!.answer(() => ({}));
      const next = await bench.acceptOne();
      await told(2);
      assert.equal(await bench.statusOf(next), 'Succeeded');
    });
  }

  it('writes no secret anywhere', async () => {
    bench.endpoint({
      url: receivers[0]!.url,
      auth: 'basic',
      credentials: { secretUrl: `${receivers[0]!.url}/S3CR3T?k=S3CR3T`, username: 'u', password: 'S3CR3T' },
    });
    receivers[0]!.answer(() => ({ status: 302, headers: { location: '/S3CR3T', 'set-cookie': 'S3CR3T' } }));
    const id = await bench.acceptOne();
    await receivers[0]!.waitFor(1);
    await bench.stopEngine();
    assert.equal(receivers[0]!.requests[0]?.headers.authorization, `Basic ${btoa('u:S3CR3T')}`);
    assert.equal(receivers[0]!.requests[0].path, '/S3CR3T?k=S3CR3T');
    const written = JSON.stringify([await bench.find(id), bench.told, bench.warnings]);
    assert.doesNotMatch(written, new RegExp(`S3CR3T|${btoa('u:S3CR3T')}`));
  });
});

describe('The engine’s acceptance', () => {
  let bench: EngineBench;
  beforeEach(async () => (bench = await EngineBench.start({ id: 'a' }, { id: 'b' })));
  afterEach(() => bench.close());

  it('takes all deliveries of a message or none, and sends none where it took none', async () => {
    await bench.killWriter();
    await assert.rejects(bench.accept(['a', 'b']), isCode('HOOK_STORE_UNAVAILABLE'));
    await bench.storeIsUp();
    await bench.advance(60_000);
    assert.equal(bench.transport.sent.length, 0);
    assert.deepEqual(await bench.statuses(), {});
    await bench.accept(['a', 'b']);
    await bench.idle();
    assert.deepEqual(await bench.statuses(), { Succeeded: 2 });
  });

  it('leaves no slot taken where the store refused', async () => {
    bench.endpoint({ id: 'a', concurrency: 1 });
    await bench.killWriter();
    for (let count = 0; count < 3; count++) await assert.rejects(bench.acceptOne());
    await bench.storeIsUp();
    await bench.acceptOne();
    await bench.idle();
    assert.equal(bench.transport.sent.length, 1);
  });

  it('leaves no slot taken where a body cannot be made', async () => {
    bench.endpoint({ id: 'a', concurrency: 1 });
    const content = (endpoint?: { id: string }) => {
      if (endpoint?.id === 'b') throw new TypeError('It cannot be written.');
      return { contentType: 'application/json', body: Buffer.from('1') };
    };
    await assert.rejects(bench.accept(['a', 'b'], { content }), /cannot be written/);
    assert.deepEqual(await bench.statuses(), {});
    await bench.acceptOne('a');
    await bench.idle();
    assert.equal(bench.transport.sent.length, 1);
  });

  const refusals: readonly [
    what: string,
    endpointId: string,
    reason: string,
    prepare: () => Promise<void> | void,
  ][] = [
    ['gone', 'gone', 'endpoint-removed', () => undefined],
    ['invalid', 'a', 'endpoint-invalid', () => bench.endpoint({ id: 'a', url: '' })],
    [
      'at its limit',
      'a',
      'endpoint-over-limit',
      async () => {
        bench.endpoint({ id: 'a', maxPending: 1, concurrency: 1 });
        bench.transport.answer(({ host }) => (host === 'a.example' ? 'hang' : 200));
        await bench.acceptOne('a');
      },
    ],
  ];
  for (const [what, endpointId, reason, prepare] of refusals) {
    it(`gives an endpoint that is ${what} a failed row and tells it, and serves the others`, async () => {
      await prepare();
      const [refused, served] = await bench.accept([endpointId, 'b'], { webhookId: 'msg_x' });
      await bench.advance(1000);
      const { delivery, attempts } = await bench.find(refused!.id);
      assert.equal(delivery.state.kind === 'failed' && delivery.state.reason, reason);
      assert.notEqual(delivery.lastResponse, '');
      assert.equal(attempts.length, 0);
      assert.equal(await bench.statusOf(served!.id), 'Succeeded');
      const reports = bench.told.filter(({ delivery: { id } }) => id === refused!.id);
      assert.deepEqual(
        reports.map(({ attempt }) => attempt),
        [undefined],
      );
    });
  }

  it('keeps to the limit when many come at once, and takes new ones when there is room', async () => {
    bench.endpoint({ id: 'a', maxPending: 10, concurrency: 2 });
    bench.transport.answer(() => 'hang');
    await Promise.all(Array.from({ length: 15 }, () => bench.acceptOne('a')));
    assert.deepEqual(await bench.statuses(), { 'In Progress': 10, Failed: 5 });
    bench.transport.answer(() => 200);
    bench.transport.release();
    await bench.idle();
    await bench.acceptOne('a');
    await bench.idle();
    assert.deepEqual(await bench.statuses(), { Succeeded: 11, Failed: 5 });
  });

  it('knows the limit again after a restart', async () => {
    bench.endpoint({ id: 'a', maxPending: 3, enabled: false });
    for (let count = 0; count < 3; count++) await bench.acceptOne('a');
    await bench.stopEngine();
    await bench.startEngine();
    const id = await bench.acceptOne('a');
    assert.equal(await bench.statusOf(id), 'Failed');
  });

  it('refuses what comes after the stop', async () => {
    await bench.stopEngine();
    await assert.rejects(bench.acceptOne(), isCode('HOOK_STORE_CLOSED'));
    const first = bench.engine;
    await bench.startEngine();
    await assert.rejects(
      first.accept({
        nodeId: 'n',
        webhookId: 'm',
        listeningPost: '',
        endpointIds: ['a'],
        content: () => ({ contentType: '', body: Buffer.alloc(0) }),
      }),
      isCode('HOOK_STORE_CLOSED'),
    );
    await bench.acceptOne();
    await bench.idle();
    assert.deepEqual(await bench.statuses(), { Succeeded: 1 });
  });

  it('sends nothing before the start has sorted out what was left', async () => {
    await bench.stopEngine();
    const engine = bench.makeEngine();
    const id = await bench.acceptOne();
    await bench.idle();
    assert.equal(bench.transport.sent.length, 0);
    const accepting = bench.acceptOne();
    await engine.start();
    await accepting;
    await bench.idle();
    assert.equal(bench.transport.sent.length, 2);
    assert.equal((await bench.find(id)).delivery.interrupted, 0);
  });
});
