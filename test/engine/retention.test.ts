import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RetentionStore } from '../../src/delivery/retention-store.ts';
import type { RetentionLimits } from '../../src/delivery/retention-limits.ts';
import { Retention } from '../../src/delivery/retention.ts';
import type { Resting } from '../../src/delivery/delivery.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import type { HookStore } from '../../src/store/hook-store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { ACCEPTED_AT, aDelivery } from '../support/deliveries.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { batchOf, scheduledAt } from '../support/store.ts';
import { until } from '../support/until.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const NO_LIMITS: RetentionLimits = { ageMs: undefined, count: undefined, bytes: undefined };
const SUCCEEDED: Resting = { kind: 'succeeded', finishedAt: ACCEPTED_AT };

/** Counts the calls of a store, and those that are not answered yet. */
function watch(store: RetentionStore) {
  const watched = { calls: [] as string[], pendingCount: 0 };
  const call = async <Answer>(name: string, work: () => Promise<Answer>): Promise<Answer> => {
    watched.calls.push(name);
    watched.pendingCount += 1;
    return work().finally(() => (watched.pendingCount -= 1));
  };
  const proxy: RetentionStore = {
    measure: () => call('measure', () => store.measure()),
    prune: (request) => call('prune', () => store.prune(request)),
    shrink: (request) => call('shrink', () => store.shrink(request)),
  };
  return { watched, proxy };
}

describe('Retention', () => {
  let folder: string;
  let store: HookStore;
  let clock: FakeClock;
  let limits: RetentionLimits | undefined;
  let retention: Retention;
  let watched: ReturnType<typeof watch>['watched'];
  const warnings: string[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'survey-hooks-'));
    const file = path.join(folder, 'hooks.db');
    store = await openStore({ backend: 'sqlite', file, clock: systemClock, logger: silentLogger });
    clock = new FakeClock(ACCEPTED_AT);
    limits = NO_LIMITS;
    warnings.length = 0;
    begin(store.retention);
  });
  afterEach(async () => {
    await retention.stop();
    await store.close();
    await rm(folder, { recursive: true });
  });

  function begin(given: RetentionStore): void {
    const { watched: counts, proxy } = watch(given);
    watched = counts;
    const warn = (message: string) => void warnings.push(message);
    retention = new Retention({
      store: proxy,
      limits: () => limits,
      clock,
      logger: { ...silentLogger, warn },
    });
    retention.start();
  }

  async function add(ids: readonly string[], state: Resting = SUCCEEDED): Promise<void> {
    const deliveries = ids.map((id, index) =>
      aDelivery(state, { id, eventId: id, lastActivityAt: ACCEPTED_AT + index }),
    );
    await store.deliveries.enqueue(batchOf(deliveries));
  }

  const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `d${index}`);
  const idle = () =>
    until(() => watched.pendingCount === 0, { what: () => 'the store to be idle', everyMs: 1 });

  /** Moves the time on, timer by timer, and lets the store answer after each. */
  async function advance(ms: number): Promise<void> {
    const end = clock.now() + ms;
    for (let at = clock.nextTimerAt; at !== undefined && at <= end; at = clock.nextTimerAt) {
      await clock.advance(Math.max(at - clock.now(), 0));
      await idle();
      await clock.advance(0);
    }
    await clock.advance(end - clock.now());
  }

  const countKept = async (): Promise<number> => (await store.retention.measure()).deliveryCount;

  it('deletes what is too old within a minute of its time, and not before', async () => {
    limits = { ...NO_LIMITS, ageMs: DAY };
    await add(['a']);
    await advance(MINUTE);
    assert.equal(await countKept(), 1);
    clock.jump(DAY - MINUTE);
    await advance(MINUTE - 1);
    assert.equal(await countKept(), 1);
    await advance(2);
    assert.equal(await countKept(), 0);
  });

  it('deletes the oldest of what is too many', async () => {
    limits = { ...NO_LIMITS, count: 60 };
    await add(names(200));
    await advance(2 * MINUTE);
    assert.equal(await countKept(), 60);
    assert.ok(await store.log.find('d140'));
    assert.equal(await store.log.find('d139'), undefined);
  });

  it('deletes the oldest of what takes too many bytes', async () => {
    await add(names(100));
    const { deliveryBytes } = await store.retention.measure();
    limits = { ...NO_LIMITS, bytes: deliveryBytes / 2 };
    await advance(2 * MINUTE);
    assert.equal(await countKept(), 50);
  });

  it('deletes nothing without limits, and nothing where they cannot be read', async () => {
    await add(names(50));
    await advance(2 * MINUTE);
    limits = undefined;
    clock.jump(10_000 * DAY);
    await advance(2 * MINUTE);
    assert.equal(await countKept(), 50);
    assert.deepEqual(warnings, []);
  });

  it('takes up new limits at the next minute', async () => {
    await add(names(50));
    await advance(MINUTE);
    limits = { ...NO_LIMITS, count: 10 };
    await advance(MINUTE + 1000);
    assert.equal(await countKept(), 10);
  });

  it('says once that what is left is too much, and once more when it has been enough between', async () => {
    limits = { ...NO_LIMITS, count: 2, bytes: 1 };
    await add(['a', 'b', 'c'], scheduledAt(ACCEPTED_AT));
    await advance(5 * MINUTE);
    assert.equal(await countKept(), 3);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /3 deliveries .*retentionRows and retentionBytes/);
    limits = NO_LIMITS;
    await advance(MINUTE);
    limits = { ...NO_LIMITS, count: 2 };
    await advance(5 * MINUTE);
    assert.equal(warnings.length, 2);
  });

  it('gives the space back that it has made', async () => {
    const deliveries = names(60).map((id) => aDelivery(SUCCEEDED, { id, eventId: id }));
    for (let at = 0; at < 60; at += 20)
      await store.deliveries.enqueue(
        batchOf(deliveries.slice(at, at + 20), { body: new Uint8Array(400_000) }),
      );
    limits = { ...NO_LIMITS, count: 1 };
    await advance(2 * MINUTE);
    const { freeBytes } = await store.retention.measure();
    assert.ok(freeBytes <= 16 * 1024 ** 2, `${freeBytes}`);
    assert.ok(watched.calls.includes('shrink'));
  });

  it('leaves free space that new deliveries will take', async () => {
    await add(names(50));
    limits = { ...NO_LIMITS, count: 1 };
    await advance(2 * MINUTE);
    assert.ok(!watched.calls.includes('shrink'));
  });

  it('says when the store is down, and goes on when it is up', async () => {
    await retention.stop();
    let isDown = true;
    begin({
      ...store.retention,
      measure: () => (isDown ? Promise.reject(new Error('the store is down')) : store.retention.measure()),
    });
    await add(names(3));
    limits = { ...NO_LIMITS, count: 1 };
    await advance(MINUTE);
    assert.match(warnings.join(), /the store is down/);
    isDown = false;
    await advance(MINUTE);
    assert.equal(await countKept(), 1);
  });

  describe('with very much to delete', () => {
    let deleted: number;
    beforeEach(async () => {
      await retention.stop();
      deleted = 0;
      begin({
        measure: () =>
          Promise.resolve({ deliveryCount: 1_000_000 - deleted, deliveryBytes: 0, freeBytes: 0 }),
        prune() {
          deleted += 10;
          const next = { lastActivityAt: deleted, seq: deleted };
          return Promise.resolve({ deletedCount: 10, deletedBytes: 0, next });
        },
        shrink: () => Promise.reject(new Error('There is nothing to shrink.')),
      });
      limits = { ...NO_LIMITS, count: 1 };
    });

    it('does a part of it each minute, with pauses', async () => {
      await advance(2 * MINUTE - 1);
      assert.ok(deleted > 5_000 && deleted <= 15_000, `${deleted}`);
      const first = deleted;
      await advance(MINUTE);
      assert.ok(deleted > first, `${deleted}`);
    });

    it('stops in the midst of it, and asks for nothing more', async () => {
      await advance(MINUTE + 1000);
      await retention.stop();
      const { length } = watched.calls;
      assert.ok(length > 10);
      await advance(5 * MINUTE);
      assert.equal(watched.calls.length, length);
    });
  });
});
