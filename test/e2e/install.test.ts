import assert from 'node:assert/strict';
import path from 'node:path';
import { credentialsFor, DEMO_FILE, exampleLogin, readExamples } from '../support/examples.ts';
import { call } from '../support/http.ts';
import { NodeRed, type FlowNode } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { failingFirst, Receiver } from '../support/receiver.ts';
import { until } from '../support/until.ts';

const MODULE = '@survey-hooks/node-red-survey-hooks';
const TYPES = [
  'email-hook-in',
  'email-listener',
  'external-data',
  'external-data-group',
  'hmac-sign',
  'hmac-verify',
  'hook-store',
  'inbound-hook-in',
  'inbound-mapping',
  'mapping-validator',
  'payload-format',
  'record-lookup',
  'record-upsert',
  'response-filter',
  'signing-secret',
  'survey-response',
  'survey-webhook-out',
  'webhook-endpoint',
  'webhook-log',
];

interface NodeSet {
  readonly module: string;
  readonly types: readonly string[];
  readonly enabled: boolean;
  readonly err?: string;
}

interface Details {
  readonly request: { readonly body: string; readonly headers: unknown };
  readonly attemptLog: readonly { number: number; manual: boolean; statusCode: number }[];
}

/** The demo flow as it is in the tarball, with retries that a test can wait for and nothing sent at the start. */
async function shippedDemo(userDir: string): Promise<FlowNode[]> {
  const examples = await readExamples(path.join(userDir, 'node_modules', MODULE, 'examples'));
  const nodes = examples.find(({ file }) => file === DEMO_FILE)?.nodes ?? [];
  return nodes.map((node) => {
    if (node.type === 'webhook-endpoint') return { ...node, retryDelays: '100ms,200ms' };
    return node.type === 'inject' ? { ...node, once: false } : node;
  });
}

for (const version of [5, 4] as const)
  describe(`The packed tarball in a fresh user directory of Node-RED ${version}`, function () {
    this.timeout(60_000);
    let userDir: string;
    let nodeRed: NodeRed;
    let slack: Receiver;
    let freshdesk: Receiver;
    let serviceNow: Receiver;
    let flows: FlowNode[];

    before(async () => {
      userDir = await makeUserDir();
      slack = await Receiver.start();
      freshdesk = await Receiver.start(() => ({ status: 201, body: '{"id":1}' }));
      serviceNow = await Receiver.start(failingFirst(2, { status: 503, body: 'maintenance' }));
      flows = await shippedDemo(userDir);
      nodeRed = await NodeRed.start({
        version,
        userDir,
        flows,
        credentials: credentialsFor(flows),
        env: {
          DEMO_SLACK_URL: `${slack.url}/services/T/B/secret-part`,
          DEMO_FRESHDESK_URL: `${freshdesk.url}/api/v2/tickets`,
          DEMO_SERVICENOW_URL: `${serviceNow.url}/order_now`,
        },
      });
    });

    after(async () => {
      await nodeRed.stop();
      await Promise.all([slack, freshdesk, serviceNow].map((receiver) => receiver.stop()));
      await removeUserDir(userDir);
    });

    const send = (hook: string, body: unknown, login = exampleLogin) =>
      call(`${nodeRed.url}/hooks/${hook}`, { body, basic: login });
    const sample = (): Record<string, string> => {
      const inject = flows.find(({ type, name }) => type === 'inject' && name === 'Send a CIOPulse response');
      return JSON.parse(String(inject?.payload)) as Record<string, string>;
    };

    it('registers every node type, enabled and without an error', async () => {
      const answer = await nodeRed.admin('nodes', { headers: { accept: 'application/json' } });
      const ours = (answer.json() as NodeSet[]).filter(({ module }) => module === MODULE);

      assert.deepEqual(ours.flatMap(({ types }) => types).toSorted(), TYPES);
      for (const { types, enabled, err } of ours)
        assert.deepEqual({ types, enabled, err }, { types, enabled: true, err: undefined });
    });

    it('serves the editor part, the words and the help of every node type', async () => {
      const html = (await nodeRed.admin('nodes', { headers: { accept: 'text/html' } })).text;
      for (const type of TYPES) {
        assert.match(html, new RegExp(`data-template-name="${type}"`), `${type} has a dialog`);
        assert.match(html, new RegExp(`data-help-name="${type}"`), `${type} has help`);
        const words = await nodeRed.admin(`locales/${MODULE}/${type}?lng=en-US`);
        assert.notDeepEqual(words.json(), {}, `${type} has words`);
      }
    });

    it('serves the sidebar tab with its words', async () => {
      const html = (await nodeRed.admin('plugins', { headers: { accept: 'text/html' } })).text;
      assert.match(html, /registerPlugin\("webhook-log-tab"/);
      const words = await nodeRed.admin(`locales/${MODULE}/webhook-log-tab?lng=en-US`);
      assert.notDeepEqual(words.json(), {});
    });

    it('refuses a wrong password before anything happens', async () => {
      const answer = await send('ciopulse', sample(), { ...exampleLogin, password: 'wrong' });
      assert.equal(answer.status, 401);
      assert.match(answer.headers.get('www-authenticate') ?? '', /^Basic /);
      assert.deepEqual(await nodeRed.deliveries(), []);
    });

    it('delivers a survey response to Slack, Freshdesk and ServiceNow, and shows it in the log', async () => {
      const answer = await send('ciopulse', sample());
      assert.equal(answer.status, 200, answer.text);
      assert.equal((answer.json() as { accepted: boolean }).accepted, true);
      const rows = await nodeRed.waitForDeliveries(3);

      const attempts = Object.fromEntries(rows.map((row) => [row.endpointName, row.attempts]));
      assert.deepEqual(attempts, { Slack: 1, Freshdesk: 1, ServiceNow: 3 });
      assert.match(String(slack.requests[0]?.body), /You guys rock!/);
      assert.match(String(freshdesk.requests[0]?.body), /You guys rock!/);
      const wrapped = JSON.stringify({ sysparm_quantity: '1', variables: sample() });
      assert.deepEqual(
        serviceNow.requests.map(({ body }) => body.toString()),
        [wrapped, wrapped, wrapped],
      );
      for (const receiver of [slack, freshdesk, serviceNow])
        assert.deepEqual(receiver.webhookIds, [sample().Webhook_ID], 'one id for every endpoint and attempt');
    });

    it('keeps each attempt with its answer, and no secret, in the details', async () => {
      const row = (await nodeRed.deliveries()).find(({ endpointName }) => endpointName === 'ServiceNow');
      const answer = await nodeRed.admin(`survey-hooks/deliveries/${row?.id}`);
      const { attemptLog, request } = answer.json() as Details;

      assert.deepEqual(
        attemptLog.map(({ statusCode }) => statusCode),
        [503, 503, 200],
      );
      assert.deepEqual(JSON.parse(request.body), { sysparm_quantity: '1', variables: sample() });
      const { username, password } = exampleLogin;
      for (const secret of [password, Buffer.from(`${username}:${password}`).toString('base64')])
        assert.ok(!answer.text.includes(secret) && !nodeRed.output.includes(secret));
    });

    it('resends on request, counts it and marks it as manual', async () => {
      const row = (await nodeRed.deliveries()).find(({ endpointName }) => endpointName === 'Slack');
      const answer = await nodeRed.admin(`survey-hooks/deliveries/${row?.id}/resend`, { body: {} });
      assert.equal(answer.status, 202, answer.text);
      await slack.waitFor(2);
      let attempts: Details['attemptLog'] = [];
      await until(
        async () => {
          const details = await nodeRed.admin(`survey-hooks/deliveries/${row?.id}`);
          attempts = (details.json() as Details).attemptLog;
          return attempts.length === 2;
        },
        { what: () => 'the second attempt to be in the log' },
      );

      assert.equal(slack.requests[1]?.webhookId, row?.webhookId);
      assert.deepEqual(slack.requests[1]?.body, slack.requests[0]?.body);
      assert.deepEqual(
        attempts.map(({ number, manual, statusCode }) => ({ number, manual, statusCode })),
        [
          { number: 1, manual: false, statusCode: 200 },
          { number: 2, manual: true, statusCode: 200 },
        ],
      );
    });

    it('answers a good contact with 200 and a bad one with 422 and every violation', async () => {
      const good = await send('customergauge', {
        Email: 'john.doe@example.com',
        'Account Name': 'Example Ltd',
      });
      assert.equal(good.status, 200, good.text);
      assert.deepEqual(good.json(), { email: 'john.doe@example.com', accountName: 'Example Ltd' });

      const bad = await send('customergauge', { Email: 'not an address', Phone: 'call me' });
      assert.equal(bad.status, 422, bad.text);
      const { violations } = bad.json() as { violations: { field: string }[] };
      assert.deepEqual(violations.map(({ field }) => field).toSorted(), ['Email', 'Phone']);
    });

    it('stops in order, without a word of error', async () => {
      assert.equal(await nodeRed.stop(), 0);
      assert.deepEqual(nodeRed.errors, []);
    });
  });
