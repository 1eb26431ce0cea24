import assert from 'node:assert/strict';
import type { EndpointSettings } from '../../src/delivery/endpoint/endpoint-settings.ts';
import { EngineBench } from '../support/engine-bench.ts';
import { until } from '../support/until.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const SETTINGS: Partial<EndpointSettings> = {
  retry: 'custom',
  retryDelays: '1m,1m,1m,1m,1m,1m',
  circuit: true,
};

describe('A circuit', () => {
  let bench: EngineBench;
  beforeEach(async () => {
    bench = await EngineBench.start(SETTINGS);
    await bench.joinEvents();
  });
  afterEach(() => bench.close());

  const health = () => bench.engine.healthOf(bench.endpoints.find('a')!);
  const acceptMany = async (count: number): Promise<string[]> => {
    const accepted = await Promise.all(Array.from({ length: count }, () => bench.acceptOne()));
    await bench.idle();
    return accepted;
  };
  const open = async (): Promise<void> => {
    bench.transport.answer(() => 503);
    await acceptMany(5);
    assert.equal(health().circuit, 'open');
  };
  const restart = async (): Promise<void> => {
    await bench.crash();
    await bench.startEngine();
    await bench.idle();
  };

  it('is open after a crash too, and the endpoint is tried when it was to be', async () => {
    await open();
    await bench.advance(40 * SECOND);
    assert.equal(bench.transport.sent.length, 6);
    await restart();
    assert.equal(health().circuit, 'open');
    await bench.advance(50 * SECOND - 1);
    assert.equal(bench.transport.sent.length, 0);
    await bench.advance(1);
    assert.deepEqual(await bench.statuses(), { Succeeded: 5 });
    assert.deepEqual(
      (await bench.events()).map((detail) => detail.kind === 'circuit' && detail.state),
      ['open', 'closed'],
    );
  });

  it('tries again at once where the process died during a probe, which costs nothing', async () => {
    await open();
    bench.transport.answer(() => 'hang');
    await bench.advance(30 * SECOND);
    assert.equal(health().circuit, 'half-open');
    await bench.crash();
    bench.transport.answer(() => 503);
    assert.equal(await bench.startEngine(), 1);
    await bench.idle();
    assert.equal(bench.transport.sent.length, 1);
    assert.equal(health().circuit, 'open');
    await bench.advance(MINUTE - 1);
    assert.equal(bench.transport.sent.length, 1);
    bench.transport.answer(() => 200);
    await bench.advance(1);
    assert.deepEqual(await bench.statuses(), { Succeeded: 5 });
  });

  it('holds what a crash left under way', async () => {
    bench.transport.answer(() => 'hang');
    await acceptMany(8);
    bench.transport.release(503, 5);
    await bench.idle();
    await bench.crash();
    assert.equal(await bench.startEngine(), 3);
    await bench.advance(29 * SECOND);
    assert.equal(bench.transport.sent.length, 0);
    await bench.advance(SECOND);
    assert.deepEqual(await bench.statuses(), { Succeeded: 8 });
  });

  it('stays open over a stop during a probe, which is tried anew', async () => {
    await open();
    bench.transport.answer(() => 'hang');
    await bench.advance(30 * SECOND);
    await bench.stopEngine();
    bench.transport.answer(() => 200);
    await bench.startEngine();
    await bench.idle();
    assert.deepEqual(await bench.statuses(), { Succeeded: 5 });
  });

  it('is stored, and so are the outcomes, when the store is back that was down as it opened', async () => {
    bench.transport.answer(() => 'hang');
    await acceptMany(5);
    await bench.killWriter();
    bench.transport.release(503);
    await bench.advance(100);
    assert.equal(health().circuit, 'open');
    await bench.storeIsUp();
    await bench.advance(5 * SECOND);
    assert.equal((await bench.events()).length, 1);
    await restart();
    assert.equal(health().circuit, 'open');
    await bench.advance(MINUTE);
    assert.deepEqual(await bench.statuses(), { Succeeded: 5 });
  });

  it('lets go of all when the store is back that was down as it closed', async () => {
    await open();
    await acceptMany(20);
    bench.transport.answer(() => 'hang');
    await bench.advance(30 * SECOND);
    await bench.killWriter();
    bench.transport.answer(() => 200);
    bench.transport.release(200);
    await bench.advance(100);
    await bench.storeIsUp();
    await bench.advance(2 * MINUTE);
    assert.deepEqual(await bench.statuses(), { Succeeded: 25 });
  });

  it('strands nothing that it holds as it goes to another endpoint', async () => {
    bench.endpoint({ ...SETTINGS, id: 'b' });
    bench.transport.answer(({ host }, earlier) => {
      if (host === 'a.example') return 'hang';
      return earlier < 2 ? 500 : 200;
    });
    const last = (await acceptMany(5)).at(-1)!;
    await bench.engine.resend({ delivery: (await bench.find(last)).delivery, endpointId: 'b' });
    bench.transport.release(503);
    await bench.idle();
    assert.equal(health().circuit, 'open');
    // The resend has failed there, and what was held is tried there at once.
    assert.equal(await bench.statusOf(last), 'Succeeded');
    assert.equal(bench.transport.sent.filter(({ host }) => host === 'b.example').length, 2);
  });

  it('is tried at once with what comes from another endpoint when nothing of its own waits', async () => {
    bench.endpoint({ ...SETTINGS, id: 'b' });
    await open();
    const held = (await bench.store.log.list({ limit: 10 })).items;
    bench.transport.answer(({ host }) => (host === 'a.example' ? 503 : 200));
    await bench.engine.resendSome({ deliveries: held, endpointId: 'b' });
    await bench.idle();
    bench.transport.answer((_, earlier) => (earlier < 2 ? 503 : 200));
    const moved = await bench.acceptOne('b');
    await bench.advance(31 * SECOND);
    await bench.engine.resend({ delivery: (await bench.find(moved)).delivery, endpointId: 'a' });
    await bench.idle();
    assert.deepEqual(
      (await bench.find(moved)).attempts.map(({ manual, statusCode }) => [manual, statusCode]),
      [
        [false, 503],
        [true, 503],
        [false, 200],
      ],
    );
    assert.equal(health().circuit, 'closed');
  });

  it('strands nothing, and sends nothing while it is open, however accepting, opening and closing meet', async () => {
    let isUp = true;
    let turn = 0;
    bench.transport.answer(() => (isUp ? 200 : 503));
    const accepting: Promise<unknown>[] = [];
    for (let round = 0; round < 60; round++) {
      isUp = round % 6 < 3;
      accepting.push(...Array.from({ length: 7 }, () => bench.acceptOne()));
      for (turn = 0; turn < round % 5; turn++) await new Promise((resolve) => setImmediate(resolve));
      if (round % 3 === 0) await bench.clock.advance(10 * SECOND);
      if (round % 7 === 0) await bench.engine.enable('a');
    }
    await Promise.all(accepting);
    await bench.idle();
    isUp = false;
    await acceptMany(10);
    assert.equal(health().circuit, 'open');
    const sentCount = bench.transport.sent.length;
    await acceptMany(10);
    assert.equal(bench.transport.sent.length, sentCount);
    isUp = true;
    // Time for what was charged before it opened; not for an upkeep to make up for anything.
    await bench.engine.enable('a');
    await bench.advance(59 * SECOND);
    const waiting = (await bench.statuses())['In Progress'] ?? 0;
    await bench.advance(2 * MINUTE);
    assert.deepEqual(await bench.statuses(), { Succeeded: 60 * 7 + 20 });
    assert.equal(waiting, 0);
  });

  it('holds and lets go of thousands without leaving some behind, however soon the one follows the other', async () => {
    bench.transport.answer(() => 503);
    bench.endpoint({ ...SETTINGS, enabled: false });
    await acceptMany(2200);
    const releases = bench.countOf('release');
    bench.endpoint(SETTINGS);
    await until(() => bench.countOf('release') > releases, { what: () => 'a release', everyMs: 1 });
    bench.endpoint({ ...SETTINGS, enabled: false });
    await bench.idle();
    assert.deepEqual(await bench.store.deliveries.listBacklogs(), [
      { endpointId: 'a', nextDueAt: undefined, openCount: 2200 },
    ]);
    bench.endpoint(SETTINGS);
    bench.endpoint({ ...SETTINGS, enabled: false });
    bench.endpoint(SETTINGS);
    await bench.idle();
    assert.equal(health().circuit, 'open');
    bench.transport.answer(() => 200);
    await bench.engine.enable('a');
    await bench.idle();
    const { Succeeded: count = 0 } = await bench.statuses();
    assert.ok(count >= 2200 - 12, `${count} delivered`);
    await bench.advance(2 * MINUTE);
    assert.deepEqual(await bench.statuses(), { Succeeded: 2200 });
  }).timeout(30_000);

  it('is made up for by the upkeep where a hold or a release was lost', async () => {
    await open();
    const [first] = await acceptMany(2);
    // As an older process, or a call whose answer was lost, leaves them.
    await bench.store.deliveries.release({ endpointId: 'a', now: bench.clock.now() });
    assert.equal((await bench.find(first!)).delivery.state.kind, 'scheduled');
    await bench.advance(MINUTE);
    assert.equal((await bench.find(first!)).delivery.state.kind, 'waiting');
    bench.transport.answer(() => 200);
    await bench.advance(2 * MINUTE);
    await bench.store.deliveries.hold({ endpointId: 'a', reason: 'circuit-open', now: bench.clock.now() });
    await bench.advance(2 * MINUTE);
    assert.deepEqual(await bench.statuses(), { Succeeded: 7 });
  });
});
