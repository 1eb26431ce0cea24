import assert from 'node:assert/strict';
import type { EventEmitter } from 'node:events';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { NodeAPI } from 'node-red';
import hookStore from '../../nodes/hook-store/hook-store.ts';
import surveyWebhookOut from '../../nodes/survey-webhook-out/survey-webhook-out.ts';
import { engineHost } from '../../nodes/shared/runtime/engine/engine-host.ts';
import webhookEndpoint from '../../nodes/webhook-endpoint/webhook-endpoint.ts';
import type { OutcomeMessage } from '../../src/delivery/outcome-message.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { inTurn, Receiver } from '../support/receiver.ts';
import { until } from '../support/until.ts';

const NODES = [hookStore, webhookEndpoint, surveyWebhookOut];

interface AcceptedMessage {
  payload: unknown;
  webhookId: string;
  delivery: { id: string; webhookId: string; endpoint: string };
  deliveries: { id: string; webhookId: string; endpoint: string }[];
}

describe('survey-webhook-out', () => {
  let runtime: FlowRuntime;
  let receiver: Receiver;

  before(async () => (runtime = await FlowRuntime.start()));
  after(() => runtime.stop());
  beforeEach(async () => (receiver = await Receiver.start()));
  afterEach(async () => {
    await runtime.unload();
    await receiver.stop();
  });

  const endpoint = (id: string, more: object = {}) => ({
    id,
    type: 'webhook-endpoint',
    name: `${id} endpoint`,
    url: `${receiver.url}/${id}`,
    retry: 'none',
    ...more,
  });
  const out = (endpoints: string[], more: object = {}) => ({
    id: 'out',
    type: 'survey-webhook-out',
    endpoints,
    wires: [['accepted'], ['succeeded'], ['failed']],
    ...more,
  });
  const sinks = ['accepted', 'succeeded', 'failed', 'caught'].map((id) => ({ id, type: 'helper' }));
  const catcher = { id: 'catcher', type: 'catch', scope: null, wires: [['caught']], z: 'flow' };

  async function run(nodes: { id: string; type: string; [property: string]: unknown }[], credentials = {}) {
    await runtime.load(NODES, [...nodes, ...sinks], credentials);
    return {
      accepted: runtime.messagesAt<AcceptedMessage>('accepted'),
      succeeded: runtime.messagesAt<OutcomeMessage>('succeeded'),
      failed: runtime.messagesAt<OutcomeMessage>('failed'),
    };
  }
  const arrival = (messages: unknown[], what: string) =>
    until(() => messages.length > 0, { what: () => `a message at ${what}` });

  it('accepts a message durably, delivers it, and tells that it succeeded', async () => {
    receiver.answer(inTurn({ status: 201, body: '{"ticket":7}' }));
    const { accepted, succeeded } = await run([endpoint('a'), out(['a'])]);
    runtime.node('out').receive({ payload: { score: 9 } });
    await arrival(succeeded, 'succeeded');

    const message = accepted[0]!;
    assert.deepEqual(message.payload, { score: 9 });
    assert.deepEqual(message.deliveries, [message.delivery]);
    const request = receiver.requests[0]!;
    assert.equal(request.body.toString(), '{"score":9}');
    assert.equal(request.headers['content-type'], 'application/json');
    assert.equal(request.webhookId, message.webhookId);
    const told = succeeded[0]!;
    assert.deepEqual(told.payload, { ticket: 7 });
    assert.deepEqual(told.event, { score: 9 });
    assert.equal(told.delivery.id, message.delivery.id);
    assert.equal(told.delivery.statusCode, 201);
    assert.equal(told.delivery.status, 'Succeeded');
    assert.equal(told.delivery.attempts, 1);
  });

  it('sends one message to each of its endpoints, with one webhook id', async () => {
    const { accepted, succeeded } = await run([endpoint('a'), endpoint('b'), out(['a', 'b'])]);
    runtime.node('out').receive({ payload: 'text', webhookId: 'a65768befa38a' });
    await until(() => succeeded.length === 2, { what: () => 'two outcomes' });
    assert.deepEqual(
      accepted[0]?.deliveries.map((delivery) => delivery.endpoint),
      ['a', 'b'],
    );
    assert.deepEqual(receiver.requests.map(({ path }) => path).sort(), ['/a', '/b']);
    assert.ok(receiver.requests.every(({ webhookId }) => webhookId === 'a65768befa38a'));
  });

  it('sends the headers of msg.target to each endpoint with the id of its own delivery', async () => {
    receiver.answer(inTurn({ status: 201 }));
    const { accepted } = await run([endpoint('a'), endpoint('b'), out(['a', 'b'])]);
    const headers = { 'Idempotency-Key': '{{delivery.id}}' };
    runtime.node('out').receive({ payload: 1, target: { method: 'POST', path: '/elsewhere', headers } });
    await receiver.waitFor(2);
    await arrival(accepted, 'accepted');
    const sent = receiver.requests.map((request) => [request.path, request.headers['idempotency-key']]);
    assert.deepEqual(
      sent.sort(),
      accepted[0]?.deliveries.map((delivery) => [`/${delivery.endpoint}`, delivery.id]),
    );
  });

  it('warns once of an endpoint whose method is not the payload’s', async () => {
    await run([endpoint('a'), endpoint('b', { method: 'PUT' }), out(['a', 'b'])]);
    const warnings: unknown[] = [];
    const emitter = runtime.node('out') as unknown as EventEmitter;
    emitter.on('call:warn', ({ args }: { args: unknown[] }) => warnings.push(args[0]));
    for (const payload of [1, 2])
      runtime.node('out').receive({ payload, target: { method: 'PUT', path: '/api/v2/tickets/1.json' } });
    runtime.node('out').receive({ payload: 3, target: { method: '<b>' } });
    runtime.node('out').receive({ payload: 4, target: 'https://example.com' });
    await receiver.waitFor(8);
    assert.deepEqual(warnings, ['survey-webhook-out.warnings.method']);
  });

  it('finds the endpoints that stand in its subflow, one of each for every instance', async () => {
    const wires = { wires: [['accepted'], [], []] };
    const outputs = [{ wires: [{ id: 'inner', port: 0 }] }];
    const { accepted } = await run([
      { id: 'sub', type: 'subflow', in: [{ wires: [{ id: 'inner' }] }], out: outputs },
      { ...endpoint('a'), z: 'sub' },
      { ...endpoint('b'), z: 'sub' },
      endpoint('c'),
      { ...out(['a', 'b', 'c'], { id: 'inner', wires: [[], [], []] }), z: 'sub', x: 1, y: 1 },
      { id: 'flow', type: 'tab' },
      { id: 'one', type: 'subflow:sub', z: 'flow', x: 1, y: 1, ...wires },
      { id: 'two', type: 'subflow:sub', z: 'flow', x: 1, y: 1, ...wires },
      { id: 'source', type: 'helper', z: 'flow', x: 1, y: 1, wires: [['one', 'two']] },
    ]);
    runtime.node('source').send({ payload: 1 });
    await receiver.waitFor(6);
    assert.deepEqual(receiver.requests.map(({ path }) => path).sort(), ['/a', '/a', '/b', '/b', '/c', '/c']);
    await until(() => accepted.length === 2, { what: () => 'two messages accepted' });
    assert.deepEqual(
      accepted.map(({ deliveries }) => deliveries.map((delivery) => delivery.endpoint)).sort(),
      [
        ['one-a', 'one-b', 'c'],
        ['two-a', 'two-b', 'c'],
      ],
    );
  });

  it('makes an id where the property for it has nothing to stand in', async () => {
    const { accepted } = await run([endpoint('a'), out(['a'], { webhookIdProperty: 'meta.id' })]);
    runtime.node('out').receive({ payload: 1 });
    await arrival(accepted, 'accepted');
    const { meta } = accepted[0] as AcceptedMessage & { meta?: { id: string } };
    assert.equal(meta?.id, accepted[0]?.delivery.webhookId);
  });

  it('tells a failure with the status code and the reason', async () => {
    receiver.answer(inTurn({ status: 500, body: 'no' }));
    const { failed } = await run([endpoint('a'), out(['a'])]);
    runtime.node('out').receive({ payload: {} });
    await arrival(failed, 'failed');
    assert.equal(failed[0]!.delivery.statusCode, 500);
    assert.equal(failed[0]!.delivery.status, 'Failed');
    assert.match(failed[0]!.delivery.error, /answered 500/);
    assert.equal(failed[0]!.payload, 'no');
  });

  it('gives an endpoint that is gone or invalid a failed delivery with that reason', async () => {
    const { accepted, failed } = await run([endpoint('bad', { url: 'nonsense' }), out(['gone', 'bad'])]);
    runtime.node('out').receive({ payload: {} });
    await until(() => failed.length === 2, { what: () => 'two failures' });
    assert.equal(accepted[0]?.deliveries.length, 2);
    assert.match(
      failed.find(({ delivery }) => delivery.endpoint === 'gone')?.delivery.error ?? '',
      /not in the flows/,
    );
    assert.match(
      failed.find(({ delivery }) => delivery.endpoint === 'bad')?.delivery.error ?? '',
      /url: It is not a URL/,
    );
  });

  it('sends Basic credentials, and to the secret URL where there is one', async () => {
    const { succeeded } = await run([endpoint('a', { auth: 'basic', url: receiver.url }), out(['a'])], {
      a: { username: 'jürgen', password: 'a:b', secretUrl: `${receiver.url}/services/T/B/x` },
    });
    runtime.node('out').receive({ payload: {} });
    await arrival(succeeded, 'succeeded');
    assert.equal(receiver.requests[0]?.path, '/services/T/B/x');
    const authorization = receiver.requests[0].headers.authorization ?? '';
    assert.equal(Buffer.from(authorization.slice('Basic '.length), 'base64').toString(), 'jürgen:a:b');
  });

  it('wraps the payload as a ServiceNow catalog item takes it', async () => {
    const { succeeded } = await run([endpoint('a'), out(['a'], { wrap: 'servicenow' })]);
    runtime.node('out').receive({ payload: { Comments: 'a "quoted"\nline' } });
    await arrival(succeeded, 'succeeded');
    assert.equal(
      receiver.requests[0]?.body.toString(),
      '{"sysparm_quantity":"1","variables":{"Comments":"a \\"quoted\\"\\nline"}}',
    );
  });

  it('tells after a restart what ended before its node was there', async () => {
    await run([endpoint('a'), out(['a'], { id: 'other', wires: [['accepted'], [], []] })]);
    receiver.hold();
    runtime.node('other').receive({ payload: 1 });
    await receiver.waitFor(1);
    await runtime.unload();
    receiver.release();

    const { succeeded } = await run([
      endpoint('a'),
      out(['a'], { id: 'other', wires: [['accepted'], ['succeeded'], ['failed']] }),
    ]);
    await arrival(succeeded, 'succeeded');
    assert.equal(succeeded[0]!.event, 1);
    assert.equal(succeeded[0]!.delivery.redelivered, true);
    assert.equal(succeeded[0]!.delivery.attempts, 2);
    // The engine gives what is under way four seconds when it stops.
  }).timeout(20_000);

  it('gives a redelivered message what its first copy was given, and sends nothing twice', async () => {
    let beginRedelivery = (id: string): Promise<void> => Promise.reject(new Error(`No engine for ${id}.`));
    const reach = (RED: NodeAPI): void => {
      const host = engineHost(RED);
      beginRedelivery = async (id) => (await host.get()).engine.beginRedelivery(id);
    };
    const nodes = [endpoint('a'), out(['a'], { webhookIdProperty: 'ids.webhook' }), ...sinks];
    await runtime.load([...NODES, reach], nodes);
    const accepted = runtime.messagesAt<AcceptedMessage & { ids: unknown }>('accepted');
    const send = async (redelivered: unknown, requestId: unknown = 'r1') => {
      const count = accepted.length;
      const message = { payload: 1, hook: { requestId, redelivered } };
      runtime.node('out').receive(message);
      await until(() => accepted.length > count, { what: () => 'a message at accepted' });
      return accepted[count]!;
    };

    const first = await send(false);
    await beginRedelivery('r1');
    const again = await send(true);
    assert.deepEqual(again.delivery, first.delivery);
    assert.deepEqual(again.deliveries, first.deliveries);
    assert.deepEqual(again.ids, { webhook: first.delivery.webhookId });
    const others = [await send(true), await send('true'), await send(true, 7), await send(true, 'r2')];
    await receiver.waitFor(1 + others.length);
    const ids = [first, ...others].map(({ delivery }) => delivery.webhookId);
    assert.deepEqual(receiver.requests.map(({ webhookId }) => webhookId).sort(), ids.sort());
  });

  for (const [name, message] of [
    ['has no payload', {}],
    ['has an id that no header can hold', { payload: 1, webhookId: 'a\nb' }],
    ['has a header that none may set', { payload: 1, target: { headers: { Authorization: 'Bearer x' } } }],
    ['has a payload without a JSON form', { payload: circular() }],
  ] as const)
    it(`refuses a message that ${name}, and a Catch node hears of it`, async () => {
      const flow = [
        { id: 'flow', type: 'tab' },
        endpoint('a'),
        { ...out(['a']), z: 'flow' },
        catcher,
        ...sinks.map((sink) => ({ ...sink, z: 'flow' })),
      ];
      await runtime.load(NODES, flow);
      const caught = runtime.messagesAt('caught');
      const accepted = runtime.messagesAt('accepted');
      runtime.node('out').receive({ ...message });
      await arrival(caught, 'the Catch node');
      assert.equal(accepted.length, 0);
      assert.equal(receiver.requests.length, 0);
    });
});

function circular(): object {
  const one: Record<string, unknown> = {};
  one['self'] = one;
  return one;
}
