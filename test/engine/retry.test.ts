import assert from 'node:assert/strict';
import type { EndpointSettings } from '../../src/delivery/endpoint/endpoint-settings.ts';
import { EngineBench } from '../support/engine-bench.ts';

const MINUTE = 60_000;

describe('The engine’s retries', () => {
  let bench: EngineBench;
  const start = async (settings: Partial<EndpointSettings>) => {
    bench = await EngineBench.start(settings);
    return bench.clock.now();
  };
  afterEach(() => bench.close());

  /** When the attempts were made, in minutes from acceptance. */
  const minutesFrom = (acceptedAt: number) =>
    bench.transport.sent.map(({ at }) => (at - acceptedAt) / MINUTE);

  it('make five attempts at 0, 5, 15, 35 and 75 minutes, then the delivery has failed and no more come', async () => {
    const begun = await start({ retry: 'cio-pulse' });
    bench.transport.answer(() => 500);
    const id = await bench.acceptOne();
    await bench.advance(74 * MINUTE);
    assert.equal(await bench.statusOf(id), 'In Progress');
    await bench.advance(MINUTE);
    assert.deepEqual(minutesFrom(begun), [0, 5, 15, 35, 75]);
    const { delivery, attempts } = await bench.find(id);
    assert.equal(delivery.state.kind === 'failed' && delivery.state.reason, 'attempts-used-up');
    assert.equal(delivery.attempts, 5);
    assert.deepEqual(
      attempts.map(({ number, startedAt }) => [number, (startedAt - begun) / MINUTE]),
      [
        [1, 0],
        [2, 5],
        [3, 15],
        [4, 35],
        [5, 75],
      ],
    );
    await bench.advance(120 * MINUTE);
    assert.equal(bench.transport.sent.length, 5);
    assert.equal(bench.told.length, 1);
  });

  it('count each delay from the end of the attempt before', async () => {
    const begun = await start({ retry: 'cio-pulse', timeout: 600_000 });
    bench.transport.answer(() => ({ afterMs: 2 * MINUTE, reply: 503 }));
    const id = await bench.acceptOne();
    await bench.advance(90 * MINUTE);
    assert.deepEqual(minutesFrom(begun), [0, 7, 19, 41, 83]);
    const { attempts } = await bench.find(id);
    assert.deepEqual(
      attempts.map(({ durationMs }) => durationMs),
      Array(5).fill(2 * MINUTE),
    );
  });

  it('are told as they begin and as they end', async () => {
    await start({ retry: 'custom', retryDelays: '1m' });
    bench.transport.answer(() => 503);
    await bench.acceptOne();
    await bench.advance(MINUTE);
    assert.deepEqual(bench.changes, [
      [1, 'sending'],
      [1, 'scheduled'],
      [2, 'sending'],
      [2, 'failed'],
    ]);
  });

  it('end with the first success', async () => {
    const begun = await start({ retry: 'cio-pulse' });
    bench.transport.answer((_, earlier) => (earlier < 2 ? 500 : 201));
    const id = await bench.acceptOne();
    await bench.advance(120 * MINUTE);
    assert.deepEqual(minutesFrom(begun), [0, 5, 15]);
    const { delivery } = await bench.find(id);
    assert.deepEqual(
      [delivery.state.kind, delivery.attempts, delivery.charged, delivery.lastResponseCode],
      ['succeeded', 3, 2, 201],
    );
  });

  it('none: make one attempt', async () => {
    await start({ retry: 'none' });
    bench.transport.answer(() => 500);
    const id = await bench.acceptOne();
    await bench.advance(120 * MINUTE);
    assert.equal(bench.transport.sent.length, 1);
    assert.equal(await bench.statusOf(id), 'Failed');
  });

  it('custom: keep to the list, however short the delays', async () => {
    const begun = await start({ retry: 'custom', retryDelays: '0s,100ms,61s' });
    bench.transport.answer(() => 500);
    await bench.acceptOne();
    await bench.advance(10 * MINUTE);
    assert.deepEqual(
      bench.transport.sent.map(({ at }) => at - begun),
      [0, 0, 100, 61_100],
    );
  });

  it('standard-webhooks: add some jitter and take days', async () => {
    const begun = await start({ retry: 'standard-webhooks' });
    bench.transport.answer((_, earlier) => (earlier < 2 ? 500 : 200));
    await bench.acceptOne();
    await bench.advance(20 * MINUTE);
    assert.deepEqual(
      bench.transport.sent.map(({ at }) => at - begun),
      [0, 5250, 5250 + 315_000],
    );
  });

  it('stop at a lasting failure where the endpoint retries only what may pass', async () => {
    await start({ retryOn: 'transient' });
    bench.transport.answer(({ webhookId }) => (webhookId === 'msg_1' ? 404 : 503));
    const [lasting, passing] = [await bench.acceptOne(), await bench.acceptOne()];
    await bench.advance(6 * MINUTE);
    const { delivery } = await bench.find(lasting);
    assert.equal(delivery.state.kind === 'failed' && delivery.state.reason, 'permanent');
    assert.equal(bench.transport.countOf('msg_1'), 1);
    assert.equal(bench.transport.countOf('msg_2'), 2);
    assert.equal(await bench.statusOf(passing), 'In Progress');
  });

  it('go to the endpoint as it is by then', async () => {
    await start({ url: 'http://old.example/' });
    bench.transport.answer(() => 500);
    await bench.acceptOne();
    await bench.advance(MINUTE);
    bench.endpoint({ url: 'http://new.example/' });
    await bench.advance(5 * MINUTE);
    assert.deepEqual(
      bench.transport.sent.map(({ host }) => host),
      ['old.example', 'new.example'],
    );
  });

  it('of many deliveries are each made at their own time', async () => {
    const begun = await start({ concurrency: 2 });
    bench.transport.answer((_, earlier) => (earlier === 0 ? 500 : 200));
    for (let count = 0; count < 5; count++) {
      await bench.acceptOne();
      await bench.advance(MINUTE);
    }
    await bench.advance(6 * MINUTE);
    assert.deepEqual(
      minutesFrom(begun).sort((a, b) => a - b),
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    );
  });

  it('are made when they are due where the timer is late and another endpoint is looked at first', async () => {
    await start({ retry: 'custom', retryDelays: '90s' });
    bench.endpoint({ id: 'b', retry: 'none' });
    bench.transport.answer(() => 503);
    await bench.acceptOne('a');
    await bench.advance(90_000 - 10);
    // A busy event loop: the time of the timer has come, and the timer has not.
    bench.clock.jump(10);
    bench.endpoint({ id: 'b', url: 'http://changed.example/' });
    await bench.idle();
    await bench.advance(10);
    assert.equal(bench.transport.countOf('msg_1'), 2);
  });

  for (const jump of [60, -60]) {
    it(`survive a clock that jumps by ${jump} minutes: late or early by that, and made`, async () => {
      await start({});
      bench.transport.answer((_, earlier) => (earlier === 0 ? 500 : 200));
      const id = await bench.acceptOne();
      await bench.advance(MINUTE);
      bench.clock.jump(jump * MINUTE);
      await bench.advance(MINUTE);
      assert.equal(bench.transport.sent.length, jump > 0 ? 2 : 1);
      await bench.advance(65 * MINUTE);
      assert.equal(bench.transport.sent.length, 2);
      assert.equal(await bench.statusOf(id), 'Succeeded');
    });
  }
});
