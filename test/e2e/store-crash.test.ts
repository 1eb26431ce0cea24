import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { LogEntry } from '../../src/delivery/delivery-log.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import type { HookStore } from '../../src/store/hook-store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { until } from '../support/until.ts';

const CHILD = path.join(import.meta.dirname, '../support/store-child.ts');
const ROUNDS = 6;
/** Each round gives its deliveries numbers of their own. */
const ROUND_SIZE = 1_000_000;

/** A process that keeps deliveries and records, and the whole lines it has printed. */
class Keeper {
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  #printed = '';

  constructor(file: string, first: number) {
    this.#child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', CHILD, file, String(first)],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    // `close`, not `exit`: what it printed last may still be in the pipe.
    this.#exit = once(this.#child, 'close');
    this.#child.stdout?.on('data', (chunk: Buffer) => (this.#printed += chunk.toString()));
  }

  get lines(): string[] {
    return this.#printed.split('\n').slice(0, -1);
  }

  async hasPrinted(count: number): Promise<void> {
    await until(() => this.lines.length >= count, {
      timeoutMs: 20_000,
      everyMs: 1,
      what: () => `${count} lines; there are ${this.lines.length}`,
    });
  }

  async kill9(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exit;
  }
}

describe('A store whose process is killed', function () {
  this.timeout(60_000);
  let folder: string;
  let file: string;
  let keeper: Keeper | undefined;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'survey-hooks-'));
    file = path.join(folder, 'hooks.db');
  });
  afterEach(async () => {
    await keeper?.kill9();
    rmSync(folder, { recursive: true });
  });

  const open = (): Promise<HookStore> =>
    openStore({ backend: 'sqlite', file, clock: systemClock, logger: silentLogger });

  it(`has everything it promised, after ${ROUNDS} kills at random moments`, async () => {
    const lines: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      keeper = new Keeper(file, round * ROUND_SIZE);
      await keeper.hasPrinted(2 + Math.floor(Math.random() * 400));
      await keeper.kill9();
      lines.push(...keeper.lines);
    }
    const promised = promisesOf(lines);
    assert.ok(promised.accepted.length > ROUNDS && promised.settled.size > 0);
    assert.ok(promised.upserted.length > 0);

    const store = await open();
    for (const n of promised.accepted) {
      const entries = await Promise.all([store.log.find(`a${n}`), store.log.find(`b${n}`)]);
      for (const entry of entries)
        assert.deepEqual(entry?.event.body, new Uint8Array(n % 3000).fill(n % 256), `delivery ${n}`);
      const captured = await findCaptured(store, n, entries[0]);
      const state = promised.settled.get(n);
      if (state === undefined) continue;
      assert.equal(captured.length > 0, state === 'succeeded', `delivery ${n}`);
      assert.equal(entries[0]?.delivery.state.kind, state, `delivery ${n}`);
      assert.equal(entries[0].attempts.length, 1);
    }
    for (const n of promised.upserted) {
      const contact = await store.records.findContact({ emailKey: `c${n}@example.org`, phoneKey: '' });
      assert.ok(contact, `contact ${n}`);
      assert.deepEqual([contact.accountName, contact.properties], [`a${n}`, { n }]);
    }
    await store.close();
    assertWhole(file);
  });

  it('is free for the next process at once, and for no other before', async () => {
    keeper = new Keeper(file, 0);
    await keeper.hasPrinted(20);
    await assert.rejects(open(), { code: 'HOOK_STORE_LOCKED' });
    await keeper.kill9();
    const store = await open();
    assert.ok(await store.log.find('a0'));
    await store.close();
  });

  it('syncs to disk for each commit, as the kernel counts', function () {
    if (!canTrace()) {
      this.test!.title += ' (skipped: no strace here)';
      this.skip();
    }
    const trace = path.join(folder, 'trace');
    const count = 40;
    const { stdout, status } = spawnSync(
      'strace',
      ['-f', '-e', 'trace=fdatasync,fsync', '-o', trace, process.execPath, CHILD, file, '0', String(count)],
      { encoding: 'utf8', timeout: 40_000 },
    );
    assert.equal(status, 0);
    const commits = Number(/^commits (\d+)$/m.exec(stdout)?.[1]);
    assert.equal(commits, 3 * count, 'one after the other, each has a commit of its own');
    const syncs = readFileSync(trace, 'utf8').match(/\b(fdatasync|fsync)\(/g)?.length ?? 0;
    assert.ok(syncs >= commits, `${syncs} syncs for ${commits} commits`);
  });
});

/** Whether this machine lets us count system calls. */
function canTrace(): boolean {
  return spawnSync('strace', ['-f', '-e', 'trace=fsync', '-o', '/dev/null', 'true']).status === 0;
}

interface Promises {
  readonly accepted: readonly number[];
  readonly settled: ReadonlyMap<number, string>;
  readonly upserted: readonly number[];
}

/** What the response of a delivery brought, which is there with its attempt or not at all. */
async function findCaptured(store: HookStore, n: number, entry: LogEntry | undefined): Promise<unknown[]> {
  const subject = { kind: 'ticket', id: `s${n}` } as const;
  const row = await store.externalData.find({ groupId: 'group', subject });
  const captured = (entry?.attempts[0]?.captured?.values ?? []).map(({ value }) => value);
  assert.deepEqual(
    (row?.values ?? []).map(({ value }) => value),
    captured,
    `delivery ${n}`,
  );
  return captured;
}

function promisesOf(lines: readonly string[]): Promises {
  const words = lines.map((line) => line.split(' '));
  const numbersOf = (kind: string) => words.filter(([what]) => what === kind).map(([, n]) => Number(n));
  return {
    accepted: numbersOf('accepted'),
    upserted: numbersOf('upserted'),
    settled: new Map(
      words.filter(([what]) => what === 'settled').map(([, n, state]) => [Number(n), state ?? '']),
    ),
  };
}

/** Nothing is damaged, and nothing is there by half. */
function assertWhole(file: string): void {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = (sql: string): unknown[] =>
    database
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }));
  try {
    assert.deepEqual(rows('pragma integrity_check'), [{ integrity_check: 'ok' }]);
    assert.deepEqual(rows('pragma foreign_key_check'), []);
    assert.deepEqual(
      rows('select event_seq from deliveries group by event_seq having count(*) <> 2'),
      [],
      'both deliveries of a message, or none',
    );
    assert.deepEqual(rows('select seq from events where seq not in (select event_seq from deliveries)'), []);
    assert.deepEqual(
      rows(`
        select d.seq from deliveries d
        left join attempts a on a.delivery_seq = d.seq
        left join reports r on r.delivery_seq = d.seq
        where d.sending = 0 and d.attempts = 1 and (a.delivery_seq is null or r.delivery_seq is null)
           or d.sending = 1 and a.delivery_seq is not null
      `),
      [],
      'an outcome, its attempt and its report together',
    );
    assert.deepEqual(
      rows(`
        select c.id from contacts c left join invitations i on i.contact_id = c.id
        where i.seq is null or c.account_id is null
        union all select id from accounts where id not in (select account_id from invitations)
      `),
      [],
      'an invitation with its contact and its account, or none of them',
    );
  } finally {
    database.close();
  }
}
