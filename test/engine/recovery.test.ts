import assert from 'node:assert/strict';
import { EngineBench } from '../support/engine-bench.ts';

const MINUTE = 60_000;

describe('After a crash the engine', () => {
  let bench: EngineBench;
  beforeEach(async () => {
    bench = await EngineBench.start({ retry: 'cio-pulse', concurrency: 4 });
    bench.transport.answer(() => 'hang');
  });
  afterEach(() => bench.close());

  const crashAndStart = async (): Promise<number> => {
    await bench.crash();
    return bench.startEngine();
  };

  it('makes the attempts that were under way again at once, with the same ids, and charges nothing', async () => {
    const ids = [await bench.acceptOne(), await bench.acceptOne()];
    assert.equal(await crashAndStart(), 2);
    await bench.idle();
    assert.deepEqual(bench.transport.sent.map(({ webhookId }) => webhookId).sort(), ['msg_1', 'msg_2']);
    for (const id of ids) {
      const { delivery, attempts } = await bench.find(id);
      assert.deepEqual(
        [delivery.state.kind, delivery.attempts, delivery.charged, delivery.interrupted],
        ['succeeded', 2, 0, 1],
      );
      assert.deepEqual(
        attempts.map(({ outcome }) => outcome),
        ['interrupted', 'succeeded'],
      );
    }
  });

  it('sends the whole backlog', async () => {
    for (let count = 0; count < 30; count++) await bench.acceptOne();
    assert.equal(await crashAndStart(), 4);
    await bench.idle();
    assert.deepEqual(await bench.statuses(), { Succeeded: 30 });
    assert.equal(bench.transport.sent.length, 30);
  });

  it('sends what has retry none too', async () => {
    bench.endpoint({ retry: 'none' });
    const id = await bench.acceptOne();
    await crashAndStart();
    await bench.idle();
    assert.equal(await bench.statusOf(id), 'Succeeded');
  });

  it('keeps the retries where they were', async () => {
    bench.transport.answer(() => 500);
    const id = await bench.acceptOne();
    await bench.idle();
    await crashAndStart();
    await bench.advance(4 * MINUTE);
    assert.equal(bench.transport.sent.length, 0);
    await bench.advance(MINUTE);
    assert.equal(bench.transport.sent.length, 1);
    assert.equal((await bench.find(id)).delivery.charged, 1);
  });

  it('gives up at the sixth interruption, and tells it', async () => {
    const id = await bench.acceptOne();
    for (let crash = 0; crash < 5; crash++) {
      await bench.crash();
      bench.transport.answer(() => 'hang');
      assert.equal(await bench.startEngine(), 1);
      await bench.idle();
      assert.equal(bench.transport.sent.length, 1);
    }
    assert.equal(await crashAndStart(), 1);
    await bench.advance(10 * MINUTE);
    assert.equal(bench.transport.sent.length, 0);
    const { delivery, attempts } = await bench.find(id);
    assert.equal(delivery.state.kind === 'failed' && delivery.state.reason, 'interrupted');
    assert.equal(attempts.length, 6);
    assert.deepEqual(
      bench.told.map(({ delivery: told }) => told.state.kind),
      ['failed'],
    );
  });

  it('makes a resend again that was under way, and leaves the delivery as it was', async () => {
    bench.transport.answer(() => 200);
    const id = await bench.acceptOne();
    await bench.idle();
    bench.transport.answer(() => 'hang');
    await bench.engine.resend({ delivery: { id, endpointId: 'a' } });
    await bench.idle();
    await crashAndStart();
    await bench.idle();
    const { delivery, attempts } = await bench.find(id);
    assert.deepEqual([delivery.state.kind, delivery.attempts, delivery.resends], ['succeeded', 3, 0]);
    assert.deepEqual(
      attempts.map(({ manual, outcome }) => [manual, outcome]),
      [
        [false, 'succeeded'],
        [true, 'interrupted'],
        [true, 'succeeded'],
      ],
    );
  });

  it('takes up what began before the clock was set back', async () => {
    const id = await bench.acceptOne();
    await bench.crash();
    bench.clock.jump(-60 * MINUTE);
    assert.equal(await bench.startEngine(), 1);
    await bench.idle();
    assert.equal(await bench.statusOf(id), 'Succeeded');
  });

  it('takes up more than a page of them', async () => {
    bench.endpoint({ concurrency: 1000 });
    await Promise.all(Array.from({ length: 700 }, () => bench.acceptOne()));
    assert.equal(await crashAndStart(), 700);
    await bench.idle();
    assert.deepEqual(await bench.statuses(), { Succeeded: 700 });
  });
});

describe('While the store is down the engine', () => {
  let bench: EngineBench;
  beforeEach(async () => {
    bench = await EngineBench.start({ retry: 'none' });
    bench.transport.answer(() => 'hang');
  });
  afterEach(() => bench.close());

  it('keeps an outcome and writes it when the store is back, and sends nothing twice', async () => {
    const id = await bench.acceptOne();
    await bench.killWriter();
    bench.transport.release();
    await bench.idle();
    await bench.storeIsUp();
    await bench.advance(5 * MINUTE);
    assert.equal(await bench.statusOf(id), 'Succeeded');
    assert.equal(bench.transport.sent.length, 1);
    assert.equal(bench.told.length, 1);
  });

  it('leaves what is long under way alone when it looks for lost attempts', async () => {
    const id = await bench.acceptOne();
    await bench.advance(9 * MINUTE);
    bench.transport.release();
    await bench.idle();
    const { delivery } = await bench.find(id);
    assert.deepEqual([delivery.attempts, delivery.interrupted], [1, 0]);
  });

  it('goes on claiming when the store is back', async () => {
    bench.endpoint({ concurrency: 1 });
    for (let count = 0; count < 3; count++) await bench.acceptOne();
    await bench.killWriter();
    bench.transport.answer(() => 200);
    bench.transport.release();
    await bench.idle();
    await bench.storeIsUp();
    await bench.advance(5000);
    assert.deepEqual(await bench.statuses(), { Succeeded: 3 });
  });

  it('takes up an attempt whose begin it never heard of', async () => {
    bench.endpoint({ concurrency: 1 });
    await bench.acceptOne();
    const id = await bench.acceptOne();
    // As a thread leaves it that dies after its commit and before its answer.
    await bench.store.deliveries.claim({ endpointId: 'a', now: bench.clock.now(), limit: 9, ordered: false });
    bench.transport.answer(() => 200);
    bench.transport.release();
    await bench.advance(3 * MINUTE);
    const { delivery } = await bench.find(id);
    assert.deepEqual([delivery.state.kind, delivery.interrupted], ['succeeded', 1]);
    assert.equal(bench.transport.countOf('msg_2'), 1);
  });

  it('hears of the outcome of a settlement whose answer was lost', async () => {
    const id = await bench.acceptOne();
    const { deliveries } = bench.store;
    const settle = deliveries.settle.bind(deliveries);
    let calls = 0;
    deliveries.settle = async (settlement) => {
      const settled = await settle(settlement);
      if (++calls === 1) throw new Error('The answer was lost.');
      return settled;
    };
    bench.transport.release();
    await bench.advance(2000);
    assert.equal(await bench.statusOf(id), 'Succeeded');
    assert.equal(bench.told.length, 1);
    assert.equal(calls, 2);
  });
});

describe('The engine’s stop', () => {
  let bench: EngineBench;
  beforeEach(async () => {
    bench = await EngineBench.start({ concurrency: 2 });
    bench.transport.answer(() => 'hang');
  });
  afterEach(() => bench.close());

  it('lets what is under way end within four seconds', async () => {
    const id = await bench.acceptOne();
    const stopped = bench.engine.stop();
    await bench.advance(3000);
    bench.transport.release();
    await stopped;
    assert.equal(await bench.statusOf(id), 'Succeeded');
  });

  it('records the rest as interrupted, and a start makes it again', async () => {
    const ids = [await bench.acceptOne(), await bench.acceptOne(), await bench.acceptOne()];
    const stopped = bench.engine.stop();
    await bench.advance(3999);
    assert.equal(bench.transport.inFlight, 2);
    await bench.advance(1);
    await stopped;
    assert.equal(bench.transport.inFlight, 0);
    const { delivery } = await bench.find(ids[0]!);
    assert.deepEqual([delivery.state.kind, delivery.interrupted], ['scheduled', 1]);
    bench.transport.answer(() => 200);
    assert.equal(await bench.startEngine(), 0);
    await bench.idle();
    assert.deepEqual(await bench.statuses(), { Succeeded: 3 });
    assert.equal(bench.transport.sent.length, 5);
  });

  it('begins nothing more', async () => {
    for (let count = 0; count < 5; count++) await bench.acceptOne();
    const stopped = bench.engine.stop();
    bench.transport.release();
    await stopped;
    await bench.idle();
    assert.equal(bench.transport.sent.length, 2);
  });

  const leftSending = async () => {
    const { items } = await bench.store.log.list({ limit: 100 });
    return items.filter(({ state }) => state.kind === 'sending').length;
  };

  it('waits for what is being accepted, and for its attempts', async () => {
    bench.transport.answer(() => 200);
    const accepting = Promise.all(Array.from({ length: 10 }, () => bench.acceptOne()));
    await bench.stopProcess();
    await accepting;
    assert.equal(await leftSending(), 0);
    await bench.startEngine();
    await bench.idle();
    assert.deepEqual(await bench.statuses(), { Succeeded: 10 });
    assert.equal(bench.transport.sent.length, 10);
  });

  it('waits for what is being claimed, and for its attempts', async () => {
    // For another node, so that the stop has no outcomes to mark and is over at once.
    for (let count = 0; count < 6; count++) await bench.acceptOne('a', { nodeId: 'other' });
    bench.transport.release();
    // The settlements and the claims of what comes next are on their way to the store now.
    await new Promise((resolve) => setImmediate(resolve));
    await bench.stopProcess();
    assert.equal(await leftSending(), 0);
    bench.transport.answer(() => 200);
    await bench.startEngine();
    await bench.idle();
    assert.deepEqual(await bench.statuses(), { Succeeded: 6 });
  });

  it('that overtakes the start sends nothing', async () => {
    await bench.stopEngine();
    await bench.startEngine();
    await bench.acceptOne();
    await bench.crash();
    const started = bench.makeEngine().start();
    await bench.engine.stop();
    await started;
    await bench.advance(5 * MINUTE);
    assert.equal(bench.transport.sent.length, 0);
    assert.equal(bench.clock.timerCount, 0);
  });

  it('reports what it gives up at the sixth interruption', async () => {
    const id = await bench.acceptOne();
    for (let stop = 0; stop < 5; stop++) {
      await bench.stopEngine();
      await bench.startEngine();
      await bench.idle();
    }
    await bench.stopEngine();
    assert.equal(await bench.statusOf(id), 'Failed');
    await bench.startEngine();
    await bench.idle();
    assert.equal(bench.told.length, 1);
  });

  it('leaves no timer and no unheard complaint behind when the store is gone', async () => {
    bench.transport.answer(() => 200);
    await bench.acceptOne();
    await bench.idle();
    assert.equal(bench.told.length, 1);
    await bench.store.close();
    await bench.stopEngine();
    await bench.advance(MINUTE);
    assert.equal(bench.clock.timerCount, 0);
    await bench.openStore();
  });
});
