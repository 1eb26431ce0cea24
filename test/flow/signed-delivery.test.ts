import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import hookStore from '../../nodes/hook-store/hook-store.ts';
import signingSecret from '../../nodes/signing-secret/signing-secret.ts';
import surveyWebhookOut from '../../nodes/survey-webhook-out/survey-webhook-out.ts';
import webhookEndpoint from '../../nodes/webhook-endpoint/webhook-endpoint.ts';
import type { OutcomeMessage } from '../../src/delivery/outcome-message.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { inTurn, Receiver, type ReceivedRequest } from '../support/receiver.ts';
import { OTHER_WHSEC, WHSEC } from '../support/signing-secrets.ts';
import { until } from '../support/until.ts';

const NODES = [hookStore, webhookEndpoint, surveyWebhookOut, signingSecret];

describe('A signed delivery', () => {
  let runtime: FlowRuntime;
  let receiver: Receiver;

  before(async () => (runtime = await FlowRuntime.start()));
  after(() => runtime.stop());
  beforeEach(async () => (receiver = await Receiver.start()));
  afterEach(async () => {
    await runtime.unload();
    await receiver.stop();
  });

  const secret = { id: 'secret', type: 'signing-secret', name: '', scheme: 'standard-webhooks' };
  const endpoint = (changes: object = {}) => ({
    id: 'a',
    type: 'webhook-endpoint',
    name: 'Signed',
    url: receiver.url,
    retry: 'none',
    signing: 'secret',
    ...changes,
  });
  const out = { id: 'out', type: 'survey-webhook-out', endpoints: ['a'], wires: [[], [], ['failed']] };
  const sink = { id: 'failed', type: 'helper' };
  const credentials = { secret: { secret: WHSEC } };

  function isSignedWith({ headers, body }: ReceivedRequest, key: string): boolean {
    const hmac = createHmac('sha256', Buffer.from(key.slice('whsec_'.length), 'base64'));
    hmac.update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.`).update(body);
    return String(headers['webhook-signature'])
      .split(' ')
      .includes(`v1,${hmac.digest('base64')}`);
  }
  const lastStatus = () =>
    (runtime.callsOf('out', 'status').at(-1)?.[0] as { text: string } | undefined)?.text;
  const READY = 'survey-webhook-out.status.ready';
  const UNUSABLE = 'survey-webhook-out.status.endpoint-unusable';
  const shows = (text: string) =>
    until(() => lastStatus() === text, { what: () => `${text}; it is ${lastStatus()}` });
  const errors = () => runtime.callsOf('a', 'error').map(String);

  it('is signed with the node that the endpoint names, in whatever order they are made', async () => {
    for (const flow of [
      [secret, endpoint(), out, sink],
      [out, endpoint(), secret, sink],
    ]) {
      await runtime.load(NODES, flow, credentials);
      await shows(READY);
      runtime.node('out').receive({ payload: { score: 9 } });
      const [request] = await receiver.waitFor(1);
      assert.ok(request && isSignedWith(request, WHSEC));
      assert.deepEqual(errors(), []);
      receiver.requests.length = 0;
    }
  });

  it('is not sent where the secret has no credentials, as after an import: it fails and says why', async () => {
    await runtime.load(NODES, [secret, endpoint(), out, sink]);
    const failed = runtime.messagesAt<OutcomeMessage>('failed');
    await shows(UNUSABLE);
    runtime.node('out').receive({ payload: 1 });
    await until(() => failed.length === 1, { what: () => 'a failure' });
    assert.match(failed[0]!.delivery.error, /signing: The signing secret is not in the flows, or/);
    assert.equal(receiver.requests.length, 0);
    assert.equal(errors().length, 1);
    assert.match(errors()[0]!, /signing: The signing secret/);
  });

  it('goes on over a deploy that only changes the secret, with the new one and the old one beside it', async () => {
    await runtime.load(NODES, [secret, endpoint(), out, sink], credentials);
    const rotated = { ...secret, credentials: { secret: OTHER_WHSEC, previousSecret: WHSEC } };
    await runtime.deploy([rotated, endpoint(), out, sink], 'nodes');
    runtime.node('out').receive({ payload: 1 });
    const [request] = await receiver.waitFor(1);
    assert.ok(request && isSignedWith(request, WHSEC) && isSignedWith(request, OTHER_WHSEC));
  });

  it('waits while its secret is deleted, also over deploys, and says so once', async () => {
    receiver.answer(inTurn({ status: 500 }, {}));
    const retried = { ...endpoint(), retry: 'custom', retryDelays: '1s' };
    await runtime.load(NODES, [secret, retried, out, sink], credentials);
    runtime.node('out').receive({ payload: 1 });
    await receiver.waitFor(1);
    const other = { ...sink, id: 'other' };
    await runtime.deploy([retried, out, sink], 'nodes');
    await shows(UNUSABLE);
    await runtime.deploy([retried, out, sink, other], 'nodes');
    const told = errors().length;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(receiver.requests.length, 1);
    await runtime.deploy([{ ...secret, credentials: { secret: WHSEC } }, retried, out, sink], 'nodes');
    const requests = await receiver.waitFor(2);
    assert.ok(isSignedWith(requests[1]!, WHSEC));
    assert.equal(requests[0]!.webhookId, requests[1]!.webhookId);
    await shows(READY);
    assert.equal(told, 1);
  });

  for (const signing of ['${SIGNING}', '${NOBODY_SETS_THIS}'])
    it(`sends nothing where its secret is named by ${signing}, which is empty`, async () => {
      const inSubflow = { z: 'sub', x: 1, y: 1 };
      await runtime.load(NODES, [
        {
          id: 'sub',
          type: 'subflow',
          in: [{ wires: [{ id: 'inner' }] }],
          out: [{ wires: [{ id: 'inner', port: 2 }] }],
          env: [{ name: 'SIGNING', type: 'str', value: '' }],
        },
        { ...endpoint({ signing }), z: 'sub' },
        { ...out, ...inSubflow, id: 'inner', wires: [[], [], []] },
        { id: 'flow', type: 'tab' },
        { id: 'one', type: 'subflow:sub', z: 'flow', x: 1, y: 1, wires: [['failed']] },
        { id: 'source', type: 'helper', z: 'flow', x: 1, y: 1, wires: [['one']] },
        { id: 'failed', type: 'helper', z: 'flow', x: 1, y: 1, wires: [] },
      ]);
      const failed = runtime.messagesAt('failed');
      runtime.node('source').send({ payload: 1 });
      await until(() => failed.length === 1, { what: () => 'a failure' });
      assert.equal(receiver.requests.length, 0);
    });

  it('finds the secret that stands in its subflow', async () => {
    const inSubflow = { z: 'sub', x: 1, y: 1 };
    await runtime.load(
      NODES,
      [
        { id: 'sub', type: 'subflow', in: [{ wires: [{ id: 'inner' }] }], out: [] },
        { ...secret, z: 'sub' },
        { ...endpoint(), z: 'sub' },
        { ...out, ...inSubflow, id: 'inner', wires: [[], [], []] },
        { id: 'flow', type: 'tab' },
        { id: 'one', type: 'subflow:sub', z: 'flow', x: 1, y: 1, wires: [] },
        { id: 'source', type: 'helper', z: 'flow', x: 1, y: 1, wires: [['one']] },
      ],
      credentials,
    );
    runtime.node('source').send({ payload: 1 });
    const [request] = await receiver.waitFor(1);
    assert.ok(request && isSignedWith(request, WHSEC));
  });
});
