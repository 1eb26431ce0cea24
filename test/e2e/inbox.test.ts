import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventLoad } from '../support/event-load.ts';
import { call } from '../support/http.ts';
import { Arrivals, DELIVERIES, inboxFlow } from '../support/inbox-flow.ts';
import { NodeRed, type DeliveryRow } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { Receiver } from '../support/receiver.ts';
import { until } from '../support/until.ts';

/** More of them, for the whole proof: `SURVEY_HOOKS_KILLS=30 SURVEY_HOOKS_DEPLOYS=10 npm test -- test/e2e/inbox.test.ts`. */
const KILLS = Number(process.env['SURVEY_HOOKS_KILLS'] ?? 5);
const DEPLOYS = Number(process.env['SURVEY_HOOKS_DEPLOYS'] ?? 3);
/** A third death of the same process's events would have them go one by one. */
const KILLS_OF_A_STORE = 2;
const PER_EVENT = Object.values(DELIVERIES).reduce((sum, count) => sum + count);

describe('A hook that answers before its flow has run', function () {
  this.timeout(120_000);
  let userDir: string;
  let receiver: Receiver;
  let arrivals: Arrivals;
  let nodeRed: NodeRed;

  beforeEach(async () => {
    // Slow enough that attempts are under way whenever something happens.
    receiver = await Receiver.start(() => ({ body: 'ok', delayMs: 10 }));
    arrivals = new Arrivals(receiver);
    userDir = await makeUserDir();
  });
  afterEach(async () => {
    await nodeRed.kill9();
    await receiver.stop();
    await removeUserDir(userDir);
  });

  const flows = (options: Parameters<typeof inboxFlow>[1] = {}) => inboxFlow(receiver.url, options);
  const hookUrl = (): string => `${nodeRed.url}/hooks/inbox`;
  const timesSent = ({ endpointName, webhookId }: DeliveryRow): number =>
    arrivals.countOf(`/${endpointName}`, webhookId);
  const seen = async (): Promise<number> => Number((await call(`${nodeRed.url}/seen`)).text);

  /** Waits until all that was accepted has arrived, no message comes through the flow any more, and every delivery has ended. */
  async function settle(accepted: readonly string[]) {
    await until(() => arrivals.missing(accepted).length === 0, {
      timeoutMs: 60_000,
      everyMs: 100,
      what: () => `${arrivals.missing(accepted).length} of ${accepted.length} events to arrive`,
    });
    let count = -1;
    await until(async () => count === (count = await seen()), {
      timeoutMs: 60_000,
      everyMs: 1000,
      what: () => `the flow to come to rest after ${count} messages`,
    });
    return nodeRed.waitForDeliveries(accepted.length * PER_EVENT, { timeoutMs: 60_000 });
  }

  describe('and is killed under load', () => {
    for (let done = 0; done < KILLS; done += KILLS_OF_A_STORE)
      it(`loses nothing and enqueues nothing twice, from kill ${done + 1} on`, async () => {
        const kills = Math.min(KILLS_OF_A_STORE, KILLS - done);
        const loads: EventLoad[] = [];
        nodeRed = await NodeRed.start({ userDir, flows: flows() });
        for (let kill = 0; kill < kills; kill++) {
          const load = new EventLoad(hookUrl(), { name: `k${done + kill}` });
          loads.push(load);
          await until(() => load.accepted.length > 20, { timeoutMs: 10_000, what: () => 'some load' });
          await sleep(((done + kill) * 137) % 400);
          await nodeRed.kill9();
          await load.stop();
          nodeRed = await NodeRed.start({ userDir });
        }
        const accepted = loads.flatMap((load) => load.accepted);
        const lateCount = arrivals.missing(accepted).length;
        const rows = await settle(accepted);

        assert.deepEqual(arrivals.doubled(), [], 'nothing is enqueued twice');
        // What was sent twice had its attempt broken off by a kill, and the log says so.
        const repeated = rows.filter((row) => timesSent(row) > 1);
        for (const row of rows)
          assert.ok(timesSent(row) <= row.attempts, `the log has every attempt of ${row.webhookId}`);
        assert.ok(lateCount > 0, 'some of what was accepted had not arrived when Node-RED was killed');
        assert.deepEqual([...loads.flatMap((load) => [...load.odd])], []);
        assert.deepEqual(nodeRed.errors, []);
        tell(`${kills} kills`, {
          accepted: accepted.length,
          arrivedLate: lateCount,
          delivered: rows.length,
          sentTwice: repeated.length,
        });
      });
  });

  it(`loses nothing and sends nothing twice in ${DEPLOYS} full deploys under load`, async () => {
    nodeRed = await NodeRed.start({ userDir, flows: flows() });
    const load = new EventLoad(hookUrl(), { name: 'd' });
    for (let deploy = 0; deploy < DEPLOYS; deploy++) {
      await sleep(300);
      await nodeRed.deploy(flows(), 'full');
    }
    await sleep(300);
    await load.stop();
    const rows = await settle(load.accepted);

    assert.deepEqual(arrivals.doubled(), [], 'nothing is enqueued twice');
    const repeated = rows.filter((row) => timesSent(row) > 1);
    assert.equal(repeated.length, 0, 'no attempt is broken off');
    assert.ok(rows.every(({ attempts }) => attempts === 1));
    assert.ok((await seen()) > load.accepted.length, 'some events went into the flow again');
    assert.ok(load.accepted.length > DEPLOYS * 20, `${load.accepted.length} events are load enough`);
    assert.deepEqual([...load.odd], []);
    assert.equal(load.unansweredCount, 0);
    assert.deepEqual(nodeRed.errors, []);
    tell(`${DEPLOYS} deploys`, {
      accepted: load.accepted.length,
      refused: load.refusedCount,
      delivered: rows.length,
      throughTheFlow: await seen(),
    });
  });

  it('parks what ends Node-RED whenever it comes, and goes on with the rest', async () => {
    nodeRed = await NodeRed.start({ userDir, flows: flows() });
    const send = async (id: string, poison: boolean): Promise<void> => {
      assert.equal((await call(hookUrl(), { body: { id, poison } })).status, 200);
    };
    await send('poison', true);
    await nodeRed.ended;
    let deathCount = 0;
    for (; deathCount < 10; deathCount++) {
      const hasDied = await NodeRed.start({ userDir }).then(
        async (started) => {
          nodeRed = started;
          return dies(started);
        },
        // It ended before it was ready, which is a death as well.
        () => true,
      );
      if (!hasDied) break;
    }
    assert.equal(deathCount, 3, 'it went into the flow three times more');
    assert.equal(await parkedCount(), 1);
    await send('after', false);
    await settle(['after']);
    assert.deepEqual(arrivals.doubled(), []);

    await nodeRed.deploy(flows({ isPoisonous: false }), 'full');
    assert.deepEqual(arrivals.missing(['poison']), ['poison'], 'parked stays parked');
    await decide('run');
    await settle(['after', 'poison']);
    assert.equal(await parkedCount(), 0);
    assert.deepEqual(arrivals.doubled(), []);
  });

  /** Whether it ends of what it has kept, rather than parking that. */
  async function dies(started: NodeRed): Promise<boolean> {
    await until(async () => !started.isRunning || (await parkedCount().catch(() => 0)) === 1, {
      timeoutMs: 20_000,
      everyMs: 50,
      what: () => `Node-RED to end or to park an event:\n${started.output}`,
    });
    return !started.isRunning;
  }

  async function parkedCount(): Promise<unknown> {
    const hooks = (await nodeRed.admin('survey-hooks/hooks')).json() as { id: string; parked: unknown }[];
    return hooks.find(({ id }) => id === 'hook')?.parked;
  }

  async function decide(action: 'run' | 'drop'): Promise<void> {
    const answer = await nodeRed.admin('survey-hooks/hooks/hook/parked', { body: { action } });
    assert.ok(answer.status < 300, answer.text);
  }
});

/** The figures of the proof, where they are asked for. */
function tell(what: string, figures: Readonly<Record<string, unknown>>): void {
  if (process.env['SURVEY_HOOKS_FIGURES']) console.log(`${what}:`, figures);
}
