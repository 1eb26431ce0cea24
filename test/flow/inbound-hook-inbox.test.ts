import assert from 'node:assert/strict';
import { access } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import hookStore from '../../nodes/hook-store/hook-store.ts';
import inboundHookIn from '../../nodes/inbound-hook-in/inbound-hook-in.ts';
import { engineHost } from '../../nodes/shared/runtime/engine/engine-host.ts';
import surveyWebhookOut from '../../nodes/survey-webhook-out/survey-webhook-out.ts';
import webhookEndpoint from '../../nodes/webhook-endpoint/webhook-endpoint.ts';
import { httpNodes } from '../support/core-nodes.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { call } from '../support/http.ts';
import { Receiver } from '../support/receiver.ts';
import { until } from '../support/until.ts';

type Flow = Parameters<FlowRuntime['load']>[1];

interface Received {
  readonly payload: unknown;
  readonly rawBody: Buffer;
  readonly req: Record<string, unknown>;
  readonly hook: { readonly requestId: string; readonly redelivered: boolean };
}

describe('The node inbound-hook-in and the store', () => {
  let runtime: FlowRuntime;
  let RED: NodeAPI;
  /** What reached the node `gather`, however often it was made anew. */
  let gathered: Received[];
  const statuses = new Map<string, { fill?: string; text?: string }>();
  let storeCount = 0;

  before(async () => {
    runtime = await FlowRuntime.start();
  });
  after(async () => {
    // The process goes on with the store that was named last, until its node is taken out.
    await runtime.load(NODES, flowOf());
    await runtime.deploy([{ id: 'sink', type: 'gather', wires: [] }], 'full');
    await runtime.stop();
  });
  beforeEach(() => {
    gathered = [];
    storeCount += 1;
  });
  afterEach(async () => runtime.unload());

  const gather = (real: NodeAPI): void => {
    RED = real;
    statuses.clear();
    real.events.removeAllListeners('node-status');
    real.events.on('node-status', ({ id, status }: { id: string; status: object }) =>
      statuses.set(id, status),
    );
    real.nodes.registerType('gather', function (this: Node, config: NodeDef) {
      real.nodes.createNode(this, config);
      this.on('input', (message) => void gathered.push(message as unknown as Received));
    });
  };
  const NODES = [hookStore, webhookEndpoint, surveyWebhookOut, inboundHookIn, httpNodes, gather];

  const hook = (changes: Record<string, unknown> = {}) => ({
    id: 'hook',
    type: 'inbound-hook-in',
    name: 'Hook',
    path: '/hooks/a',
    auth: 'none',
    wires: [['sink']],
    ...changes,
  });
  /** The flow with a store of its own for each test, and a node that changes with the name. */
  const flowOf = (...nodes: Flow[number][]): Flow => [
    { id: 'store', type: 'hook-store', file: `inbox-${storeCount}.db` },
    { id: 'sink', type: 'gather', wires: [] },
    ...nodes,
  ];
  const load = (...nodes: Flow[number][]): Promise<void> => runtime.load(NODES, flowOf(...nodes));

  const send = (to: string, request: Parameters<typeof call>[1] = {}) =>
    call(`http://127.0.0.1:${(RED.server as unknown as { address(): AddressInfo }).address().port}${to}`, {
      method: 'POST',
      ...request,
    });
  const idOf = (response: { json(): unknown }): unknown => (response.json() as { id: unknown }).id;

  const untilGathered = (count: number): Promise<void> =>
    until(() => gathered.length >= count, { what: () => `${count} messages, not ${gathered.length}` });

  async function assertStatus(fill: string, text: string): Promise<void> {
    await until(() => statuses.get('hook')?.text === `inbound-hook-in.status.${text}`, {
      what: () => `the status ${text}, not ${JSON.stringify(statuses.get('hook'))}`,
    });
    assert.equal(statuses.get('hook')?.fill, fill);
  }

  /** Lets whoever asks for the store wait, as where it takes long to open. */
  function openLate() {
    const host = engineHost(RED);
    let resolve = (): void => undefined;
    const opened = new Promise<void>((done) => (resolve = done));
    const late = {
      askedCount: 0,
      open(): void {
        Reflect.deleteProperty(host, 'get');
        resolve();
      },
    };
    host.get = async () => {
      late.askedCount += 1;
      await opened;
      return host.get();
    };
    return late;
  }

  for (const changes of [{}, { durable: false, dedupe: 'payload:id' }])
    it(`refuses what waits for the store while the flows are deployed: ${JSON.stringify(changes)}`, async () => {
      await load(hook(changes));
      const late = openLate();
      const waiting = send('/hooks/a', { body: { id: '1' } });
      await until(() => late.askedCount > 0, { what: () => 'the hook to ask for the store' });
      await runtime.deploy(flowOf(hook({ ...changes, name: 'Changed' })), 'full');
      late.open();
      const answer = await waiting;
      assert.equal(answer.status, 503, answer.text);
      assert.ok(answer.headers.get('retry-after'));
      assert.equal((await send('/hooks/a', { body: { id: '1' } })).status, 200);
      await untilGathered(1);
      assert.equal(gathered.length, 1);
    });

  for (const type of ['full', 'nodes'] as const)
    it(`sends what is young into the flow again after a deploy of the kind ${type}`, async () => {
      await load(hook());
      const answer = await send('/hooks/a?q[x]=1', {
        body: { a: 1 },
        headers: { cookie: 'c=%20', 'x-own': '1' },
      });
      assert.equal(answer.status, 200);
      await untilGathered(1);
      await runtime.deploy(flowOf(hook({ name: 'Changed' })), type);
      await untilGathered(2);
      const [first, again] = gathered;
      assert.ok(first && again);
      assert.deepEqual([first.payload, first.rawBody], [again.payload, again.rawBody]);
      assert.deepEqual(again.hook, { ...first.hook, name: 'Changed', redelivered: true });
      assert.equal(again.hook.requestId, idOf(answer));
      for (const name of [
        'method',
        'url',
        'originalUrl',
        'path',
        'headers',
        'query',
        'params',
        'cookies',
        'ip',
        'body',
      ])
        assert.deepEqual(again.req[name], first.req[name], name);
      assert.equal(Object.getPrototypeOf(again.req), Object.prototype);
      assert.equal('res' in again, false);
    });

  it('goes on with it after a restart, also without the settings that had it kept', async () => {
    await load(hook());
    await send('/hooks/a', { body: { a: 1 } });
    await untilGathered(1);
    await load(hook({ durable: false, dedupe: 'payload:id' }));
    await untilGathered(2);
    assert.deepEqual(
      gathered.map(({ hook: { redelivered } }) => redelivered),
      [false, true],
    );
  });

  it('lets the events of a hook wait that is off, or not there, until it is back', async () => {
    await load(hook(), hook({ id: 'other', path: '/hooks/b' }));
    await send('/hooks/a', { body: { a: 1 } });
    await untilGathered(1);
    await runtime.deploy(flowOf(hook({ active: false }), hook({ id: 'other', path: '/hooks/b' })), 'full');
    await runtime.deploy(flowOf(hook({ id: 'other', path: '/hooks/b' })), 'full');
    await send('/hooks/b', { body: { b: 1 } });
    await untilGathered(2);
    await runtime.deploy(flowOf(hook(), hook({ id: 'other', path: '/hooks/b' })), 'full');
    await untilGathered(4);
    assert.deepEqual(
      gathered.map(({ payload }) => payload),
      [{ a: 1 }, { b: 1 }, { a: 1 }, { b: 1 }],
    );
  });

  it('sends nothing again that it had not to keep, and opens no store for it', async () => {
    await runtime.load(
      NODES,
      flowOf(hook({ durable: false })).filter(({ type }) => type !== 'hook-store'),
    );
    await send('/hooks/a', { body: { a: 1 } });
    await untilGathered(1);
    await runtime.deploy([{ id: 'sink', type: 'gather', wires: [] }, hook({ durable: false })], 'full');
    await send('/hooks/a', { body: { a: 2 } });
    await untilGathered(2);
    assert.deepEqual(gathered[1]?.payload, { a: 2 });
    await assert.rejects(access(path.join(runtime.userDir, 'survey-hooks.db')), { code: 'ENOENT' });
  });

  it('delivers nothing twice that the flow had handed to an endpoint', async () => {
    const receiver = await Receiver.start();
    const nodes = [
      { id: 'end', type: 'webhook-endpoint', name: 'End', url: receiver.url, retry: 'none' },
      { id: 'out', type: 'survey-webhook-out', endpoints: ['end'], wires: [['sink'], [], []] },
      hook({ wires: [['out']] }),
    ];
    try {
      await load(...nodes);
      for (const id of [1, 2, 3]) await send('/hooks/a', { body: { id } });
      await untilGathered(3);
      await runtime.deploy(flowOf(...nodes), 'full');
      await untilGathered(6);
      await until(() => receiver.requests.length === 3, { what: () => 'three deliveries' });
      await send('/hooks/a', { body: { id: 4 } });
      await until(() => receiver.requests.length === 4, { what: () => 'the fourth delivery' });
      assert.deepEqual(
        receiver.requests.map(({ body }) => body.toString()).sort(),
        [1, 2, 3, 4].map((id) => `{"id":${id}}`),
      );
    } finally {
      await receiver.stop();
    }
  });

  it('knows a duplicate again after a restart, and starts no flow for it', async () => {
    const nodes = [hook({ dedupe: 'payload:event_id', dedupeWindow: '1h', durable: false })];
    await load(...nodes);
    const first = await send('/hooks/a', { body: { event_id: 'e1' } });
    await load(...nodes);
    const second = await send('/hooks/a', { body: { event_id: 'e1' } });
    assert.deepEqual([second.status, second.text], [first.status, first.text]);
    await send('/hooks/a', { body: { event_id: 'e2' } });
    await untilGathered(2);
    assert.deepEqual(
      gathered.map(({ payload }) => payload),
      [{ event_id: 'e1' }, { event_id: 'e2' }],
    );
  });

  it('gives duplicates what core http response has answered, and lets them wait for it', async () => {
    await load(hook({ respond: 'flow', dedupe: 'header:x-id', wires: [['sink']] }), {
      id: 'answer',
      type: 'http response',
      statusCode: '201',
      headers: { 'x-own': '1' },
    });
    const headers = { 'x-id': 'a' };
    const answers = [send('/hooks/a', { headers })];
    await untilGathered(1);
    answers.push(send('/hooks/a', { headers }));
    const [message] = gathered;
    runtime.node('answer').receive({ ...message, payload: { made: true } });
    const texts = (await Promise.all(answers)).map(({ status, text }) => `${status} ${text}`);
    assert.deepEqual(texts, ['201 {"made":true}', '201 {"made":true}']);
    assert.equal(gathered.length, 1);
    const third = await send('/hooks/a', { headers });
    assert.match(third.headers.get('content-type') ?? '', /^application\/json/);
    assert.equal(third.text, '{"made":true}');
  });

  it('is red, and not registered, where it cannot be understood how duplicates are known', async () => {
    for (const settings of [
      { dedupe: 'id' },
      { dedupe: 'header:' },
      { dedupe: 'signature' },
      { dedupe: 5 },
      { dedupe: 'header:x', dedupeWindow: 'soon' },
      { dedupe: 'header:x', dedupeWindow: '0s' },
    ]) {
      await load(hook(settings));
      await assertStatus('red', 'setting-invalid');
      assert.equal((await send('/hooks/a')).status, 404);
    }
    await load(hook({ dedupeWindow: 'soon' }));
    await assertStatus('green', 'ready');
  });

  it('refuses with 503 and is red while the store cannot be opened', async () => {
    await runtime.load(NODES, [
      { id: 'store', type: 'hook-store', file: '/dev/null/hooks.db' },
      { id: 'sink', type: 'gather', wires: [] },
      hook(),
    ]);
    await assertStatus('red', 'store-down');
    const answer = await send('/hooks/a', { body: {} });
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '5']);
    assert.equal(gathered.length, 0);
  });
});
