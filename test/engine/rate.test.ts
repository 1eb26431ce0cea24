import assert from 'node:assert/strict';
import { EngineBench } from '../support/engine-bench.ts';

const SECOND = 1000;

describe('An endpoint with a rate', () => {
  let bench: EngineBench;
  afterEach(() => bench.close());

  const accept = (count: number, endpointId = 'a'): Promise<string[]> =>
    Promise.all(Array.from({ length: count }, () => bench.acceptOne(endpointId)));
  /** When each attempt began, ms after the first one. */
  const times = (host = 'a.example'): number[] => {
    const all = bench.transport.sent.filter((one) => one.host === host).map(({ at }) => at);
    return all.map((at) => at - (all[0] ?? 0));
  };
  /** The most attempts that began within any span of so many ms. */
  const mostWithin = (ms: number): number => {
    const all = times();
    return Math.max(...all.map((begin) => all.filter((at) => at >= begin && at < begin + ms).length));
  };

  it('gets what comes at one moment at that pace', async () => {
    bench = await EngineBench.start({ ratePerSecond: 4 });
    await accept(6);
    await bench.advance(10 * SECOND);
    assert.deepEqual(times(), [0, 250, 500, 750, 1000, 1250]);
  });

  it('gets one every few seconds where the rate is a fraction', async () => {
    bench = await EngineBench.start({ ratePerSecond: 0.5 });
    await accept(4);
    await bench.advance(20 * SECOND);
    assert.deepEqual(times(), [0, 2000, 4000, 6000]);
  });

  it('gets one an hour where the rate says so', async () => {
    bench = await EngineBench.start({ ratePerSecond: 1 / 3600 });
    await accept(3);
    await bench.advance(2 * 3600 * SECOND);
    assert.deepEqual(times(), [0, 3600 * SECOND, 7200 * SECOND]);
  });

  it('gets one at once that comes after a pause, in two writes', async () => {
    bench = await EngineBench.start({ ratePerSecond: 2 });
    await bench.acceptOne();
    await bench.advance(500);
    bench.calls.length = 0;
    await bench.acceptOne();
    await bench.idle();
    assert.deepEqual(times(), [0, 500]);
    assert.deepEqual(bench.calls, ['enqueue', 'settle']);
  });

  it('gets what piled up while it was off at that pace, without needless calls of the store', async () => {
    const settings = { ratePerSecond: 50, concurrency: 8 };
    bench = await EngineBench.start({ ...settings, enabled: false });
    await accept(120);
    bench.calls.length = 0;
    bench.endpoint(settings);
    await bench.advance(2 * SECOND);
    const sent = times().length;
    assert.ok(sent >= 100 && sent <= 105, `${sent} in 2 seconds`);
    assert.ok(mostWithin(SECOND) <= 55, `${mostWithin(SECOND)} in one second`);
    assert.ok(mostWithin(1) <= 5, `${mostWithin(1)} at once`);
    assert.ok(bench.countOf('claim') <= sent + 5, `${bench.countOf('claim')} claims for ${sent} attempts`);
    await bench.advance(SECOND);
    assert.deepEqual(await bench.statuses(), { Succeeded: 120 });
  });

  it('gets retries that are due together at that pace', async () => {
    bench = await EngineBench.start({ retry: 'custom', retryDelays: '10s' });
    bench.transport.answer((_, earlier) => (earlier === 0 ? 500 : 200));
    await accept(5);
    await bench.idle();
    bench.endpoint({ ratePerSecond: 2, retry: 'custom', retryDelays: '10s' });
    await bench.advance(20 * SECOND);
    assert.deepEqual(times().slice(5), [10_000, 10_500, 11_000, 11_500, 12_000]);
  });

  it('gets resends at that pace too, in turn with what is due', async () => {
    bench = await EngineBench.start({});
    const ids = await accept(3);
    await bench.idle();
    bench.transport.sent.length = 0;
    bench.endpoint({ ratePerSecond: 1 });
    const late = await accept(2);
    for (const id of ids) await bench.engine.resend({ delivery: { id, endpointId: 'a' } });
    await bench.advance(10 * SECOND);
    assert.deepEqual(times(), [0, 1000, 2000, 3000, 4000]);
    assert.equal(await bench.statusOf(late[1]!), 'Succeeded');
    const order = bench.transport.sent.map(({ webhookId }) => webhookId);
    assert.deepEqual(order, ['msg_4', 'msg_1', 'msg_5', 'msg_2', 'msg_3']);
  });

  it('makes the attempts that a crash interrupted at that pace', async () => {
    bench = await EngineBench.start({ concurrency: 4 });
    bench.transport.answer(() => 'hang');
    await accept(4);
    await bench.crash();
    bench.endpoint({ ratePerSecond: 1 });
    await bench.startEngine();
    await bench.advance(10 * SECOND);
    assert.deepEqual(times(), [0, 1000, 2000, 3000]);
  });

  it('holds up no other endpoint', async () => {
    bench = await EngineBench.start({ id: 'a', ratePerSecond: 0.1 }, { id: 'b' });
    for (let count = 0; count < 5; count++) await bench.accept(['a', 'b']);
    await bench.idle();
    assert.equal(times('a.example').length, 1);
    assert.equal(times('b.example').length, 5);
  });

  it('waits for a free slot as well', async () => {
    bench = await EngineBench.start({ ratePerSecond: 10, concurrency: 2 });
    bench.transport.answer(() => ({ afterMs: 1000, reply: 200 }));
    await accept(6);
    await bench.advance(10 * SECOND);
    assert.deepEqual(times(), [0, 100, 1000, 1100, 2000, 2100]);
  });

  it('gets all in order at that pace where it keeps the order', async () => {
    bench = await EngineBench.start({ ratePerSecond: 2, ordered: true });
    await accept(4);
    await bench.advance(10 * SECOND);
    assert.deepEqual(times(), [0, 500, 1000, 1500]);
    assert.deepEqual(
      bench.transport.sent.map(({ webhookId }) => webhookId),
      ['msg_1', 'msg_2', 'msg_3', 'msg_4'],
    );
  });

  it('takes over another rate, and none, at once', async () => {
    bench = await EngineBench.start({ ratePerSecond: 0.001 });
    await accept(20);
    await bench.advance(10 * SECOND);
    assert.equal(times().length, 1);
    bench.endpoint({ ratePerSecond: 1 });
    await bench.advance(4 * SECOND);
    // One at once, as none came for longer than the new rate asks, and one in each second.
    assert.equal(times().length, 6);
    bench.endpoint({ ratePerSecond: 0 });
    await bench.idle();
    assert.equal(times().length, 20);
  });

  it('does not look at the time of day, which may jump', async () => {
    bench = await EngineBench.start({ ratePerSecond: 1 });
    await accept(4);
    await bench.advance(500);
    bench.clock.jump(3600 * SECOND);
    await bench.advance(1000);
    assert.equal(times().length, 2);
  });

  it('counts nothing that the store refused', async () => {
    bench = await EngineBench.start({ ratePerSecond: 0.01 });
    await bench.killWriter();
    await assert.rejects(bench.acceptOne());
    await bench.storeIsUp();
    await bench.acceptOne();
    await bench.advance(5 * SECOND);
    assert.equal(times().length, 1);
  });
});
