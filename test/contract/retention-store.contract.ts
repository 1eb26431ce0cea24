import assert from 'node:assert/strict';
import { finish, type Delivery, type Resting } from '../../src/delivery/delivery.ts';
import type { PrunePosition, PruneRequest } from '../../src/delivery/retention-store.ts';
import type { HookStore } from '../../src/store/hook-store.ts';
import { ACCEPTED_AT, aDelivery } from '../support/deliveries.ts';
import {
  anAttempt,
  aSending,
  batchOf,
  scheduledAt,
  type StoreContext,
  type StoreFactory,
} from '../support/store.ts';

const SUCCEEDED: Resting = { kind: 'succeeded', finishedAt: ACCEPTED_AT };
const FAILED: Resting = {
  kind: 'failed',
  finishedAt: ACCEPTED_AT,
  reason: 'permanent',
  message: 'No such host.',
};
const WAITING: Resting = { kind: 'waiting', reason: 'endpoint-off', waitingSince: ACCEPTED_AT };
const LONG_AGO = ACCEPTED_AT - 1_000_000;
const NOTHING: PruneRequest = { after: undefined, activeBefore: -Infinity, count: 0, bytes: 0 };

/** What every store promises of the room it makes. */
export function retentionStoreContract(name: string, open: StoreFactory): void {
  describe(`The retention on ${name}`, function () {
    this.timeout(20_000);
    let context: StoreContext;
    let store: HookStore;

    beforeEach(async () => {
      context = await open();
      store = context.store;
    });
    afterEach(() => context.close());

    /** Adds a delivery that was last active some milliseconds after the start of time here. */
    async function add(
      id: string,
      state: Resting,
      fields: Partial<Omit<Delivery, 'state'>> = {},
    ): Promise<Delivery> {
      const delivery = aDelivery(state, { id, eventId: `e-${id}`, lastActivityAt: LONG_AGO, ...fields });
      await store.deliveries.enqueue(batchOf([delivery]));
      return delivery;
    }

    const addAll = async (ids: readonly string[]): Promise<void> => {
      for (const [index, id] of ids.entries())
        await add(id, SUCCEEDED, { lastActivityAt: LONG_AGO + index, createdAt: LONG_AGO - index });
    };

    /** Tells all outcomes that wait. */
    async function tellAll(): Promise<void> {
      const reports = await store.deliveries.listReports({ nodeIds: ['out'], limit: 100 });
      await store.deliveries.closeReports(reports.map(({ id }) => id));
    }

    /** Asks until nothing is left to do; answers how many deliveries went. */
    async function prune(request: Partial<PruneRequest>): Promise<number> {
      let after: PrunePosition | undefined;
      let [count, bytes] = [0, 0];
      do {
        const rest = {
          count: Math.max((request.count ?? 0) - count, 0),
          bytes: Math.max((request.bytes ?? 0) - bytes, 0),
        };
        const pruned = await store.retention.prune({ ...NOTHING, ...request, ...rest, after });
        count += pruned.deletedCount;
        bytes += pruned.deletedBytes;
        after = pruned.next;
      } while (after);
      return count;
    }

    const remaining = async (): Promise<string[]> =>
      (await store.log.list({ limit: 1000 })).items.map(({ id }) => id).sort();

    it('begins with nothing', async () => {
      const { deliveryCount, deliveryBytes } = await store.retention.measure();
      assert.deepEqual([deliveryCount, deliveryBytes], [0, 0]);
      assert.deepEqual(await store.retention.prune({ ...NOTHING, activeBefore: Infinity }), {
        deletedCount: 0,
        deletedBytes: 0,
        next: undefined,
      });
    });

    it('measures deliveries, their bodies and what was answered, also after a restart', async () => {
      const sending = aSending({ id: 'd1', eventId: 'e1' });
      await store.deliveries.enqueue(batchOf([sending], { body: new Uint8Array(100_000) }));
      const accepted = await store.retention.measure();
      assert.equal(accepted.deliveryCount, 1);
      assert.ok(
        accepted.deliveryBytes > 100_000 && accepted.deliveryBytes < 105_000,
        `${accepted.deliveryBytes}`,
      );
      const outcome = { kind: 'succeeded', statusCode: 200, response: '' } as const;
      await store.deliveries.settle({
        delivery: finish(sending, outcome, { now: ACCEPTED_AT, retryDelay: () => undefined }),
        attempt: anAttempt({ responseBody: new Uint8Array(50_000) }),
        report: false,
      });
      store = await context.reopen();
      const settled = await store.retention.measure();
      const attemptBytes = settled.deliveryBytes - accepted.deliveryBytes;
      assert.equal(settled.deliveryCount, 1);
      assert.ok(attemptBytes > 50_000 && attemptBytes < 55_000, `${attemptBytes}`);
      assert.equal(await prune({ count: 1 }), 1);
      const { deliveryCount, deliveryBytes } = await store.retention.measure();
      assert.deepEqual([deliveryCount, deliveryBytes], [0, 0]);
    });

    it('deletes what was last active before a time, and nothing else', async () => {
      await add('old-success', SUCCEEDED, { lastActivityAt: LONG_AGO - 1 });
      await add('old-failure', FAILED, { lastActivityAt: LONG_AGO - 1 });
      await add('at-the-time', SUCCEEDED);
      await tellAll();
      assert.equal(await prune({ activeBefore: LONG_AGO }), 2);
      assert.deepEqual(await remaining(), ['at-the-time']);
      assert.equal(await store.log.find('old-success'), undefined);
    });

    it('deletes the longest inactive where a number is to go, whenever they were accepted', async () => {
      await addAll(['a', 'b', 'c', 'd']);
      assert.equal(await prune({ count: 2 }), 2);
      assert.deepEqual(await remaining(), ['c', 'd']);
    });

    it('deletes the longest inactive where bytes are to go, as many as it takes', async () => {
      await addAll(['a', 'b', 'c', 'd']);
      const { deliveryBytes } = await store.retention.measure();
      assert.equal(await prune({ bytes: deliveryBytes / 4 + 1 }), 2);
      assert.deepEqual(await remaining(), ['c', 'd']);
      const after = await store.retention.measure();
      assert.equal(after.deliveryBytes, deliveryBytes / 2);
    });

    it('counts what goes for its age to what is to go for its number', async () => {
      await addAll(['a', 'b', 'c', 'd']);
      assert.equal(await prune({ activeBefore: LONG_AGO + 2, count: 3 }), 3);
    });

    it('does a large piece of work in small parts', async () => {
      await addAll(Array.from({ length: 120 }, (_, index) => `d${index}`));
      const first = await store.retention.prune({ ...NOTHING, activeBefore: Infinity });
      assert.ok(first.deletedCount > 0 && first.deletedCount < 120, `${first.deletedCount}`);
      assert.ok(first.next);
      assert.equal(await prune({ activeBefore: Infinity }), 120 - first.deletedCount);
    });

    for (const [title, state] of [
      ['is scheduled', scheduledAt(LONG_AGO)],
      ['waits', WAITING],
    ] as const)
      it(`keeps what ${title}, whatever its age`, async () => {
        await add('open', state);
        assert.equal(await prune({ activeBefore: Infinity, count: 10, bytes: 1e9 }), 0);
        assert.deepEqual(await remaining(), ['open']);
      });

    it('keeps what is being sent, for the first time or once more', async () => {
      await store.deliveries.enqueue(batchOf([aSending({ id: 'first', eventId: 'e-first' })]));
      await add('resent', SUCCEEDED);
      await store.deliveries.askResend({ id: 'resent', now: ACCEPTED_AT });
      assert.equal(await prune({ activeBefore: Infinity }), 0);
      const { claimed } = await store.deliveries.claim({
        endpointId: 'endpoint',
        now: ACCEPTED_AT,
        limit: 10,
        ordered: false,
      });
      assert.equal(claimed.length, 1);
      assert.equal(await prune({ activeBefore: Infinity }), 0);
      assert.deepEqual(await remaining(), ['first', 'resent']);
    });

    it('keeps what its out node was not told, until it is told', async () => {
      await add('untold', FAILED);
      assert.equal(await prune({ activeBefore: Infinity }), 0);
      const [report] = await store.deliveries.listReports({ nodeIds: ['out'], limit: 10 });
      assert.equal(report?.delivery.id, 'untold');
      await tellAll();
      assert.equal(await prune({ activeBefore: Infinity }), 1);
    });

    for (const isParked of [false, true])
      it(`keeps what came of a request that is ${isParked ? 'parked' : 'open'} in the inbox`, async () => {
        const event = { id: 'request', hookId: 'hook', receivedAt: 1, head: '{}', body: new Uint8Array() };
        await store.inbox.keep({ event, mark: undefined, now: 1 });
        if (isParked) await store.inbox.park(['request']);
        const delivery = aDelivery(SUCCEEDED, { id: 'came', lastActivityAt: LONG_AGO });
        await store.deliveries.enqueue({ ...batchOf([delivery]), requestId: 'request' });
        assert.equal(await prune({ activeBefore: Infinity }), 0);
        const found = await store.deliveries.listByRequest({ requestId: 'request', nodeId: 'out' });
        assert.deepEqual(
          found.map(({ id }) => id),
          ['came'],
        );
        await store.inbox.closeEvents(['request']);
        assert.equal(await prune({ activeBefore: Infinity }), 1);
      });

    it('goes past what it has to keep, however much that is', async () => {
      for (let index = 0; index < 150; index++) await add(`untold${index}`, FAILED);
      await add('told', SUCCEEDED, { lastActivityAt: LONG_AGO + 1 });
      assert.equal(await prune({ count: 1 }), 1);
      assert.equal(await store.log.find('told'), undefined);
    });

    it('keeps an event as long as one of its deliveries is there', async () => {
      const deliveries = ['a', 'b'].map((id, index) =>
        aDelivery(SUCCEEDED, { id, eventId: 'shared', lastActivityAt: LONG_AGO + index }),
      );
      const { events } = batchOf(deliveries.slice(0, 1), { body: Buffer.from('shared body') });
      await store.deliveries.enqueue({ events, deliveries });
      assert.equal(await prune({ count: 1 }), 1);
      const entry = await store.log.find('b');
      assert.equal(Buffer.from(entry?.event.body ?? []).toString(), 'shared body');
      assert.equal(await prune({ count: 1 }), 1);
      const { deliveryBytes } = await store.retention.measure();
      assert.equal(deliveryBytes, 0);
    });

    it('has deleted for good what it says it has', async () => {
      await addAll(['a', 'b']);
      await prune({ count: 1 });
      store = await context.reopen();
      assert.deepEqual(await remaining(), ['b']);
    });

    it('takes new deliveries when all before them are gone', async () => {
      await addAll(['a', 'b']);
      await prune({ activeBefore: Infinity });
      await addAll(['a', 'c']);
      assert.deepEqual(await remaining(), ['a', 'c']);
    });

    it('gives back what nothing takes any more, step by step', async () => {
      const delivery = aDelivery(SUCCEEDED, { lastActivityAt: LONG_AGO });
      await store.deliveries.enqueue(batchOf([delivery], { body: new Uint8Array(1_000_000) }));
      await prune({ count: 1 });
      const { freeBytes } = await store.retention.measure();
      const keepBytes = freeBytes / 2;
      let [left, steps] = [freeBytes, 0];
      while (left > keepBytes && steps++ < 100) left = await store.retention.shrink({ keepBytes });
      assert.ok(left <= keepBytes, `${left} of ${freeBytes}`);
      assert.equal((await store.retention.measure()).freeBytes, left);
      assert.equal(await store.retention.shrink({ keepBytes }), left);
    });
  });
}
