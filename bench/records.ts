/** What upserts and look-ups take in tables of a million contacts, beside the aim: `node bench/records.ts`. */
import { fdatasyncSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../src/platform/clock.ts';
import { silentLogger } from '../src/platform/logger.ts';
import type { RecordStore } from '../src/records/record-store.ts';
import type { HookStore } from '../src/store/hook-store.ts';
import { openStore } from '../src/store/open-store.ts';
import {
  aContact,
  activityChange,
  anAccount,
  contactChange,
  invitationChange,
} from '../test/support/records.ts';
import { anAttempt, aSending, batchOf } from '../test/support/store.ts';
import { accountName, ACCOUNTS, CONTACTS, emailOf, fillRecords, phoneOf, shuffled } from './records-fill.ts';

/** At most this many milliseconds for 95 of 100 calls. */
const AIM_MS = 2;
const CALLS = 1_000;
/** Loops that keep deliveries beside the calls, and how often each keeps one: together about a thousand a second. */
const TRAFFIC_LOOPS = 4;
const TRAFFIC_MS = 4;
const NOW = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;

export const DISK = 'a bare sync of 16 KB, which a commit needs';

type Way = (records: RecordStore, index: number) => Promise<unknown>;

const upsert = (records: RecordStore, change: Parameters<RecordStore['upsert']>[0]['change']) =>
  records.upsert({ change, now: NOW + 1 });

/** Each call is for another row, anywhere in the table. */
const anyContact = (index: number): number => shuffled(index * 31 + 7, CONTACTS);
let made = 0;

const UPSERTS: Readonly<Record<string, Way>> = {
  'contact that is there': (records, index) =>
    upsert(records, contactChange({ email: emailOf(anyContact(index)) }, { visit: ++made })),
  'contact that is new, with its account': (records, index) =>
    upsert(
      records,
      contactChange({ email: `new${++made}@example.org`, account: accountName(shuffled(index, ACCOUNTS)) }),
    ),
  activity: (records, index) =>
    upsert(records, activityChange(accountName(shuffled(index, ACCOUNTS)), `reference ${++made}`)),
  'account, contact and invitation': (records, index) => {
    const contact = {
      ...aContact(
        { email: emailOf(anyContact(index)), phone: phoneOf(anyContact(index)) },
        { visit: ++made },
      ),
      account: anAccount(accountName(shuffled(index, ACCOUNTS)), { owner: `owner ${made}` }),
    };
    return upsert(records, invitationChange(`invitation ${made}`, contact, { isContactUpdated: true }));
  },
};

const LOOKUPS: Readonly<Record<string, Way>> = {
  'contact by email address': (records, index) =>
    records.findContact({ emailKey: emailOf(anyContact(index)), phoneKey: '' }),
  'contact by phone number': (records, index) =>
    records.findContact({ emailKey: '', phoneKey: phoneOf(anyContact(index)) }),
  account: (records, index) => records.findAccount({ key: accountName(shuffled(index, ACCOUNTS)) }),
  'activities of an account': (records, index) =>
    records.listActivities({ accountKey: accountName(shuffled(index, ACCOUNTS)), since: 0, limit: 100 }),
};

const silent =
  (limit: number): Way =>
  (records) =>
    records.listSilentAccounts({ before: NOW - 30 * DAY, now: NOW, limit });

const SILENCES: Readonly<Record<string, Way>> = {
  'the 1,000 accounts silent the longest': silent(1_000),
  'all accounts that are silent': silent(ACCOUNTS),
};

/** What a commit cannot do without: a few pages written and synced. */
export function diskOf(folder: string): () => Promise<unknown> {
  const file = openSync(path.join(folder, 'sync'), 'w');
  const pages = Buffer.alloc(4 * 4096);
  return () => {
    writeSync(file, pages);
    fdatasyncSync(file);
    return Promise.resolve();
  };
}

/** Times of each way, sorted; each is called once in every round, so that what else the machine does hits all of them. */
async function timesOf(
  records: RecordStore,
  ways: Readonly<Record<string, Way>>,
  rounds: number,
): Promise<Map<string, number[]>> {
  const times = new Map(Object.keys(ways).map((name) => [name, [] as number[]]));
  for (let index = 0; index < rounds; index++)
    for (const [name, way] of Object.entries(ways)) {
      const start = performance.now();
      await way(records, index);
      times.get(name)?.push(performance.now() - start);
    }
  for (const one of times.values()) one.sort((a, b) => a - b);
  return times;
}

const heading = (title: string): string =>
  title.padEnd(46) + ['p50', 'p95', 'p99'].map((name) => name.padStart(11)).join('');

function line(name: string, times: readonly number[], aimMs?: number): string {
  const at = (part: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? NaN;
  const shown = [0.5, 0.95, 0.99].map((part) => `${at(part).toFixed(2)} ms`.padStart(11));
  const verdict = at(0.95) < (aimMs ?? Infinity) ? 'kept' : 'MISSED';
  const aim = aimMs === undefined ? '' : `   p95 under ${aimMs} ms: ${verdict}`;
  return `  ${name.padEnd(44)}${shown.join('')}${aim}`;
}

/** Keeps deliveries, and ends their attempts, until told to stop. */
function traffic({ deliveries }: HookStore): { stop: () => Promise<number> } {
  let isOn = true;
  let count = 0;
  const loop = async (): Promise<void> => {
    while (isOn) await Promise.all([deliver(), sleep(TRAFFIC_MS)]);
  };
  const deliver = async (): Promise<void> => {
    const id = `d${++count}`;
    const sending = aSending({ id, eventId: `e${count}`, webhookId: `msg_${count}` });
    await deliveries.enqueue(batchOf([sending]));
    const delivery = { ...sending, state: { kind: 'succeeded', finishedAt: NOW } as const };
    await deliveries.settle({ delivery, attempt: anAttempt(), report: false });
  };
  const loops = Array.from({ length: TRAFFIC_LOOPS }, loop);
  return {
    async stop() {
      isOn = false;
      await Promise.all(loops);
      return count;
    },
  };
}

async function measure(store: HookStore, disk: Way): Promise<string[]> {
  const times = await timesOf(store.records, { [DISK]: disk, ...UPSERTS, ...LOOKUPS }, CALLS);
  return [...times].map(([name, one]) => line(name, one, name === DISK ? undefined : AIM_MS));
}

/** A table of times. Fills a store of about half a gigabyte first, and removes it. */
export async function benchRecords(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'survey-hooks-bench-'));
  const file = path.join(folder, 'hooks.db');
  const open = () => openStore({ backend: 'sqlite', file, clock: systemClock, logger: silentLogger });
  try {
    await (await open()).close();
    const start = performance.now();
    fillRecords(file, NOW);
    const filledIn = ((performance.now() - start) / 1000).toFixed(0);
    const store = await open();
    try {
      const disk = diskOf(folder);
      const alone = await measure(store, disk);
      const beside = traffic(store);
      const begun = performance.now();
      const busy = await measure(store, disk);
      const rate = (await beside.stop()) / ((performance.now() - begun) / 1000);
      const silences = await timesOf(store.records, SILENCES, 20);
      return [
        `Records: ${ACCOUNTS} accounts, ${CONTACTS} contacts (filled in ${filledIn} s)`,
        heading('One after the other'),
        ...alone,
        heading(`Beside ${rate.toFixed(0)} deliveries a second`),
        ...busy,
        heading('Absence of signal'),
        ...[...silences].map(([name, times]) => line(name, times)),
      ].join('\n');
    } finally {
      await store.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

if (import.meta.main) console.log(await benchRecords());
