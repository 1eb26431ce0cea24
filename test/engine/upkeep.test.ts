import assert from 'node:assert/strict';
import { EngineBench, OUT_NODE } from '../support/engine-bench.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Passes some hours without looking at each minute of them: the clock stands still while Node-RED is off. */
async function restartAfter(bench: EngineBench, ms: number): Promise<void> {
  await bench.stopEngine();
  bench.clock.jump(ms);
  await bench.startEngine();
  await bench.advance(2 * MINUTE);
}

describe('An endpoint that is off', () => {
  let bench: EngineBench;
  beforeEach(async () => (bench = await EngineBench.start({ enabled: false, expireAfter: '2h' })));
  afterEach(() => bench.close());

  it('holds what is accepted, and gets it when it is turned on', async () => {
    const id = await bench.acceptOne();
    await bench.advance(5 * MINUTE);
    assert.equal((await bench.find(id)).delivery.state.kind, 'waiting');
    assert.equal(await bench.statusOf(id), 'In Progress');
    assert.equal(bench.transport.sent.length, 0);
    bench.endpoint({ enabled: true });
    await bench.idle();
    assert.equal(await bench.statusOf(id), 'Succeeded');
  });

  it('fails what has waited for longer than it allows, and tells it', async () => {
    const id = await bench.acceptOne();
    await bench.advance(2 * HOUR);
    assert.equal(await bench.statusOf(id), 'In Progress');
    await bench.advance(2 * MINUTE);
    const { delivery } = await bench.find(id);
    assert.equal(delivery.state.kind === 'failed' && delivery.state.reason, 'expired');
    assert.equal(bench.told.length, 1);
  });

  it('takes new ones to its limit again when those before have expired', async () => {
    bench.endpoint({ enabled: false, expireAfter: '1m', maxPending: 1 });
    await bench.acceptOne();
    await bench.advance(5 * MINUTE);
    const id = await bench.acceptOne();
    assert.equal((await bench.find(id)).delivery.state.kind, 'waiting');
  });

  it('holds the retry of what was under way when it was turned off', async () => {
    bench.endpoint({ enabled: true, retry: 'custom', retryDelays: '1s,1s,1s' });
    bench.transport.answer(() => 'hang');
    const id = await bench.acceptOne();
    bench.endpoint({ enabled: false, retry: 'custom', retryDelays: '1s,1s,1s' });
    await bench.idle();
    bench.transport.release(500);
    await bench.advance(30_000);
    assert.equal(bench.transport.sent.length, 1);
    assert.equal((await bench.find(id)).delivery.state.kind, 'waiting');
    bench.transport.answer(() => 200);
    bench.endpoint({ enabled: true });
    await bench.idle();
    assert.equal(await bench.statusOf(id), 'Succeeded');
  });

  it('holds what waits for a retry when it is turned off', async () => {
    bench.endpoint({ enabled: true });
    bench.transport.answer(() => 500);
    const id = await bench.acceptOne();
    await bench.idle();
    bench.endpoint({ enabled: false });
    await bench.advance(10 * MINUTE);
    assert.equal(bench.transport.sent.length, 1);
    assert.equal((await bench.find(id)).delivery.state.kind, 'waiting');
  });

  it('is off after a restart too', async () => {
    const id = await bench.acceptOne();
    await restartAfter(bench, HOUR);
    assert.equal((await bench.find(id)).delivery.state.kind, 'waiting');
    assert.equal(bench.transport.sent.length, 0);
  });
});

describe('An endpoint that is gone', () => {
  let bench: EngineBench;
  let id: string;
  beforeEach(async () => {
    bench = await EngineBench.start({});
    bench.transport.answer(() => 500);
    id = await bench.acceptOne();
    await bench.idle();
    bench.endpoints.remove('a');
    await bench.advance(2 * MINUTE);
  });
  afterEach(() => bench.close());

  it('gets nothing, and what it has stays in progress', async () => {
    await bench.advance(10 * MINUTE);
    assert.equal(bench.transport.sent.length, 1);
    assert.equal(await bench.statusOf(id), 'In Progress');
  });

  it('fails its deliveries after 24 hours, with that reason, and tells it', async () => {
    await restartAfter(bench, 23 * HOUR);
    assert.equal(await bench.statusOf(id), 'In Progress');
    await restartAfter(bench, HOUR);
    const { delivery } = await bench.find(id);
    assert.equal(delivery.state.kind === 'failed' && delivery.state.reason, 'endpoint-removed');
    assert.equal(bench.told.length, 1);
  });

  it('gets what is due when it is back before that', async () => {
    await restartAfter(bench, 23 * HOUR);
    bench.transport.answer(() => 200);
    bench.endpoint({});
    await bench.advance(2 * MINUTE);
    assert.equal(await bench.statusOf(id), 'Succeeded');
  });

  it('is given 24 hours anew when it was there meanwhile, also with wrong settings', async () => {
    await restartAfter(bench, 23 * HOUR);
    bench.endpoint({ url: '' });
    await bench.advance(2 * MINUTE);
    bench.endpoints.remove('a');
    await restartAfter(bench, 23 * HOUR);
    assert.equal(await bench.statusOf(id), 'In Progress');
  });

  it('fails a large backlog whole', async () => {
    bench.endpoint({ id: 'big', enabled: false });
    await Promise.all(Array.from({ length: 450 }, () => bench.acceptOne('big')));
    bench.endpoints.remove('big');
    await bench.advance(2 * MINUTE);
    await restartAfter(bench, 25 * HOUR);
    assert.deepEqual(await bench.statuses(), { Failed: 451 });
    assert.equal(bench.told.length, 451);
  });
});

describe('Outcomes', () => {
  let bench: EngineBench;
  beforeEach(async () => (bench = await EngineBench.start({})));
  afterEach(() => bench.close());

  it('are told once, with what was sent, the attempt and the delivery', async () => {
    const id = await bench.acceptOne('a', { body: Buffer.from('body') });
    await bench.advance(5 * MINUTE);
    assert.equal(bench.told.length, 1);
    const [{ delivery, event, attempt }] = bench.told as [(typeof bench.told)[0]];
    assert.deepEqual([delivery.id, delivery.state.kind, attempt?.statusCode], [id, 'succeeded', 200]);
    assert.equal(Buffer.from(event.body).toString(), 'body');
    await restartAfter(bench, MINUTE);
    assert.equal(bench.told.length, 1);
  });

  it('of a burst are marked as told together', async () => {
    await Promise.all(Array.from({ length: 50 }, () => bench.acceptOne()));
    await bench.advance(1000);
    assert.equal(bench.told.length, 50);
    assert.ok(bench.countOf('closeReports') <= 5, `${bench.countOf('closeReports')} calls`);
  });

  it('wait while the flows stop, and are told when they run', async () => {
    bench.engine.pauseReports();
    await bench.acceptOne();
    await bench.advance(5 * MINUTE);
    assert.equal(bench.told.length, 0);
    bench.engine.openReports();
    await bench.advance(100);
    assert.equal(bench.told.length, 1);
  });

  it('wait for their node, also over a restart', async () => {
    await bench.acceptOne('a', { nodeId: 'other' });
    await bench.advance(5 * MINUTE);
    await restartAfter(bench, MINUTE);
    const told: string[] = [];
    bench.engine.register('other', ({ delivery }) => told.push(delivery.nodeId));
    await bench.advance(100);
    assert.deepEqual(told, ['other']);
    await restartAfter(bench, MINUTE);
    bench.engine.register('other', ({ delivery }) => told.push(delivery.nodeId));
    await bench.advance(100);
    assert.deepEqual(told, ['other']);
  });

  it('are told again after a crash that came before they were marked, and only then', async () => {
    await bench.acceptOne();
    await bench.idle();
    assert.equal(bench.told.length, 1);
    await bench.crash();
    await bench.startEngine();
    await bench.advance(100);
    assert.equal(bench.told.length, 2);
    await bench.crash();
    await bench.startEngine();
    await bench.advance(100);
    assert.equal(bench.told.length, 2);
  });

  it('are dropped when their node has been gone for 24 hours, and not before', async () => {
    for (const [pause, expected] of [
      [23 * HOUR, 1],
      [25 * HOUR, 0],
    ] as const) {
      const nodeId = `other${expected}`;
      await bench.acceptOne('a', { nodeId });
      await bench.idle();
      await restartAfter(bench, pause);
      const told: string[] = [];
      bench.engine.register(nodeId, ({ delivery }) => told.push(delivery.nodeId));
      await bench.advance(100);
      assert.equal(told.length, expected);
    }
  });

  it('are kept while the flows do not run, however long', async () => {
    await bench.acceptOne('a', { nodeId: 'other' });
    await bench.stopEngine();
    bench.clock.jump(25 * HOUR);
    await bench.makeEngine().start();
    await bench.advance(5 * MINUTE);
    const told: string[] = [];
    bench.engine.register('other', ({ delivery }) => told.push(delivery.nodeId));
    bench.engine.openReports();
    await bench.advance(100);
    assert.deepEqual(told, ['other']);
  });

  it('reach the others when one node throws', async () => {
    bench.engine.register('bad', () => {
      throw new Error('a defect in a flow');
    });
    await bench.acceptOne('a', { nodeId: 'bad' });
    await bench.acceptOne('a');
    await bench.advance(100);
    assert.equal(bench.told.length, 1);
    assert.match(bench.warnings.join(), /a defect in a flow/);
  });

  it('are told all where more waits than a page', async () => {
    bench.engine.pauseReports();
    await Promise.all(Array.from({ length: 250 }, () => bench.acceptOne()));
    await bench.advance(1000);
    bench.engine.openReports();
    await bench.advance(1000);
    assert.equal(bench.told.length, 250);
    assert.equal(new Set(bench.told.map(({ id }) => id)).size, 250);
  });

  it('are told when the store is back, where it was down', async () => {
    bench.engine.pauseReports();
    await bench.acceptOne();
    await bench.idle();
    await bench.killWriter();
    bench.engine.openReports();
    await bench.idle();
    await bench.storeIsUp();
    await bench.advance(2 * MINUTE);
    assert.equal(bench.told.length, 1);
  });

  it('go to the node that came last where two have one id', async () => {
    const told: string[] = [];
    const leave = bench.engine.register(OUT_NODE, () => told.push('first'));
    bench.engine.register(OUT_NODE, () => told.push('second'));
    leave();
    await bench.acceptOne();
    await bench.advance(100);
    assert.deepEqual(told, ['second']);
  });
});
