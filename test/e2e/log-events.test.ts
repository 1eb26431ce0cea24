import assert from 'node:assert/strict';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { NodeRed, type FlowNode } from '../support/node-red.ts';
import { Receiver } from '../support/receiver.ts';
import { relayTo, sendToRelay } from '../support/relay.ts';
import { until } from '../support/until.ts';

const EVENTS = 150;
/** Alerts that have arrived when Node-RED is killed: most of the events are then still to be told. */
const ALERTS_BEFORE = 10;

const inTab = (id: string, type: string, more: object): FlowNode => ({
  id,
  type,
  z: 'relay-tab',
  x: 100,
  y: 300,
  ...more,
});

/** Tells an endpoint of each delivery that fails; what becomes of that goes to another one. */
const alertsTo = (url: string): FlowNode[] => [
  { id: 'alert-endpoint', type: 'webhook-endpoint', name: 'Alerts', url: `${url}/alerts`, retry: 'none' },
  { id: 'again-endpoint', type: 'webhook-endpoint', name: 'Outcomes', url: `${url}/again`, retry: 'none' },
  inTab('events', 'webhook-log', { mode: 'events', events: ['failed'], inputs: 0, wires: [['alert']] }),
  inTab('alert', 'survey-webhook-out', { endpoints: ['alert-endpoint'], wires: [[], [], ['alert-again']] }),
  inTab('alert-again', 'survey-webhook-out', { endpoints: ['again-endpoint'], wires: [[], [], []] }),
];

describe('A Node-RED that is killed while deliveries fail', function () {
  this.timeout(60_000);
  let userDir: string;
  let receiver: Receiver;
  let nodeRed: NodeRed | undefined;

  beforeEach(async () => {
    receiver = await Receiver.start();
    userDir = await makeUserDir();
  });
  afterEach(async () => {
    await nodeRed?.kill9();
    await receiver.stop();
    await removeUserDir(userDir);
  });

  const alerts = (): string[] =>
    receiver.requests
      .filter((request) => request.path === '/alerts')
      .map(({ body }) => (JSON.parse(body.toString()) as { delivery: { id: string } }).delivery.id);

  it('tells of each failure at least once, and of no failed alert', async () => {
    receiver.answer(() => ({ status: 500 }));
    const relay = relayTo(`${receiver.url}/surveys`, { retry: 'none' });
    const flows = [...relay.flows, ...alertsTo(receiver.url)];
    const first = (nodeRed = await NodeRed.start({ userDir, ...relay, flows }));
    const sending = Array.from({ length: EVENTS }, (_, at) =>
      sendToRelay(first.url, `event-${at}`).catch(() => undefined),
    );
    await until(() => alerts().length >= ALERTS_BEFORE, { what: () => `alerts, not ${alerts().length}` });
    await first.kill9();
    await Promise.all(sending);

    const second = (nodeRed = await NodeRed.start({ userDir }));
    const failures = async (): Promise<string[]> =>
      (await second.deliveries({ endpoint: 'relay-endpoint', status: 'Failed' })).map(({ id }) => id);
    await until(async () => new Set(alerts()).size >= (await failures()).length, {
      what: () => `all alerts, not ${new Set(alerts()).size}`,
      timeoutMs: 20_000,
    });
    const countOf = async (endpoint: string): Promise<number> =>
      (await second.deliveries({ endpoint, status: 'Failed' })).length;
    const sentOn = async (): Promise<boolean> =>
      (await countOf('again-endpoint')) >= (await countOf('alert-endpoint'));
    await until(sentOn, { what: () => 'each failed alert to be sent on', timeoutMs: 20_000 });
    await second.waitForDeliveries(1, { status: 'Failed' });
    assert.deepEqual([...new Set(alerts())].sort(), (await failures()).sort());
    assert.ok((await failures()).length > ALERTS_BEFORE);
    const before = receiver.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(receiver.requests.length, before, 'nothing more comes of them');
  });
});
