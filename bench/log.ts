/** What the log takes, and what it takes from others, in a store of a million deliveries: `node bench/log.ts`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryLog, LogFilter } from '../src/delivery/delivery-log.ts';
import { resendAll } from '../src/delivery/resend-all.ts';
import { newId } from '../src/platform/ids.ts';
import { systemClock } from '../src/platform/clock.ts';
import { silentLogger } from '../src/platform/logger.ts';
import type { HookStore } from '../src/store/hook-store.ts';
import { openSqlite } from '../src/store/sqlite/open.ts';
import { anAttempt, aSending, batchOf } from '../test/support/store.ts';
import { watchedWorkers, type Holds } from './holds.ts';
import { shuffled } from './records-fill.ts';
import { fillDeliveries, STORED_DELIVERIES, type Variety } from './retention-fill.ts';

/** At most this many milliseconds for 95 of 100 pages. */
const AIM_MS = 20;
const ROUNDS = 200;
const PAGE = 50;
const SECONDS = 4;
/** How often deliveries are made alone, beside searches and beside an export, in turn. */
const TURNS = 5;
/** Loops that keep deliveries, and how often each keeps one: together about 200 a second. */
const LOOPS = 4;
const EVERY_MS = 20;
const RESENT = 100_000;
const HOUR_MS = 3_600_000;
const POSTS = ['Transactional', 'Relationship', 'Onboarding', 'Churned'];

/** One in ten has failed, and the listening posts are even. */
export const variety = (seq: number): Variety => ({
  hasFailed: seq % 10 === 3,
  listeningPost: POSTS[seq % POSTS.length] ?? '',
});

/** A page of each filter, beginning at any place of the log; the newest is at `now`, and a millisecond lies between two. */
const filters = (now: number): Readonly<Record<string, (at: number) => LogFilter>> => ({
  'no filter': (to) => ({ to }),
  status: (to) => ({ status: 'Failed', to }),
  endpoint: (to) => ({ endpointId: '0123456789abcde7', to }),
  'listening post': (to) => ({ listeningPost: 'Churned', to }),
  'an hour': (to) => ({ from: to - 1000, to }),
  'no filter, newest': () => ({}),
  'status that none has': () => ({ status: 'In Progress' }),
  'endpoint that none has': () => ({ endpointId: 'nobody' }),
  'status and endpoint': (to) => ({ status: 'Failed', endpointId: '0123456789abcde3', to }),
  'first day': () => ({ to: now - STORED_DELIVERIES + 1000 }),
});

async function timed<Answer>(times: number[], work: () => Promise<Answer>): Promise<Answer> {
  const start = performance.now();
  const answer = await work();
  times.push(performance.now() - start);
  return answer;
}

const heading = (title: string): string =>
  title.padEnd(48) + ['p50', 'p95', 'p99', 'longest'].map((name) => name.padStart(11)).join('');

const at = (times: readonly number[], part: number): number => {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
};

function line(name: string, times: readonly number[], verdict = ''): string {
  const shown = [0.5, 0.95, 0.99, 1].map((part) => `${at(times, part).toFixed(2)} ms`.padStart(11));
  return `  ${name.padEnd(46)}${shown.join('')}${verdict}`;
}

const aimed = (name: string, times: readonly number[]): string =>
  line(name, times, `   p95 under ${AIM_MS} ms: ${at(times, 0.95) < AIM_MS ? 'kept' : 'MISSED'}`);

/** Each filter once in every round, so that what else the machine does hits all of them. */
async function pages(log: DeliveryLog, now: number): Promise<string[]> {
  const ways = filters(now);
  const times = new Map(Object.keys(ways).map((name) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, filter] of Object.entries(ways)) {
      const place = now - shuffled(round * 31 + 7, STORED_DELIVERIES);
      await timed(times.get(name) ?? [], () => log.list({ ...filter(place), limit: PAGE }));
    }
  return [...times].map(([name, one]) => aimed(name, one));
}

async function several(count: number, work: (index: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index++) await timed(times, () => work(index));
  return times;
}

/** Accepts and ends deliveries for some seconds: how long each acceptance took, and the event loop stood. */
async function deliver({ deliveries }: HookStore): Promise<{ accepted: number[]; loopMs: number }> {
  const accepted: number[] = [];
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const end = performance.now() + SECONDS * 1000;
  const one = async (): Promise<void> => {
    const sending = aSending({ id: newId(), eventId: newId(), webhookId: newId() });
    await timed(accepted, () => deliveries.enqueue(batchOf([sending])));
    const delivery = { ...sending, state: { kind: 'succeeded', finishedAt: Date.now() } as const };
    await deliveries.settle({ delivery, attempt: anAttempt(), report: false });
  };
  const loop = async (): Promise<void> => {
    while (performance.now() < end) await Promise.all([one(), sleep(EVERY_MS)]);
  };
  delay.enable();
  await Promise.all(Array.from({ length: LOOPS }, loop));
  delay.disable();
  // It counts its own pause of 5 ms.
  return { accepted, loopMs: delay.percentile(99) / 1e6 - 5 };
}

interface Delivered {
  readonly accepted: number[];
  readonly loopMs: number[];
}

/** Goes on with the work for as long as deliveries are made beside it. */
async function beside(store: HookStore, work: () => Promise<unknown>, delivered: Delivered): Promise<void> {
  let isOn = true;
  const loop = async (): Promise<void> => {
    while (isOn) await work();
  };
  const worked = loop();
  const { accepted, loopMs } = await deliver(store);
  delivered.accepted.push(...accepted);
  delivered.loopMs.push(loopMs);
  isOn = false;
  await worked;
}

async function commits(store: HookStore): Promise<string[]> {
  const { log } = store;
  const works: Readonly<Record<string, () => Promise<unknown>>> = {
    'acceptance alone': () => sleep(100),
    'acceptance beside searches': () => log.list({ search: 'nothing has this', limit: PAGE }),
    'acceptance beside an export': () => exportSome(log),
  };
  const all = new Map(Object.keys(works).map((name) => [name, { accepted: [], loopMs: [] }]));
  for (let turn = 0; turn < TURNS; turn++)
    for (const [name, work] of Object.entries(works)) {
      const delivered = all.get(name);
      if (delivered) await beside(store, work, delivered);
    }
  const base = at(all.get('acceptance alone')?.accepted ?? [], 0.99);
  return [...all].map(([name, { accepted, loopMs }]) => {
    const ratio = (at(accepted, 0.99) / base).toFixed(2);
    return line(name, accepted, `   p99 ${ratio} x; event loop p99 ${at(loopMs, 0.5).toFixed(1)} ms`);
  });
}

/** As far as some pages of an export reach. */
async function exportSome(log: DeliveryLog): Promise<void> {
  let cursor: string | undefined;
  for (let count = 0; count < 50; count++) {
    const query = { limit: 200, bytes: 512 * 1024, ...(cursor !== undefined && { cursor }) };
    cursor = (await log.listContents(query)).nextCursor;
  }
}

/** How long the commits of a bulk resend hold the writer, without the attempts. */
async function resends(store: HookStore, now: number, holds: Holds): Promise<string[]> {
  const parts = {
    log: store.log,
    engine: {
      hasEndpoint: () => true,
      resendSome: async ({ deliveries }: { deliveries: readonly { id: string }[] }) =>
        (await store.deliveries.askResends({ ids: deliveries.map(({ id }) => id) })).length,
    },
  };
  const selection = { filter: { from: now - RESENT, to: now } };
  const start = performance.now();
  const counted = await resendAll({ selection, isDry: true }, parts);
  const countedMs = performance.now() - start;
  holds.clear();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const asked = await resendAll({ selection, isDry: false }, parts);
  delay.disable();
  const seconds = (performance.now() - start - countedMs) / 1000;
  return [
    `  ${counted.count} counted in ${countedMs.toFixed(0)} ms, ${asked.count} asked in ${seconds.toFixed(1)} s`,
    line('held by a commit', holds.get('deliveries') ?? []),
    line('held by the checkpoint after it', holds.get('checkpoint') ?? []),
    `  event loop at p99: ${(delay.percentile(99) / 1e6 - 5).toFixed(1)} ms`,
  ];
}

/** Measures a store that is filled; the newest delivery was accepted at `now`. */
export async function measureLog(store: HookStore, now: number, holds: Holds): Promise<string[]> {
  const { log } = store;
  const hours = Array.from({ length: 24 }, (_, index) => now - (23.5 - index) * HOUR_MS);
  return [
    heading(`A page of ${PAGE}`),
    ...(await pages(log, now)),
    heading('Others'),
    line('the last 24 hours by hour', await several(20, () => log.countHours(hours))),
    line(
      'a webhook id, and bodies of the newest 50,000',
      await several(20, (index) => log.list({ search: `msg_${index}0a`, limit: PAGE })),
    ),
    line(
      'bodies of the newest 50,000, no hit',
      await several(20, () => log.list({ search: 'nothing has this', limit: PAGE })),
    ),
    heading('Deliveries'),
    ...(await commits(store)),
    heading(`A resend of ${RESENT}`),
    ...(await resends(store, now, holds)),
  ];
}

/** A table of times. Fills a store of about 1.7 GB first, and removes it. */
export async function benchLog(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'survey-hooks-bench-'));
  const file = path.join(folder, 'hooks.db');
  const holds: Holds = new Map();
  const startWorker = watchedWorkers(holds);
  const open = () => openSqlite({ file, clock: systemClock, logger: silentLogger, startWorker });
  const now = Date.now();
  try {
    await (await open()).close();
    fillDeliveries(file, now, variety);
    const store = await open();
    try {
      return [`Log: ${STORED_DELIVERIES} deliveries`, ...(await measureLog(store, now, holds))].join('\n');
    } finally {
      await store.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

if (import.meta.main) console.log(await benchLog());
