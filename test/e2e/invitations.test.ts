import assert from 'node:assert/strict';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventLoad } from '../support/event-load.ts';
import { inviteFlow } from '../support/invite-flow.ts';
import { NodeRed } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { Receiver } from '../support/receiver.ts';
import { until } from '../support/until.ts';

/** More of them, for the whole proof: `SURVEY_HOOKS_KILLS=20 SURVEY_HOOKS_DEPLOYS=10 npm test -- test/e2e/invitations.test.ts`. */
const KILLS = Number(process.env['SURVEY_HOOKS_KILLS'] ?? 4);
const DEPLOYS = Number(process.env['SURVEY_HOOKS_DEPLOYS'] ?? 3);
/** A third death of the same process's events would have them go one by one. */
const KILLS_OF_A_STORE = 2;

const emailOf = (id: string): string => `${id}@example.org`;
const bodyOf = (id: string): object => ({
  Email: emailOf(id),
  'Account Name': `Account ${id.split('-', 1)[0]}`,
  Touchpoint: 'Delivery',
});

describe('A hook that keeps its events and invites', function () {
  this.timeout(120_000);
  let userDir: string;
  let receiver: Receiver;
  let nodeRed: NodeRed;

  beforeEach(async () => {
    receiver = await Receiver.start(() => ({ body: 'ok', delayMs: 10 }));
    userDir = await makeUserDir();
  });
  afterEach(async () => {
    await nodeRed.kill9();
    await receiver.stop();
    await removeUserDir(userDir);
  });

  const load = (name: string): EventLoad =>
    new EventLoad(`${nodeRed.url}/hooks/invite`, { name, bodyOf, senders: 4 });

  /** The ids under which a contact's invitations arrived, in their bodies and in their headers. */
  function arrivedIds(): ReadonlyMap<string, ReadonlySet<string>> {
    const ids = new Map<string, Set<string>>();
    for (const { body, webhookId } of receiver.requests) {
      const { id, email } = JSON.parse(body.toString()) as { id: string; email: string };
      ids.set(email, new Set([...(ids.get(email) ?? []), id, webhookId]));
    }
    return ids;
  }

  /** Waits until all that was accepted has arrived and nothing is on its way; then there is one of each. */
  async function proveOneOfEach(accepted: readonly string[]): Promise<void> {
    const missing = (): number => accepted.filter((id) => !arrivedIds().has(emailOf(id))).length;
    await until(() => missing() === 0, {
      timeoutMs: 60_000,
      everyMs: 100,
      what: () => `${missing()} of ${accepted.length} invitations to arrive`,
    });
    await nodeRed.waitForDeliveries(accepted.length, { timeoutMs: 60_000 });
    await nodeRed.stop();
    const stored = readInvited(path.join(userDir, 'survey-hooks.db'));
    const arrived = arrivedIds();
    for (const id of accepted) {
      const rows = stored.filter(({ email }) => email === emailOf(id));
      assert.equal(rows.length, 1, `${id} is one contact with one invitation`);
      assert.deepEqual([...(arrived.get(emailOf(id)) ?? [])], [rows[0]?.id], `${id} arrives by its own id`);
    }
    const emails = stored.map(({ email }) => email);
    assert.equal(new Set(emails).size, emails.length, 'also what was not answered is there once at most');
    assert.deepEqual(nodeRed.errors, []);
  }

  for (let done = 0; done < KILLS; done += KILLS_OF_A_STORE)
    it(`makes one contact and one invitation of each event when it is killed under load, from kill ${done + 1} on`, async () => {
      const loads: EventLoad[] = [];
      nodeRed = await NodeRed.start({ userDir, flows: inviteFlow(receiver.url) });
      for (let kill = done; kill < Math.min(done + KILLS_OF_A_STORE, KILLS); kill++) {
        const running = load(`k${kill}`);
        loads.push(running);
        await until(() => running.accepted.length > 20, { timeoutMs: 10_000, what: () => 'some load' });
        await sleep((kill * 137) % 400);
        await nodeRed.kill9();
        await running.stop();
        nodeRed = await NodeRed.start({ userDir });
      }
      await proveOneOfEach(loads.flatMap(({ accepted }) => accepted));
      assert.deepEqual([...loads.flatMap(({ odd }) => [...odd])], []);
    });

  it(`makes one contact and one invitation of each event in ${DEPLOYS} full deploys under load`, async () => {
    nodeRed = await NodeRed.start({ userDir, flows: inviteFlow(receiver.url) });
    const running = load('d');
    for (let deploy = 0; deploy < DEPLOYS; deploy++) {
      await sleep(300);
      await nodeRed.deploy(inviteFlow(receiver.url), 'full');
    }
    await sleep(300);
    await running.stop();
    await proveOneOfEach(running.accepted);
    assert.deepEqual([...running.odd], []);
    assert.equal(running.unansweredCount, 0);
  });
});

/** Each invitation that is stored, with the email address of its contact. */
function readInvited(file: string): { id: string; email: string }[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database
      .prepare('select i.id, c.email from contacts c left join invitations i on i.contact_id = c.id')
      .all() as { id: string; email: string }[];
  } finally {
    database.close();
  }
}
