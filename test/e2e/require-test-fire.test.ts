import assert from 'node:assert/strict';
import { NodeRed, type DeliveryRow, type FlowNode } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { Receiver } from '../support/receiver.ts';
import { relayTo, sendToRelay } from '../support/relay.ts';

const ENDPOINT = 'relay-endpoint';

interface EndpointRow {
  readonly id: string;
  readonly tested: boolean;
  readonly waiting: string | null;
  readonly pending: number;
  readonly succeeded: number;
  readonly lastSuccessAt: string | null;
}

describe('An endpoint that has to be tested first', function () {
  this.timeout(60_000);
  let userDir: string;
  let nodeRed: NodeRed;
  let receiver: Receiver;
  let flows: readonly FlowNode[];

  before(async () => {
    receiver = await Receiver.start();
    userDir = await makeUserDir();
    const relay = relayTo(`${receiver.url}/first`, { auth: 'bearer', requireTestFire: true });
    flows = relay.flows;
    const credentials = { ...relay.credentials, [ENDPOINT]: { token: 'first-token' } };
    nodeRed = await NodeRed.start({ userDir, flows, credentials });
  });
  after(async () => {
    await nodeRed.stop();
    await receiver.stop();
    await removeUserDir(userDir);
  });
  beforeEach(() => {
    receiver.requests.length = 0;
    receiver.answer(() => ({ body: 'ok' }));
  });

  const withEndpoint = (changes: object): FlowNode[] =>
    flows.map((node) => (node.id === ENDPOINT ? { ...node, ...changes } : node));
  async function row(): Promise<EndpointRow> {
    const rows = (await nodeRed.admin('survey-hooks/endpoints')).json() as EndpointRow[];
    const found = rows.find(({ id }) => id === ENDPOINT);
    assert.ok(found);
    return found;
  }
  async function test(config?: object): Promise<boolean> {
    const answer = config
      ? await nodeRed.admin('survey-hooks/endpoints/test', { body: { config } })
      : await nodeRed.admin(`survey-hooks/endpoints/${ENDPOINT}/test`, { body: {} });
    assert.equal(answer.status, 200, answer.text);
    return (answer.json() as { ok: boolean }).ok;
  }
  async function send(id: string): Promise<DeliveryRow> {
    assert.equal((await sendToRelay(nodeRed.url, id)).status, 200);
    const found = (await nodeRed.deliveries()).find(({ webhookId }) => webhookId === id);
    assert.ok(found);
    return found;
  }
  /** Sends an event that must wait for a test. */
  async function sendWaiting(id: string): Promise<void> {
    const { status, attempts, nextAttemptAt } = await send(id);
    assert.deepEqual([status, attempts, nextAttemptAt], ['In Progress', 0, null]);
    const { tested, waiting, pending } = await row();
    assert.deepEqual([tested, waiting, pending], [false, 'endpoint-untested', 1]);
    assert.equal(receiver.countOf(id), 0);
  }
  async function assertDelivered(id: string): Promise<void> {
    await nodeRed.waitForDeliveries(1);
    assert.equal(receiver.countOf(id), 1);
    const { tested, waiting, pending } = await row();
    assert.deepEqual([tested, waiting, pending], [true, null, 0]);
  }

  it('lets nothing go before a test has succeeded, and all that waits once one has', async () => {
    await sendWaiting('event-1');
    receiver.answer(() => ({ status: 500 }));
    assert.equal(await test(), false);
    assert.equal((await row()).tested, false);
    assert.equal(receiver.countOf('event-1'), 0);
    receiver.answer(() => ({ body: 'ok' }));
    assert.equal(await test(), true);
    await assertDelivered('event-1');
    const { succeeded, lastSuccessAt } = await row();
    assert.equal(succeeded, 1);
    assert.ok(Math.abs(Date.parse(lastSuccessAt ?? '') - Date.now()) < 60_000);
  });

  it('stays tested over a restart', async () => {
    assert.equal(await nodeRed.stop(), 0);
    nodeRed = await NodeRed.start({ userDir });
    assert.equal((await row()).tested, true);
    await send('event-2');
    await assertDelivered('event-2');
  });

  it('stays tested with other settings that change neither URL nor credentials', async () => {
    await nodeRed.deploy(withEndpoint({ timeout: 20_000, name: 'Renamed' }), 'nodes');
    await send('event-3');
    await assertDelivered('event-3');
  });

  it('has to be tested again with another URL', async () => {
    await nodeRed.deploy(withEndpoint({ url: `${receiver.url}/second` }), 'nodes');
    await sendWaiting('event-4');
    assert.equal(await test(), true);
    await assertDelivered('event-4');
    assert.equal(receiver.requests.at(-1)?.path, '/second');
  });

  it('has to be tested again with other credentials', async () => {
    const url = `${receiver.url}/second`;
    await nodeRed.deploy(withEndpoint({ url, credentials: { token: 'second-token' } }), 'nodes');
    await sendWaiting('event-5');
    assert.equal(await test(), true);
    await assertDelivered('event-5');
    assert.equal(receiver.requests.at(-1)?.headers['authorization'], 'Bearer second-token');
  });

  it('need not be tested again where that was done before it was deployed', async () => {
    const config = { id: ENDPOINT, url: `${receiver.url}/third`, auth: 'bearer' };
    assert.equal(await test(config), true);
    assert.equal((await row()).tested, true);
    await nodeRed.deploy(withEndpoint({ url: config.url }), 'nodes');
    await send('event-6');
    await assertDelivered('event-6');
    assert.deepEqual(nodeRed.errors, []);
  });
});
