/** How long deleting old deliveries holds up others in a store of a million: `node bench/retention.ts`. */
import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Retention } from '../src/delivery/retention.ts';
import { newId } from '../src/platform/ids.ts';
import { systemClock, type Clock } from '../src/platform/clock.ts';
import { silentLogger } from '../src/platform/logger.ts';
import type { HookStore } from '../src/store/hook-store.ts';
import { openSqlite } from '../src/store/sqlite/open.ts';
import { anAttempt, aSending, batchOf } from '../test/support/store.ts';
import { watchedWorkers, type Holds } from './holds.ts';
import { DISK, diskOf } from './records.ts';
import { fillDeliveries, STORED_DELIVERIES } from './retention-fill.ts';

/** The longest that a commit may be held. */
const AIM_MS = 20;
const SECONDS = 15;
/** Loops that keep deliveries, and how often each keeps one: together about 200 a second. */
const LOOPS = 4;
const EVERY_MS = 20;
const NOW = Date.UTC(2026, 0, 1);

/** A minute passes at once; pauses are as they are. */
const hurried: Clock = {
  ...systemClock,
  after: (ms, callback) => systemClock.after(ms >= 60_000 ? 0 : ms, callback),
};

async function timed<Answer>(times: number[], work: () => Promise<Answer>): Promise<Answer> {
  const start = performance.now();
  const answer = await work();
  times.push(performance.now() - start);
  return answer;
}

/** Accepts and ends deliveries for some seconds; answers how long each acceptance took. */
async function deliver({ deliveries }: HookStore): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + SECONDS * 1000;
  const loop = async (): Promise<void> => {
    while (performance.now() < end) await Promise.all([one(), sleep(EVERY_MS)]);
  };
  const one = async (): Promise<void> => {
    const sending = aSending({ id: newId(), eventId: newId(), webhookId: newId() });
    await timed(times, () => deliveries.enqueue(batchOf([sending])));
    const delivery = { ...sending, state: { kind: 'succeeded', finishedAt: NOW } as const };
    await deliveries.settle({ delivery, attempt: anAttempt(), report: false });
  };
  await Promise.all(Array.from({ length: LOOPS }, loop));
  return times;
}

/** Deletes the oldest deliveries, as the pack does, for as long as the work takes. */
async function besideRetention<Answer>(
  { retention: store }: HookStore,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const limits = { ageMs: undefined, count: 1, bytes: undefined };
  const retention = new Retention({ store, limits: () => limits, clock: hurried, logger: silentLogger });
  retention.start();
  const answer = await work();
  await retention.stop();
  return answer;
}

async function shrink({ retention }: HookStore): Promise<void> {
  let freeBytes: number;
  do freeBytes = await retention.shrink({ keepBytes: 0 });
  while (freeBytes > 0);
}

async function syncDisk(folder: string): Promise<number[]> {
  const times: number[] = [];
  const sync = diskOf(folder);
  for (let index = 0; index < 500; index++) {
    await timed(times, sync);
    await sleep(5);
  }
  return times;
}

function line(name: string, times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): string =>
    `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN).toFixed(1)} ms`.padStart(
      10,
    );
  const longer = sorted.filter((ms) => ms > AIM_MS).length / sorted.length;
  return `  ${name.padEnd(46)}${[0.5, 0.95, 0.99, 1].map(at).join('')}${(longer * 100).toFixed(1).padStart(8)} %`;
}

const HOLDS: Readonly<Record<string, string>> = {
  deliveries: 'held by a commit of deliveries',
  prune: 'held by a commit that deletes',
  shrink: 'held by a commit that gives back space',
  checkpoint: 'held by the checkpoint after those',
};

/** Lines of what was held since the last time. */
function takeHolds(holds: Holds): string[] {
  const lines = Object.entries(HOLDS).flatMap(([kind, name]) => {
    const times = holds.get(kind);
    return times ? [line(name, times)] : [];
  });
  holds.clear();
  return lines;
}

async function measure(store: HookStore, folder: string, holds: Holds): Promise<string[]> {
  const lines = [line(DISK.replace(/,.*/, ''), await syncDisk(folder))];
  holds.clear();
  lines.push('Deliveries alone', line('acceptance', await deliver(store)), ...takeHolds(holds));
  const beside = await besideRetention(store, () => deliver(store));
  lines.push('Deliveries beside deletions', line('acceptance', beside), ...takeHolds(holds));
  await besideRetention(store, () => sleep(SECONDS * 1000));
  lines.push('Deletions alone', ...takeHolds(holds));
  await shrink(store);
  lines.push('Space given back, without a pause', ...takeHolds(holds));
  return lines;
}

/** A table of times. Fills a store of about 1.7 GB first, and removes it. */
export async function benchRetention(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'survey-hooks-bench-'));
  const file = path.join(folder, 'hooks.db');
  const holds: Holds = new Map();
  const startWorker = watchedWorkers(holds);
  const open = () => openSqlite({ file, clock: systemClock, logger: silentLogger, startWorker });
  const megabytes = (): string => `${(statSync(file).size / 1024 ** 2).toFixed(0)} MB`;
  try {
    await (await open()).close();
    fillDeliveries(file, NOW);
    const before = megabytes();
    const store = await open();
    try {
      const heads = ['p50', 'p95', 'p99', 'longest', `> ${AIM_MS} ms`].map((name) => name.padStart(10));
      const lines = await measure(store, folder, holds);
      const { deliveryCount } = await store.retention.measure();
      return [
        `Retention: ${STORED_DELIVERIES} deliveries (${before}), in the end ${deliveryCount} (${megabytes()})`,
        `${''.padEnd(48)}${heads.join('')}`,
        ...lines,
      ].join('\n');
    } finally {
      await store.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

if (import.meta.main) console.log(await benchRetention());
