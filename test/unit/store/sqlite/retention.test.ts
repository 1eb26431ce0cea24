import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { PrunePosition } from '../../../../src/delivery/retention-store.ts';
import { systemClock } from '../../../../src/platform/clock.ts';
import { silentLogger } from '../../../../src/platform/logger.ts';
import type { HookStore } from '../../../../src/store/hook-store.ts';
import { openSqlite } from '../../../../src/store/sqlite/open.ts';
import { aDelivery } from '../../../support/deliveries.ts';
import { anAttempt, aSending, batchOf } from '../../../support/store.ts';

const SUCCEEDED = { kind: 'succeeded', finishedAt: 1 } as const;
const MEGABYTE = 1024 * 1024;

describe('The file of a SQLite store', function () {
  this.timeout(20_000);
  let folder: string;
  let file: string;
  let store: HookStore;

  const open = async (): Promise<void> => {
    store = await openSqlite({ file, clock: systemClock, logger: silentLogger });
  };
  const sizeOf = (name: string): number => statSync(name).size;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'survey-hooks-'));
    file = path.join(folder, 'hooks.db');
    await open();
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  /** Deletes everything; answers the longest write-ahead log that was seen meanwhile, in bytes. */
  async function pruneAll(): Promise<number> {
    let after: PrunePosition | undefined;
    let longest = 0;
    do {
      ({ next: after } = await store.retention.prune({ after, activeBefore: Infinity, count: 0, bytes: 0 }));
      longest = Math.max(longest, sizeOf(`${file}-wal`));
    } while (after);
    return longest;
  }

  it('becomes smaller when much is deleted, and its write-ahead log stays short', async () => {
    const ids = Array.from({ length: 600 }, (_, index) => `d${index}`);
    for (let at = 0; at < ids.length; at += 100) {
      const deliveries = ids.slice(at, at + 100).map((id) => aDelivery(SUCCEEDED, { id, eventId: id }));
      await store.deliveries.enqueue(batchOf(deliveries, { body: new Uint8Array(20_000) }));
    }
    await store.close();
    const full = sizeOf(file);
    assert.ok(full > 12 * MEGABYTE, `${full}`);
    await open();
    const longest = await pruneAll();
    let free: number;
    do free = await store.retention.shrink({ keepBytes: MEGABYTE });
    while (free > MEGABYTE);
    const shrunk = sizeOf(file);
    assert.ok(shrunk < 2 * MEGABYTE, `${shrunk}`);
    assert.ok(longest < 6 * MEGABYTE, `${longest}`);
  });

  it('of an earlier version is measured when it is opened, as if its rows had come since', async () => {
    const sending = aSending({ id: 'd1', eventId: 'e1' });
    const headers = [['X-A', 'b']] as const;
    await store.deliveries.enqueue(
      batchOf([sending, aDelivery(SUCCEEDED, { id: 'd2', eventId: 'e2' })], { headers }),
    );
    await store.deliveries.settle({
      delivery: { ...sending, state: SUCCEEDED },
      attempt: anAttempt(),
      report: false,
    });
    const counted = await store.retention.measure();
    assert.equal(counted.deliveryCount, 2);
    await store.close();
    const database = new DatabaseSync(file);
    for (const table of ['events', 'deliveries', 'attempts'])
      database.exec(`drop trigger ${table}_counted; drop trigger ${table}_uncounted`);
    database.exec('drop table delivery_totals; drop index deliveries_closed');
    database.exec('drop index deliveries_probe; drop index deliveries_ended');
    database.exec('drop table log_events; drop table log_event_readers; drop table external_values');
    for (const column of ['from_log_event', 'capture_group', 'capture_subject'])
      database.exec(`alter table deliveries drop column ${column}`);
    database.exec('alter table attempts drop column captured; alter table endpoint_states drop column state');
    database.exec('delete from migrations where version >= 6');
    database.close();
    await open();
    const { deliveryCount, deliveryBytes } = await store.retention.measure();
    assert.deepEqual([deliveryCount, deliveryBytes], [counted.deliveryCount, counted.deliveryBytes]);
  });

  it('counts nothing of a message that was not accepted', async () => {
    const delivery = aDelivery(SUCCEEDED);
    await store.deliveries.enqueue(batchOf([delivery]));
    const before = await store.retention.measure();
    await assert.rejects(store.deliveries.enqueue(batchOf([delivery])));
    assert.deepEqual(await store.retention.measure(), before);
  });
});
