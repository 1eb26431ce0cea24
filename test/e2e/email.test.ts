import assert from 'node:assert/strict';
import { createTransport } from 'nodemailer';
import { call } from '../support/http.ts';
import { scriptOf } from '../support/mails.ts';
import { NodeRed, type FlowNode } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { freePort, isOpen } from '../support/ports.ts';
import { Receiver } from '../support/receiver.ts';
import { until } from '../support/until.ts';

const MAILS = 40;
const ORDERS = 'orders@hooks.example.com';

describe('Mail for a hook', function () {
  this.timeout(60_000);
  let userDir: string;
  let receiver: Receiver;
  let port: number;
  let nodeRed: NodeRed | undefined;

  beforeEach(async () => {
    receiver = await Receiver.start();
    userDir = await makeUserDir();
    port = await freePort();
  });
  afterEach(async () => {
    await nodeRed?.kill9();
    await receiver.stop();
    await removeUserDir(userDir);
  });

  /** Each mail waits in its flow before it is delivered. */
  const flows = (delayMs: number): FlowNode[] => [
    { id: 'tab', type: 'tab', label: 'Mail' },
    {
      id: 'listener',
      type: 'email-listener',
      host: '127.0.0.1',
      port,
      domain: 'hooks.example.com',
      maxSize: '1mb',
      tls: '',
      allowedClients: '',
    },
    {
      id: 'hook',
      type: 'email-hook-in',
      z: 'tab',
      name: 'Orders',
      listener: 'listener',
      address: 'orders',
      debug: true,
      wires: [['wait']],
    },
    {
      id: 'wait',
      type: 'delay',
      z: 'tab',
      pauseType: 'delay',
      timeout: String(delayMs),
      timeoutUnits: 'milliseconds',
      rate: '1',
      rateUnits: 'second',
      wires: [['out']],
    },
    {
      id: 'out',
      type: 'survey-webhook-out',
      z: 'tab',
      endpoints: ['endpoint'],
      webhookIdProperty: 'payload.orderNumber',
      wires: [[], [], []],
    },
    {
      id: 'endpoint',
      type: 'webhook-endpoint',
      name: 'Receiver',
      url: `${receiver.url}/orders`,
      retry: 'none',
    },
  ];

  /** The listener opens its port after the flows have started. */
  async function start(delayMs: number, version: 4 | 5 = 5): Promise<NodeRed> {
    const started = (nodeRed = await NodeRed.start({ userDir, version, flows: flows(delayMs) }));
    await until(() => isOpen(port), { what: () => `the listener to listen:\n${started.output}` });
    return started;
  }

  const transport = () => createTransport({ host: '127.0.0.1', port, pool: true, maxConnections: 4 });
  const orderMail = (orderNumber: string) => ({
    from: 'shop@example.com',
    to: 'jane@example.com',
    subject: `Order ${orderNumber}`,
    text: 'Thank you.',
    html: scriptOf({ '@type': 'Order', orderNumber }),
    envelope: { from: 'shop@example.com', to: [ORDERS] },
  });
  const numbers = Array.from({ length: MAILS }, (_, at) => `order-${at}`);

  for (const version of [5, 4] as const)
    it(`goes through the flow of Node-RED ${version}, and is shown in the admin API`, async () => {
      nodeRed = await start(0, version);
      const mails = transport();
      await mails.sendMail(orderMail('one'));
      await assert.rejects(
        mails.sendMail({
          ...orderMail('two'),
          envelope: { from: 'x@y.example', to: ['someone@elsewhere.example'] },
        }),
        /550/,
      );
      mails.close();
      await receiver.waitFor(1);
      assert.deepEqual(JSON.parse(String(receiver.requests[0]?.body)), {
        '@type': 'Order',
        orderNumber: 'one',
      });
      assert.deepEqual(receiver.webhookIds, ['one']);

      const hooks = (await call(`${nodeRed.url}/survey-hooks/hooks`)).json() as Record<string, unknown>[];
      const { kind, url, received, debug } = hooks[0] ?? {};
      assert.deepEqual(
        { kind, url, received, debug },
        { kind: 'email', url: ORDERS, received: 1, debug: true },
      );
      const shown = (await call(`${nodeRed.url}/survey-hooks/hooks/hook/interactions`)).json() as Record<
        string,
        unknown
      >[];
      assert.equal(shown.length, 1);
      assert.match(JSON.stringify(shown), /Order one/);
      assert.deepEqual(nodeRed.errors, []);
      assert.equal(await nodeRed.stop(), 0);
    });

  it('that was acknowledged is not lost when Node-RED is killed', async () => {
    const first = (nodeRed = await start(30_000));
    const mails = transport();
    await Promise.all(numbers.map((number) => mails.sendMail(orderMail(number))));
    mails.close();
    assert.deepEqual(receiver.webhookIds, []);
    await first.kill9();
    nodeRed = await start(0);
    await until(() => new Set(receiver.webhookIds).size === MAILS, {
      timeoutMs: 20_000,
      what: () => `${MAILS} orders, not ${new Set(receiver.webhookIds).size}`,
    });
    assert.deepEqual(receiver.webhookIds.toSorted(), numbers.toSorted());
  });

  it('is taken, or its sender told to come again, while flows are deployed', async () => {
    const started = (nodeRed = await start(0));
    const mails = transport();
    let refused = 0;
    const send = async (number: string): Promise<void> => {
      for (;;) {
        const answer = await mails.sendMail(orderMail(number)).then(
          () => 'taken',
          (error: unknown) => String(error),
        );
        if (answer === 'taken') return;
        assert.match(answer, /\b4[25][0-9]\b/, answer);
        refused++;
      }
    };
    const sending = (async () => {
      for (const number of numbers) await send(number);
    })();
    for (let round = 0; round < 4; round++) await started.deploy(flows(round), 'full');
    await sending;
    mails.close();
    await until(() => new Set(receiver.webhookIds).size === MAILS, {
      timeoutMs: 20_000,
      what: () => `${MAILS} orders, not ${new Set(receiver.webhookIds).size}; ${refused} were refused`,
    });
    assert.deepEqual(started.errors, []);
  });
});
