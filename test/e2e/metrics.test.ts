import assert from 'node:assert/strict';
import { adminAuth, AdminClient, type AdminUser } from '../support/admin-users.ts';
import { readExposition, type ReadFamily } from '../support/exposition.ts';
import { call, type Response } from '../support/http.ts';
import { NodeRed } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { Receiver } from '../support/receiver.ts';
import { relayTo, sendToRelay } from '../support/relay.ts';
import { until } from '../support/until.ts';

const METRICS = 'survey-hooks/metrics';
const TOKEN = 'a-token-that-only-prometheus-has';
const ENDPOINT_NAME = 'The "CRM"\\new\nline';

describe('The metrics of a Node-RED with users', function () {
  this.timeout(60_000);
  let userDir: string;
  let receiver: Receiver;
  let nodeRed: NodeRed;
  let client: AdminClient;

  before(async () => {
    receiver = await Receiver.start(() => ({ body: 'ok' }));
    userDir = await makeUserDir();
    const { flows, credentials } = relayTo(`${receiver.url}/path-of-the-receiver?key=value-of-the-key`, {
      name: ENDPOINT_NAME,
      retry: 'none',
    });
    nodeRed = await NodeRed.start({
      userDir,
      flows: [
        ...flows,
        { id: 'store', type: 'hook-store', name: '', backend: 'sqlite', file: 'survey-hooks.db' },
        { id: 'off', type: 'webhook-endpoint', name: 'Off', url: 'http://127.0.0.1:9/', enabled: false },
      ],
      credentials: { ...credentials, store: { metricsToken: TOKEN } },
      settings: { httpAdminRoot: '/admin', adminAuth },
    });
    client = await AdminClient.logIn(nodeRed, 'admin');
  });

  after(async () => {
    await nodeRed.stop();
    await receiver.stop();
    await removeUserDir(userDir);
  });

  const askWith = (authorization: string, headers: Record<string, string> = {}): Promise<Response> =>
    call(`${nodeRed.url}/admin/${METRICS}`, { headers: { authorization, ...headers } });

  async function read(): Promise<ReadonlyMap<string, ReadFamily>> {
    const answer = await askWith(`Bearer ${TOKEN}`);
    assert.equal(answer.status, 200, answer.text);
    return readExposition(answer.text);
  }

  /** The sample whose labels hold all these values. */
  async function valueOf(metric: string, ...labels: string[]): Promise<number | undefined> {
    const samples = (await read()).get(metric)?.samples ?? [];
    return samples.find((sample) => labels.every((value) => Object.values(sample.labels).includes(value)))
      ?.value;
  }

  const permitted: readonly [user: AdminUser | undefined, status: number][] = [
    [undefined, 401],
    ['admin', 200],
    ['reader', 200],
    ['auditor', 200],
    ['operator', 401],
    ['watcher', 401],
  ];
  for (const [user, status] of permitted)
    it(`answer ${status} to ${user ?? 'nobody'}`, async () => {
      assert.equal((await client.ask(user, METRICS)).status, status);
    });

  for (const [authorization, status] of [
    [`Bearer ${TOKEN}`, 200],
    [`bearer  ${TOKEN}`, 200],
    [`Bearer ${TOKEN}x`, 401],
    [`Bearer ${TOKEN.slice(0, -1)}`, 401],
    [`Bearer ${TOKEN.toUpperCase()}`, 401],
    ['Bearer ', 400],
    [`Basic ${TOKEN}`, 401],
    [TOKEN, 400],
  ] as const)
    it(`answer ${status} to ${authorization}`, async () => {
      assert.equal((await askWith(authorization)).status, status);
    });

  it('are not for a page of another origin, whatever it shows', async () => {
    assert.equal((await askWith(`Bearer ${TOKEN}`, { origin: 'http://evil.example' })).status, 403);
  });

  it('let the token into nothing else', async () => {
    for (const path of ['survey-hooks/deliveries', 'survey-hooks/hooks', 'flows']) {
      const headers = { authorization: `Bearer ${TOKEN}` };
      assert.equal((await call(`${nodeRed.url}/admin/${path}`, { headers })).status, 401, path);
    }
  });

  it('are text of the version that every Prometheus reads, and are not kept by proxies', async () => {
    const { headers } = await askWith(`Bearer ${TOKEN}`);
    assert.equal(headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
    assert.equal(headers.get('cache-control'), 'no-store');
  });

  it('count what is delivered, by endpoint and hook', async () => {
    assert.equal((await sendToRelay(nodeRed.url, 'event-1')).status, 200);
    assert.equal((await sendToRelay(nodeRed.url, 'event-2')).status, 200);
    await until(
      async () =>
        (await valueOf('survey_hooks_delivery_attempts_total', 'relay-endpoint', 'succeeded')) === 2,
      { what: () => 'two attempts' },
    );
    assert.equal(await valueOf('survey_hooks_deliveries_accepted_total', ENDPOINT_NAME), 2);
    assert.equal(await valueOf('survey_hooks_delivery_attempts_total', 'relay-endpoint', 'failed'), 0);
    assert.equal(
      await valueOf('survey_hooks_delivery_attempt_duration_seconds', '+Inf', 'relay-endpoint'),
      2,
    );
    assert.equal(await valueOf('survey_hooks_hook_requests_total', 'relay-hook', 'received'), 2);
    assert.equal(await valueOf('survey_hooks_hook_events_parked', 'relay-hook'), 0);
    assert.equal(await valueOf('survey_hooks_store_up'), 1);
    assert.equal(await valueOf('survey_hooks_store_deliveries'), 2);
    assert.ok(((await valueOf('survey_hooks_store_delivery_bytes')) ?? 0) > 0);
  });

  it('show what waits, and since when', async () => {
    const flows = (await client.ask('admin', 'flows')).json() as { id: string; endpoints?: string[] }[];
    const changed = flows.map((node) =>
      node.id === 'relay-out' ? { ...node, endpoints: ['relay-endpoint', 'off'] } : node,
    );
    const deployed = await client.ask('admin', 'flows', { body: changed });
    assert.equal(deployed.status, 204, deployed.text);
    await until(async () => (await sendToRelay(nodeRed.url, 'event-3')).status === 200, {
      what: () => 'the flows to run again',
    });
    assert.equal(await valueOf('survey_hooks_deliveries_pending', 'off'), 1);
    assert.ok(((await valueOf('survey_hooks_deliveries_oldest_pending_age_seconds', 'off')) ?? 0) > 0);
    await until(async () => (await valueOf('survey_hooks_deliveries_pending', 'relay-endpoint')) === 0, {
      what: () => 'the delivery',
    });
    assert.equal(await valueOf('survey_hooks_deliveries_oldest_pending_age_seconds', 'relay-endpoint'), 0);
  });

  it('hold neither a URL nor a secret', async () => {
    const { text } = await askWith(`Bearer ${TOKEN}`);
    for (const secret of [TOKEN, 'path-of-the-receiver', 'value-of-the-key', '/hooks/relay', '://'])
      assert.ok(!text.includes(secret), secret);
    assert.ok(!nodeRed.output.includes(TOKEN));
    const stored = (await client.ask('admin', 'credentials/hook-store/store')).text;
    assert.deepEqual(JSON.parse(stored), { has_metricsToken: true });
  });
});
