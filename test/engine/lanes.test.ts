import assert from 'node:assert/strict';
import { EngineBench } from '../support/engine-bench.ts';

describe('The engine’s lanes', () => {
  let bench: EngineBench;
  afterEach(() => bench.close());

  it('make two store writes per delivery while a slot is free', async () => {
    bench = await EngineBench.start({ concurrency: 8 });
    await bench.idle();
    bench.calls.length = 0;
    for (let count = 0; count < 5; count++) {
      await bench.acceptOne();
      await bench.idle();
    }
    assert.deepEqual(bench.calls, Array(5).fill(['enqueue', 'settle']).flat());
  });

  it('count the attempt in the write that accepts, before it is sent', async () => {
    bench = await EngineBench.start({});
    bench.transport.answer(() => 'hang');
    const id = await bench.acceptOne();
    const { delivery } = await bench.find(id);
    assert.equal(delivery.state.kind, 'sending');
    assert.equal(delivery.attempts, 1);
    assert.equal(bench.transport.sent.length, 1);
  });

  it('never make more attempts at once than the endpoint allows, and work off a backlog', async () => {
    bench = await EngineBench.start({ concurrency: 4 });
    bench.transport.answer(() => 'hang');
    await Promise.all(Array.from({ length: 60 }, () => bench.acceptOne()));
    await bench.idle();
    assert.equal(bench.transport.inFlight, 4);
    for (let round = 0; round < 15; round++) {
      bench.transport.release();
      await bench.idle();
    }
    assert.equal(bench.transport.maxInFlight, 4);
    assert.deepEqual(await bench.statuses(), { Succeeded: 60 });
  });

  it('hold no more than the slots of a backlog of 5,000 in memory', async () => {
    bench = await EngineBench.start({ concurrency: 8 });
    bench.transport.answer(() => 'hang');
    await Promise.all(Array.from({ length: 5000 }, () => bench.acceptOne()));
    await bench.advance(1000);
    assert.equal(bench.transport.inFlight, 8);
    const { claimed } = await bench.store.deliveries.claim({
      endpointId: 'a',
      now: bench.clock.now(),
      limit: 5000,
      ordered: false,
    });
    assert.equal(claimed.length, 5000 - 8);
  }).timeout(20_000);

  it('let no endpoint that hangs delay another', async () => {
    bench = await EngineBench.start({ id: 'slow', concurrency: 2 }, { id: 'quick', concurrency: 2 });
    bench.transport.answer(({ host }) => (host === 'slow.example' ? 'hang' : 200));
    for (let count = 0; count < 20; count++) await bench.accept(['slow', 'quick']);
    await bench.idle();
    const page = await bench.store.log.list({ limit: 100, endpointId: 'quick', status: 'Succeeded' });
    assert.equal(page.items.length, 20);
    assert.equal(bench.transport.inFlight, 2);
  });

  it('begin what came first first', async () => {
    bench = await EngineBench.start({ concurrency: 1 });
    bench.transport.answer(() => 'hang');
    for (let count = 0; count < 10; count++) {
      await bench.acceptOne();
      await bench.advance(10);
    }
    for (let count = 0; count < 10; count++) {
      bench.transport.release();
      await bench.idle();
    }
    assert.deepEqual(
      bench.transport.sent.map(({ webhookId }) => webhookId),
      Array.from({ length: 10 }, (_, index) => `msg_${index + 1}`),
    );
  });

  it('let nothing new pass by what waits, also in the moment in which a slot is free', async () => {
    bench = await EngineBench.start({ concurrency: 2 });
    bench.transport.answer(() => 'hang');
    for (let count = 0; count < 6; count++) await bench.acceptOne();
    bench.transport.release(200, 1);
    await new Promise((resolve) => process.nextTick(resolve));
    // A claim for that slot is on its way to the store; the next one has to wait for its answer.
    bench.transport.release(200, 1);
    await new Promise((resolve) => process.nextTick(resolve));
    await bench.acceptOne();
    await bench.idle();
    assert.deepEqual(
      bench.transport.sent.map(({ webhookId }) => webhookId),
      ['msg_1', 'msg_2', 'msg_3', 'msg_4'],
    );
  });

  it('take over more slots and fewer from a deploy', async () => {
    bench = await EngineBench.start({ concurrency: 1 });
    bench.transport.answer(() => 'hang');
    for (let count = 0; count < 10; count++) await bench.acceptOne();
    bench.endpoint({ concurrency: 5 });
    await bench.idle();
    assert.equal(bench.transport.inFlight, 5);
    bench.endpoint({ concurrency: 2 });
    bench.transport.release();
    await bench.idle();
    assert.equal(bench.transport.inFlight, 2);
  });

  it('give a slot back and try again where an attempt breaks', async () => {
    bench = await EngineBench.start({ concurrency: 1 });
    bench.transport.answer((_, earlier) => {
      if (earlier === 0) throw new Error('The message of a defect, with token-4711.\nat the end');
      return 200;
    });
    const broken = await bench.acceptOne();
    const next = await bench.acceptOne('a', { webhookId: 'next' });
    bench.transport.answer(() => 200);
    await bench.advance(120_000);
    const told = bench.warnings.filter((words) => words.includes('An attempt broke by a defect (Error)'));
    assert.ok(told.length >= 1);
    assert.match(told[0] ?? '', /at .*lanes\.test\.ts/);
    assert.ok(!told[0]?.includes('token-4711'));
    assert.equal(await bench.statusOf(next), 'Succeeded');
    const { delivery } = await bench.find(broken);
    assert.deepEqual([delivery.state.kind, delivery.interrupted], ['succeeded', 1]);
  });
});
