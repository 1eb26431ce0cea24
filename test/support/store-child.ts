/**
 * A process that keeps deliveries and records until it is killed: `store-child.ts <file> <first id> [<how many>]`. What it prints, a line each, it
 * was promised before: `ready`, `accepted <n>`, `settled <n> <state>`, `upserted <n>`, and at the end `commits <count>`.
 */
import type { Captured } from '../../src/external-data/external-data.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { openStore } from '../../src/store/open-store.ts';
import { aDelivery } from './deliveries.ts';
import { aContact, invitationChange, STORED_AT } from './records.ts';
import { anAttempt, aSending, batchOf, scheduledAt } from './store.ts';

const [file = '', first = '0', count] = process.argv.slice(2);
const limit = count === undefined ? Infinity : Number(count);
const WIDTH = count === undefined ? 8 : 1;
const STATES = [{ kind: 'succeeded', finishedAt: 5 } as const, scheduledAt(5)];

/** Node.js writes to a pipe synchronously on Linux, and waits where it is full: a line is out before the next promise. */
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

const store = await openStore({ backend: 'sqlite', file, clock: systemClock, logger: silentLogger });
say('ready');

const captured = (n: number): Captured => ({
  groupId: 'group',
  groupName: 'Group',
  subject: { kind: 'ticket', id: `s${n}` },
  values: [{ label: 'N', parameter: 'n', type: 'integer', favorite: false, value: n }],
  problems: [],
});

let next = 0;
async function keep(): Promise<void> {
  while (next < limit) {
    const n = Number(first) + next++;
    const sending = aSending({ id: `a${n}`, eventId: `e${n}`, webhookId: `msg_${n}` });
    const sibling = aDelivery(scheduledAt(5), { id: `b${n}`, eventId: `e${n}`, webhookId: `msg_${n}` });
    const { events } = batchOf([sending], { body: Buffer.alloc(n % 3000, n % 256) });
    await store.deliveries.enqueue({ events, deliveries: [sending, sibling] });
    say(`accepted ${n}`);
    const state = STATES[n % 2]!;
    await store.deliveries.settle({
      delivery: { ...sending, state },
      attempt: anAttempt(
        state.kind === 'succeeded' ? { outcome: 'succeeded', captured: captured(n) } : { outcome: 'failed' },
      ),
      report: true,
    });
    say(`settled ${n} ${state.kind}`);
    const contact = aContact({ email: `c${n}@example.org`, account: `a${n}` }, { n });
    const change = invitationChange(`i${n}`, contact, { isContactUpdated: true });
    await store.records.upsert({ change, now: STORED_AT });
    say(`upserted ${n}`);
  }
}
await Promise.all(Array.from({ length: WIDTH }, keep));

say(`commits ${(await store.info()).commitCount}`);
await store.close();
