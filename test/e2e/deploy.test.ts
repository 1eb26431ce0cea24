import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { NodeRed, type FlowNode } from '../support/node-red.ts';
import { Receiver } from '../support/receiver.ts';
import { relayTo, sendToRelay } from '../support/relay.ts';
import { until } from '../support/until.ts';

const DEPLOYS = 5;
const SENDERS = 8;

/** Sends until it is stopped, and sends again what is refused with 503, as a sender does; each try has an id of its own. */
class Load {
  readonly accepted: string[] = [];
  readonly refused: string[] = [];
  /** Answers that no sender expects, each once. */
  readonly odd = new Set<string>();
  readonly #senders: Promise<void>[];
  #isStopped = false;

  constructor(url: string) {
    this.#senders = Array.from({ length: SENDERS }, (_, sender) => this.#send(url, sender));
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#senders);
  }

  async #send(url: string, sender: number): Promise<void> {
    for (let event = 0; !this.#isStopped; event++)
      for (let attempt = 1; !(await this.#try(url, `${sender}-${event}-${attempt}`)); attempt++)
        await sleep(20);
  }

  async #try(url: string, id: string): Promise<boolean> {
    const { status, headers, text } = await sendToRelay(url, id);
    if (status === 200) this.accepted.push(id);
    else if (status === 503 && headers.get('retry-after')) this.refused.push(id);
    else this.odd.add(`${status} ${text}`);
    return status !== 503;
  }
}

describe('Full deploys under load', function () {
  this.timeout(60_000);
  let userDir: string;
  let receiver: Receiver;
  let nodeRed: NodeRed | undefined;

  before(async () => {
    // Slow enough that attempts are under way whenever a deploy begins.
    receiver = await Receiver.start(() => ({ body: 'ok', delayMs: 30 }));
    userDir = await makeUserDir();
  });

  after(async () => {
    await nodeRed?.kill9();
    await receiver.stop();
    await removeUserDir(userDir);
  });

  it('lose nothing and send nothing twice', async () => {
    const { flows, credentials } = relayTo(`${receiver.url}/surveys`, { concurrency: 16 });
    nodeRed = await NodeRed.start({ userDir, flows, credentials });
    const load = new Load(nodeRed.url);
    for (let deploy = 0; deploy < DEPLOYS; deploy++) {
      await sleep(300);
      await until(() => receiver.inFlight > 0, { what: () => 'attempts under way when the deploy begins' });
      await nodeRed.deploy(flows, 'full');
    }
    await sleep(300);
    await load.stop();
    const rows = await nodeRed.waitForDeliveries(load.accepted.length);

    assert.deepEqual([...load.odd], []);
    const arrived = new Set(receiver.webhookIds);
    const lost = load.accepted.filter((id) => !arrived.has(id));
    assert.deepEqual(lost, [], 'every event that was accepted arrives');
    const repeated = receiver.webhookIds.filter((id) => receiver.countOf(id) > 1);
    assert.deepEqual(repeated, [], 'no event is sent twice');
    assert.ok(rows.every(({ attempts }) => attempts === 1));
    assert.ok(load.accepted.length > DEPLOYS * SENDERS, `${load.accepted.length} events are load enough`);
    assert.deepEqual(nodeRed.errors, []);
  });
});

describe('Deploys while attempts are under way', function () {
  this.timeout(60_000);
  let userDir: string;
  let receiver: Receiver;
  let nodeRed: NodeRed;

  before(async () => {
    receiver = await Receiver.start();
    userDir = await makeUserDir();
    const { flows, credentials } = relayTo(receiver.url);
    nodeRed = await NodeRed.start({ userDir, flows: [...flows, storeIn('own.db')], credentials });
  });

  after(async () => {
    await nodeRed.stop();
    await receiver.stop();
    await removeUserDir(userDir);
  });

  const storeIn = (file: string, name = 'Store'): FlowNode => ({
    id: 'store',
    type: 'hook-store',
    name,
    file,
  });

  const { flows } = relayTo('http://127.0.0.1:9/');
  const withoutOutNode = (nodes: readonly FlowNode[]) => nodes.filter(({ id }) => id !== 'relay-out');

  const deploys: readonly [what: string, deploy: (running: readonly FlowNode[]) => Promise<void>][] = [
    ['a reload', () => nodeRed.deploy([], 'reload')],
    [
      'a change of the store node',
      (running) => nodeRed.deploy([...running, storeIn('own.db', 'Renamed')], 'nodes'),
    ],
    [
      'the loss of the out node',
      (running) => nodeRed.deploy([...withoutOutNode(running), storeIn('own.db', 'Renamed')], 'full'),
    ],
  ];
  for (const [at, [what, deploy]] of deploys.entries())
    it(`${what} neither breaks one off nor opens another store`, async () => {
      const running = flows.map((node) =>
        node.id === 'relay-endpoint' ? { ...node, url: receiver.url } : node,
      );
      receiver.hold();
      const id = `event-${at}`;
      assert.equal((await sendToRelay(nodeRed.url, id)).status, 200);
      await until(() => receiver.countOf(id) === 1, { what: () => 'the attempt' });
      await deploy(running);
      receiver.release();
      const rows = await nodeRed.waitForDeliveries(at + 1);
      assert.ok(rows.every(({ attempts }) => attempts === 1));
      const databases = (await readdir(userDir)).filter((name) => name.endsWith('.db'));
      assert.deepEqual(databases, ['own.db']);
      assert.deepEqual(nodeRed.errors, []);
    });
});
