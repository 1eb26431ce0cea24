import assert from 'node:assert/strict';
import { HookError } from '../../src/errors.ts';
import { InboxBench } from '../support/inbox-bench.ts';
import { until } from '../support/until.ts';

const down = new HookError('HOOK_STORE_UNAVAILABLE', 'The store is down.');

describe('The inbox', () => {
  let bench: InboxBench;
  beforeEach(async () => {
    bench = await InboxBench.open();
    bench.inbox.flowsRun();
  });
  afterEach(async () => bench.close());

  it('keeps an event before it is delivered, until it has been in a running flow for a minute', async () => {
    const event = bench.event();
    assert.deepEqual(await bench.inbox.take({ event }), { kind: 'deliver' });
    assert.deepEqual(await bench.openIds(), [event.id]);
    await bench.clock.advance(58_000);
    await bench.settle();
    assert.deepEqual(await bench.openIds(), [event.id]);
    await bench.clock.advance(2000);
    assert.deepEqual(await bench.openIds(), []);
    assert.deepEqual(bench.redelivered, []);
  });

  it('closes the events of a second together', async () => {
    await bench.take(30);
    await bench.clock.advance(62_000);
    assert.deepEqual(await bench.openIds(), []);
    assert.equal(bench.calls.filter((name) => name === 'closeEvents').length, 1);
  });

  it('closes what is handled later when the store is down', async () => {
    await bench.take();
    bench.failures.set('closeEvents', down);
    await bench.clock.advance(70_000);
    assert.equal((await bench.open()).length, 1);
    bench.failures.clear();
    await bench.clock.advance(2000);
    assert.equal((await bench.open()).length, 0);
  });

  it('rejects what the store does not take, and knows nothing of it afterwards', async () => {
    bench.failures.set('keep', down);
    await assert.rejects(bench.inbox.take({ event: bench.event() }), down);
    await bench.deploy();
    await bench.settle();
    assert.deepEqual(bench.redelivered, []);
  });

  it('sends what is younger than a minute into the flows again after a deploy, uncounted, however often', async () => {
    const ids = await bench.take(25);
    for (let round = 1; round <= 5; round++) {
      await bench.clock.advance(20_000);
      await bench.deploy();
      await bench.untilRedelivered(25 * round);
    }
    await bench.settle();
    assert.deepEqual(bench.redelivered, Array.from({ length: 5 }, () => ids).flat());
    assert.deepEqual(bench.announced, bench.redelivered);
    assert.ok((await bench.open()).every(({ redeliveries }) => redeliveries === 0));
    await bench.clock.advance(61_000);
    assert.deepEqual(await bench.openIds(), []);
  });

  it('does not send again after a deploy what has been in the flows for a minute', async () => {
    await bench.take(15);
    await bench.clock.advance(30_000);
    const [young] = await bench.take();
    await bench.clock.advance(29_500);
    bench.failures.set('closeEvents', down);
    await bench.clock.advance(800);
    await bench.deploy();
    bench.failures.clear();
    await bench.untilRedelivered(1);
    await bench.settle();
    assert.deepEqual(bench.redelivered, [young]);
  });

  it('does not count time in which no flows run', async () => {
    await bench.take();
    await bench.clock.advance(50_000);
    bench.inbox.flowsStop();
    await bench.clock.advance(600_000);
    assert.equal((await bench.open()).length, 1);
    bench.inbox.flowsRun();
    await bench.untilRedelivered(1);
    await bench.clock.advance(50_000);
    assert.equal((await bench.open()).length, 1);
    await bench.clock.advance(11_000);
    assert.equal((await bench.open()).length, 0);
  });

  it('lets what comes while the flows do not run wait until they do', async () => {
    bench.inbox.flowsStop();
    const event = bench.event();
    assert.deepEqual(await bench.inbox.take({ event }), { kind: 'later' });
    await bench.settle();
    assert.deepEqual(bench.redelivered, []);
    bench.inbox.flowsRun();
    await bench.untilRedelivered(1);
    assert.equal((await bench.open())[0]?.redeliveries, 0);
  });

  it('delivers nothing at once that was on its way when the flows stopped, and once when they run', async () => {
    const event = bench.event();
    const taking = bench.inbox.take({ event });
    bench.inbox.flowsStop();
    bench.inbox.flowsRun();
    assert.deepEqual(await taking, { kind: 'later' });
    await bench.untilRedelivered(1);
    await bench.settle();
    assert.deepEqual(bench.redelivered, [event.id]);
  });

  it('counts what a process had died with before it sends it, and parks it after three times', async () => {
    const [id] = await bench.take();
    const counts: number[] = [];
    bench.receive('hook', async () => void counts.push((await bench.open())[0]?.redeliveries ?? -1));
    for (let start = 1; start <= 3; start++) {
      await bench.restart();
      await bench.untilRedelivered(start);
      await bench.settle();
    }
    assert.deepEqual(counts, [1, 2, 3]);
    assert.deepEqual(bench.warnings, []);
    await bench.restart();
    await bench.settle();
    assert.deepEqual(bench.redelivered, [id, id, id]);
    assert.deepEqual(await bench.openIds(), []);
    assert.deepEqual(await bench.store.inbox.countParked(), [{ hookId: 'hook', count: 1 }]);
    assert.match(bench.warnings.join('\n'), /"Hook hook".*: 1, because they were begun with again 3 times/);
    assert.deepEqual(bench.parkedAt, ['hook']);
  });

  it('does not park after a deploy what it has counted three times itself', async () => {
    await bench.take();
    for (let start = 1; start <= 3; start++) {
      await bench.restart();
      await bench.untilRedelivered(start);
    }
    await bench.deploy();
    await bench.untilRedelivered(4);
    assert.deepEqual(await bench.store.inbox.countParked(), []);
  });

  it('sends a backlog oldest first, ten at a time, without waiting for the minute of each', async () => {
    const ids = await bench.take(1200);
    await bench.end();
    const before = bench.calls.length;
    await bench.start();
    bench.inbox.flowsRun();
    const begunAt = bench.clock.now();
    await bench.untilRedelivered(1200);
    assert.deepEqual(bench.redelivered, ids);
    assert.ok(bench.clock.now() - begunAt < 10_000, `${bench.clock.now() - begunAt} ms`);
    const calls = bench.calls.slice(before);
    assert.equal(calls.filter((name) => name === 'countRedeliveries').length, 120);
  }).timeout(20_000);

  it('sends what has one redelivery left alone, so that what dies of it is known', async () => {
    await bench.take(12);
    for (let start = 1; start <= 2; start++) {
      await bench.restart();
      await bench.untilRedelivered(12 * start);
      await bench.settle();
    }
    await bench.restart();
    await bench.untilRedelivered(25);
    await bench.end();
    await bench.start();
    const counts = (await bench.open()).map(({ redeliveries }) => redeliveries);
    assert.deepEqual(counts, [3, ...Array.from({ length: 11 }, () => 2)]);
  });

  it('takes what is new while it sends a backlog, and sends none of it twice', async () => {
    await bench.take(95);
    await bench.restart();
    const fresh: string[] = [];
    while (bench.redelivered.length < 95) {
      fresh.push(...(await bench.take(12)));
      await bench.clock.advance(25);
    }
    await bench.settle();
    assert.equal(bench.redelivered.length, 95);
    assert.ok(fresh.length >= 95);
    assert.ok(!bench.redelivered.some((id) => fresh.includes(id)));
  });

  it('keeps the events of a hook that is gone until it is back, and lets the others pass', async () => {
    const leave = bench.receive('other');
    const gone = await bench.take(15, { hookId: 'other' });
    const here = await bench.take(15);
    leave();
    await bench.restart();
    await bench.untilRedelivered(15);
    await bench.clock.advance(120_000);
    await bench.settle();
    assert.deepEqual(bench.redelivered, here);
    assert.deepEqual(await bench.openIds(), gone);
    bench.receive('other');
    bench.inbox.lookAgain();
    await bench.untilRedelivered(30);
    assert.deepEqual(bench.redelivered, [...here, ...gone]);
  });

  it('parks an event that cannot be read again, and goes on with the next', async () => {
    const ids = await bench.take(3);
    bench.receive('hook', ({ id }) => {
      if (id === ids[1]) throw new HookError('HOOK_MESSAGE_UNREADABLE', 'No head.');
    });
    await bench.deploy();
    await bench.untilRedelivered(3);
    await bench.settle();
    assert.deepEqual(await bench.openIds(), [ids[0], ids[2]]);
    assert.match(bench.warnings.join('\n'), /could not be read again \(HookError: No head\.\)/);
  });

  it('keeps an event that cannot be read again until the store has parked it', async () => {
    const ids = await bench.take();
    bench.receive('hook', () => Promise.reject(new Error('unreadable')));
    bench.failures.set('park', down);
    await bench.deploy();
    await bench.untilRedelivered(1);
    for (let minute = 0; minute < 3; minute++) {
      await bench.clock.advance(30_000);
      await bench.settle();
    }
    assert.deepEqual(await bench.openIds(), ids);
    bench.failures.clear();
    await bench.clock.advance(5000);
    await bench.settle();
    assert.deepEqual(await bench.store.inbox.countParked(), [{ hookId: 'hook', count: 1 }]);
  });

  describe('where what an event leads to could not be kept', () => {
    /** Further than a redelivery looks through what is new. */
    const takeOneOfMany = async (): Promise<string> => (await bench.take(25)).at(-1) ?? '';

    it('sends it into its flow again, and no other', async () => {
      const id = await takeOneOfMany();
      bench.inbox.giveBack(id);
      await bench.clock.advance(5000);
      await bench.untilRedelivered(1);
      await bench.settle();
      assert.deepEqual(bench.redelivered, [id]);
      await bench.clock.advance(61_000);
      await until(async () => (await bench.openIds()).length === 0, { what: () => 'all to be handled' });
    });

    it('starts no flow while the store is down, keeps the event, and parks it when that goes on', async () => {
      const id = await takeOneOfMany();
      bench.receive('hook', (event) => bench.inbox.giveBack(event.id));
      bench.failures.set('countRedeliveries', down);
      bench.inbox.giveBack(id);
      for (let turn = 0; turn < 3; turn++) {
        await bench.clock.advance(30_000);
        await bench.settle();
      }
      assert.deepEqual(bench.redelivered, []);
      assert.deepEqual(await bench.openIds(), [id]);
      bench.failures.clear();
      for (let turn = 0; turn < 5; turn++) {
        await bench.clock.advance(5000);
        await bench.settle();
      }
      assert.deepEqual(bench.redelivered, [id, id, id]);
      assert.deepEqual(await bench.store.inbox.countParked(), [{ hookId: 'hook', count: 1 }]);
    });

    it('does nothing where the event counts as handled, or is none', async () => {
      const [id = ''] = await bench.take();
      await bench.clock.advance(60_000);
      bench.inbox.giveBack(id);
      bench.inbox.giveBack('nobody');
      await bench.clock.advance(10_000);
      await bench.settle();
      assert.deepEqual(bench.redelivered, []);
      assert.deepEqual(await bench.openIds(), []);
    });
  });

  it('lets parked events go once more, and drops them, as a person says', async () => {
    const ids = await bench.take(2);
    await bench.store.inbox.park(ids);
    assert.equal(await bench.inbox.runParked('other'), 0);
    assert.equal(await bench.inbox.runParked('hook'), 2);
    await bench.settle();
    // They were parked behind this inbox's back, which has them in its flow.
    await bench.deploy();
    await bench.untilRedelivered(2);
    await bench.store.inbox.park(ids);
    assert.equal(await bench.inbox.dropParked('hook'), 2);
    assert.deepEqual(await bench.store.inbox.countParked(), []);
  });

  it('tries again when the store fails, and says so once', async () => {
    await bench.take();
    bench.failures.set('listOpen', down);
    await bench.deploy();
    await bench.clock.advance(30_000);
    assert.deepEqual(bench.redelivered, []);
    assert.equal(bench.warnings.length, 1);
    bench.failures.clear();
    await bench.clock.advance(5000);
    await bench.untilRedelivered(1);
  });

  it('stops sending when the flows stop, and goes on when they run', async () => {
    const ids = await bench.take(30);
    await bench.restart();
    await bench.untilRedelivered(10);
    bench.inbox.flowsStop();
    const sent = bench.redelivered.length;
    await bench.settle();
    assert.equal(bench.redelivered.length, sent);
    bench.inbox.flowsRun();
    await bench.untilRedelivered(sent + 30);
    await bench.settle();
    assert.deepEqual(bench.redelivered.slice(sent), ids);
    assert.ok((await bench.open()).every(({ redeliveries }) => redeliveries === 1));
  });

  describe('with a mark', () => {
    const mark = (eventId: string, key = 'k') => ({
      hookId: 'hook',
      key,
      eventId,
      expiresAt: bench.clock.now() + 3_600_000,
      answer: { statusCode: 200, contentType: 'text/plain', body: Buffer.from(eventId) },
    });

    it('knows a duplicate again, also in another process, and keeps no event for it', async () => {
      const event = bench.event();
      await bench.inbox.take({ event, mark: mark(event.id) });
      await bench.restart();
      const second = bench.event();
      const taken = await bench.inbox.take({ event: second, mark: mark(second.id) });
      assert.equal(taken.kind === 'duplicate' && taken.first.eventId, event.id);
      assert.deepEqual(await bench.openIds(), [event.id]);
      assert.equal((await bench.inbox.take({ mark: mark('x', 'other') })).kind, 'deliver');
    });

    it('forgets at its start what nobody will answer any more', async () => {
      await bench.inbox.take({ mark: { ...mark('a'), answer: undefined } });
      assert.equal((await bench.inbox.take({ mark: mark('b') })).kind, 'duplicate');
      await bench.restart();
      assert.equal((await bench.inbox.take({ mark: mark('c') })).kind, 'deliver');
    });

    it('drops what has expired, each minute', async () => {
      for (let n = 0; n < 600; n++) void bench.inbox.take({ mark: mark(`e${n}`, `k${n}`) });
      await bench.inbox.take({ mark: { ...mark('late', 'late'), expiresAt: bench.clock.now() + 7_200_000 } });
      await bench.clock.advance(3_600_000);
      await bench.settle();
      await bench.clock.advance(61_000);
      await bench.settle();
      const left = await bench.store.inbox.dropExpiredMarks({ now: Infinity, limit: 10_000 });
      assert.equal(left, 1);
    });
  });
});
