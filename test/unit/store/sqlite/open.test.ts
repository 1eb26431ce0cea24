import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { systemClock } from '../../../../src/platform/clock.ts';
import { silentLogger } from '../../../../src/platform/logger.ts';
import type { HookStore, StoreHealth } from '../../../../src/store/hook-store.ts';
import { openSqlite, type SqliteOptions } from '../../../../src/store/sqlite/open.ts';
import { aDelivery } from '../../../support/deliveries.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { batchOf, scheduledAt } from '../../../support/store.ts';
import { until } from '../../../support/until.ts';

describe('The SQLite store', function () {
  this.timeout(10_000);
  let folder: string;
  let file: string;
  const opened: HookStore[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'survey-hooks-'));
    file = path.join(folder, 'hooks.db');
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
    rmSync(folder, { recursive: true });
  });

  async function open(options: Partial<SqliteOptions> = {}): Promise<HookStore> {
    const store = await openSqlite({ file, clock: systemClock, logger: silentLogger, ...options });
    opened.push(store);
    return store;
  }

  const batch = (id: string) => batchOf([aDelivery(scheduledAt(1), { id, eventId: id })]);
  const modeOf = (name: string): string => (statSync(name).mode & 0o777).toString(8);

  it('syncs each commit to disk, keeps a write-ahead log and frees its pages in steps', async () => {
    const { synchronous, journalMode, autoVacuum, backend } = await (await open()).info();
    assert.deepEqual(
      { backend, synchronous, journalMode, autoVacuum },
      {
        backend: 'sqlite',
        synchronous: 2,
        journalMode: 'wal',
        autoVacuum: 2,
      },
    );
  });

  it('makes its folder, and files that only their owner reads', async () => {
    file = path.join(folder, 'a', 'b', 'hooks.db');
    const store = await open();
    await store.deliveries.enqueue(batch('1'));
    const names = readdirSync(path.dirname(file)).filter((name) => !name.endsWith('-journal'));
    assert.deepEqual(names.sort(), ['hooks.db', 'hooks.db-lock', 'hooks.db-shm', 'hooks.db-wal']);
    for (const name of names) assert.equal(modeOf(path.join(path.dirname(file), name)), '600', name);
  });

  it('takes the rights of others from a file that is there', async () => {
    await (await open()).close();
    chmodSync(file, 0o644);
    await open();
    assert.equal(modeOf(file), '600');
  });

  it('leaves one tidy database when it is closed', async () => {
    const store = await open();
    await store.deliveries.enqueue(batch('1'));
    await store.close();
    assert.equal(existsSync(`${file}-wal`), false);
    const database = new DatabaseSync(file, { readOnly: true });
    assert.equal(database.prepare('pragma integrity_check').get()?.['integrity_check'], 'ok');
    assert.equal(database.prepare('pragma foreign_key_check').get(), undefined);
    database.close();
  });

  it('refuses a second opener in words that name the file without its folder, and lets one in after the close', async () => {
    const first = await open();
    await assert.rejects(open(), (error: Error & { code: string }) => {
      assert.equal(error.code, 'HOOK_STORE_LOCKED');
      assert.match(error.message, /hooks\.db is in use by another Node-RED/);
      assert.ok(!error.message.includes(folder));
      return true;
    });
    await first.deliveries.enqueue(batch('1'));
    await first.close();
    assert.ok(await (await open()).log.find('1'));
  });

  it('says what is wrong with a Node.js that has no SQLite', async () => {
    await assert.rejects(open({ hasModule: () => false }), {
      code: 'HOOK_CONFIG_NODE_VERSION',
      message: /22\.13/,
    });
    assert.equal(existsSync(file), false);
  });

  it('says what is wrong with a file that is none, or lies where none can be, or needs a folder', async () => {
    mkdirSync(file);
    await assert.rejects(open(), { code: 'HOOK_CONFIG_STORE_FILE' });
    writeFileSync(path.join(folder, 'plain'), '');
    await assert.rejects(open({ file: path.join(folder, 'plain', 'hooks.db') }), {
      code: 'HOOK_CONFIG_STORE_FILE',
    });
    await assert.rejects(open({ file: 'hooks.db' }), { code: 'HOOK_CONFIG_STORE_FILE' });
  });

  it('refuses a file that is damaged, and leaves it alone', async () => {
    writeFileSync(file, 'this is no database '.repeat(500));
    await assert.rejects(open(), { code: 'HOOK_STORE_CORRUPT' });
    assert.equal(statSync(file).size, 10_000);
    rmSync(file);
    await open();
  });

  describe('when a thread dies', () => {
    let workers: Map<string, Worker>;
    const startWorker = (url: URL, options: WorkerOptions): Worker => {
      const worker = new Worker(url, options);
      workers.set(options.name!, worker);
      return worker;
    };
    const kill = (name: string): Promise<number> => workers.get(`survey-hooks ${name}`)!.terminate();
    const isLost = { code: 'HOOK_STORE_UNAVAILABLE', message: /hooks\.db/ };

    beforeEach(() => {
      workers = new Map();
    });

    it('rejects what it was asked, and everything at once until it runs again', async () => {
      const clock = new FakeClock();
      const store = await open({ startWorker, clock });
      const healths: StoreHealth[] = [];
      store.onHealth((health) => healths.push(health));
      await store.deliveries.enqueue(batch('before'));
      const pending = Promise.allSettled([
        store.deliveries.enqueue(batch('a')),
        store.deliveries.listBacklogs(),
      ]);
      await kill('writer');
      for (const result of await pending) assert.equal(result.status, 'rejected');
      await assert.rejects(store.deliveries.enqueue(batch('b')), isLost);
      await assert.rejects(store.info(), isLost);
      assert.equal(store.health.isUp, false);
      assert.ok(await store.log.find('before'), 'the log goes on');
      await clock.advance(99);
      await assert.rejects(store.deliveries.enqueue(batch('b')), isLost);
      await clock.advance(1);
      await until(() => store.health.isUp, { what: () => 'the store to come back' });
      await store.deliveries.enqueue(batch('b'));
      assert.equal(await store.log.find('a'), undefined, 'what was rejected is not there');
      assert.ok(await store.log.find('before'));
      assert.ok(await store.log.find('b'));
      assert.deepEqual(
        healths.map((health) => (health.isUp ? 'up' : health.error.code)),
        ['HOOK_STORE_UNAVAILABLE', 'up'],
      );
      await assert.rejects(open(), { code: 'HOOK_STORE_LOCKED' });
    });

    it('waits longer each time it cannot be opened again, and says why', async () => {
      const clock = new FakeClock();
      const store = await open({ startWorker, clock });
      await kill('writer');
      const other = await open();
      for (const wait of [100, 200, 400]) {
        workers.delete('survey-hooks writer');
        await clock.advance(wait - 1);
        assert.equal(workers.size, 2, `not before ${wait} ms`);
        await clock.advance(1);
        assert.equal(workers.size, 3, `after ${wait} ms`);
        await until(() => clock.timerCount > 0, { what: () => 'the next try to be set' });
      }
      assert.ok(!store.health.isUp);
      await assert.rejects(store.deliveries.listBacklogs(), { code: 'HOOK_STORE_LOCKED' });
      await other.close();
      await clock.advance(800);
      await until(() => store.health.isUp, { what: () => 'the store to come back' });
    });

    it('goes on keeping deliveries while the log has no thread, and has it again later', async () => {
      const clock = new FakeClock();
      const store = await open({ startWorker, clock });
      const pending = store.log.list({ limit: 1 });
      const isRejected = assert.rejects(pending, isLost);
      await kill('reader');
      await isRejected;
      await assert.rejects(store.log.find('x'), isLost);
      assert.equal(await store.records.findAccount({ key: 'x' }), undefined, 'look-ups have their own');
      await store.deliveries.enqueue(batch('a'));
      assert.equal(store.health.isUp, true);
      await clock.advance(100);
      await until(async () => (await store.log.find('a').catch(() => undefined)) !== undefined, {
        what: () => 'the log to come back',
      });
    });

    it('can be closed meanwhile', async () => {
      const clock = new FakeClock();
      const store = await open({ startWorker, clock });
      await kill('writer');
      await store.close();
      assert.equal(clock.timerCount, 0);
      await assert.rejects(store.deliveries.listBacklogs(), { code: 'HOOK_STORE_CLOSED' });
      await open();
    });
  });

  it('takes nothing while its file is deleted, and goes on when it is back', async () => {
    const store = await open();
    await store.deliveries.enqueue(batch('1'));
    renameSync(file, `${file}-away`);
    await assert.rejects(store.deliveries.enqueue(batch('2')), { code: 'HOOK_STORE_UNAVAILABLE' });
    assert.equal(store.health.isUp, false);
    renameSync(`${file}-away`, file);
    await store.deliveries.enqueue(batch('3'));
    assert.equal(store.health.isUp, true);
  });

  it('turns down when the disk is full, and up with the next commit', async () => {
    const store = await open({ startWorker: startWithSmallDisk });
    const healths: string[] = [];
    store.onHealth((health) => healths.push(health.isUp ? 'up' : health.error.code));
    const large = batchOf([aDelivery(scheduledAt(1), { id: 'large', eventId: 'large' })], {
      body: new Uint8Array(1e6),
    });
    await assert.rejects(store.deliveries.enqueue(large), { code: 'HOOK_STORE_FULL' });
    assert.equal(await store.log.find('large'), undefined);
    await store.deliveries.enqueue(batch('small'));
    assert.deepEqual(healths, ['HOOK_STORE_FULL', 'up']);
  });
});

/** Starts the writer with a database that takes no more than 100 pages. */
function startWithSmallDisk(file: URL, options: WorkerOptions): Worker {
  if (!file.pathname.includes('writer')) return new Worker(file, options);
  const code = `
    const { DatabaseSync } = require('node:sqlite');
    const { exec } = DatabaseSync.prototype;
    DatabaseSync.prototype.exec = function (sql) {
      exec.call(this, sql);
      if (sql === 'begin immediate') exec.call(this, 'pragma max_page_count = 100');
    };
    import(${JSON.stringify(file.href)});
  `;
  return new Worker(code, { ...options, eval: true });
}
