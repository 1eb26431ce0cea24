import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { NodeAPI, NodeMessage } from 'node-red';
import { engineHost } from '../../nodes/shared/runtime/engine/engine-host.ts';
import surveyWebhookOut from '../../nodes/survey-webhook-out/survey-webhook-out.ts';
import webhookEndpoint from '../../nodes/webhook-endpoint/webhook-endpoint.ts';
import webhookLog from '../../nodes/webhook-log/webhook-log.ts';
import type { LogEventMessage } from '../../src/delivery/log-events/event-message.ts';
import type { LogEventDetail } from '../../src/delivery/log-events/log-event.ts';
import type { HookStore } from '../../src/store/hook-store.ts';
import { aDelivery, anEvent } from '../support/deliveries.ts';
import { catchNode, completeNode } from '../support/core-nodes.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { Receiver } from '../support/receiver.ts';
import { until } from '../support/until.ts';

interface Row {
  id: string;
  status: string;
}
interface PageMessage {
  payload: Row[];
  nextCursor: string | null;
  topic?: string;
}
type Caught = NodeMessage & { error: { message: string } };

let openStore = (): Promise<HookStore> => Promise.reject(new Error('No store is open.'));

/** Gives the test the store that the nodes use. */
const reachStore = (RED: NodeAPI): void => {
  openStore = async () => (await engineHost(RED).get()).store;
};
const NODES = [reachStore, webhookLog, webhookEndpoint, surveyWebhookOut, catchNode, completeNode];

const inTab = (id: string, type: string, more: object = {}) => ({ id, type, z: 'tab', wires: [], ...more });
const log = (id: string, more: object = {}) => inTab(id, 'webhook-log', { wires: [['found']], ...more });
const tab = {
  id: 'tab',
  type: 'tab',
  env: [
    { name: 'WANTED', value: 'Failed', type: 'str' },
    { name: 'PAGE', value: '2', type: 'str' },
  ],
};

/** Waits until a node shows a status. */
async function shows(runtime: FlowRuntime, id: string, status: string): Promise<void> {
  const shown = (): string | undefined =>
    (runtime.callsOf(id, 'status').at(-1)?.[0] as { text?: string } | undefined)?.text;
  await until(() => shown() === `webhook-log.status.${status}`, {
    what: () => `${status} at ${id}, where ${String(shown())} is shown`,
  });
}

describe('webhook-log, looking up deliveries', () => {
  let runtime: FlowRuntime;
  let found: PageMessage[];
  let caught: Caught[];
  let completed: NodeMessage[];

  const LOGS = [
    log('all'),
    log('failed', { deliveryStatus: 'Failed', limit: 50 }),
    log('variable', { deliveryStatus: '${WANTED}', limit: '${PAGE}' }),
    log('by-endpoint', { endpoint: 'b' }),
    log('by-text', { search: 'd3' }),
    log('two', { limit: 2 }),
    log('no-status', { deliveryStatus: 'Lost' }),
    log('no-limit', { limit: 0 }),
    log('no-cursor', { cursor: 'elsewhere' }),
    log('no-mode', { mode: 'dance' }),
  ];
  const flow = [
    tab,
    ...LOGS,
    inTab('errors', 'catch', { scope: LOGS.map(({ id }) => id), wires: [['caught']] }),
    inTab('ends', 'complete', { scope: LOGS.map(({ id }) => id), wires: [['completed']] }),
    ...['found', 'caught', 'completed'].map((id) => inTab(id, 'helper')),
  ];

  before(async () => {
    runtime = await FlowRuntime.start();
    await run();
    await fill();
  });
  after(() => runtime.stop());
  beforeEach(() => {
    for (const messages of [found, caught, completed]) messages.length = 0;
  });

  async function run(): Promise<void> {
    await runtime.load(NODES, flow);
    found = runtime.messagesAt('found');
    caught = runtime.messagesAt('caught');
    completed = runtime.messagesAt('completed');
  }

  /** Six deliveries, each a second after the one before: the even ones failed, all but the last for endpoint `a`. */
  async function fill(): Promise<void> {
    const { deliveries } = await openStore();
    for (const n of [1, 2, 3, 4, 5, 6]) {
      const ids = { id: `d${n}`, eventId: `e${n}`, webhookId: `msg_${n}` };
      const createdAt = Date.UTC(2026, 0, 1, 0, 0, n);
      const delivery = aDelivery(
        n % 2 === 0
          ? { kind: 'failed', finishedAt: createdAt, reason: 'permanent', message: 'No such host.' }
          : { kind: 'succeeded', finishedAt: createdAt },
        { ...ids, createdAt, endpointId: n === 6 ? 'b' : 'a', nodeId: 'nobody' },
      );
      const body = Buffer.from(`{"name":"${ids.id}"}`);
      const event = anEvent({ id: ids.eventId, webhookId: ids.webhookId, createdAt, body });
      await deliveries.enqueue({ events: [event], deliveries: [delivery] });
    }
  }

  async function ask(node: string, message: object = {}): Promise<PageMessage | undefined> {
    const doneCount = (): number => caught.length + completed.length;
    const earlier = doneCount();
    runtime.node(node).receive(message as NodeMessage);
    await until(() => doneCount() > earlier, { what: () => 'the message to be done' });
    return found.at(-1);
  }
  const idsFrom = async (node: string, message?: object): Promise<string[] | undefined> =>
    (await ask(node, message))?.payload.map(({ id }) => id);

  it('gives rows as the admin API does, on the message that asked', async () => {
    await shows(runtime, 'by-endpoint', 'ready');
    const message = await ask('by-endpoint', { topic: 'as it was' });
    assert.deepEqual(
      [message?.topic, message?.nextCursor, message?.payload],
      [
        'as it was',
        null,
        [
          {
            id: 'd6',
            webhookId: 'msg_6',
            listeningPost: 'Transactional',
            endpoint: 'b',
            endpointName: 'An endpoint',
            createdAt: '2026-01-01T00:00:06.000Z',
            lastActivityAt: '2026-01-01T00:00:00.000Z',
            lastResponseCode: null,
            lastResponse: '',
            attempts: 0,
            status: 'Failed',
            nextAttemptAt: null,
          },
        ],
      ],
    );
    await shows(runtime, 'by-endpoint', 'number-found');
  });

  it('narrows by its settings, also by variables', async () => {
    assert.deepEqual(await idsFrom('all'), ['d6', 'd5', 'd4', 'd3', 'd2', 'd1']);
    assert.deepEqual(await idsFrom('failed'), ['d6', 'd4', 'd2']);
    assert.deepEqual(await idsFrom('variable'), ['d6', 'd4']);
    assert.deepEqual(await idsFrom('by-text'), ['d3']);
  });

  it('asks for what msg.query says instead, and for the rest as set', async () => {
    assert.deepEqual(await idsFrom('failed', { query: { endpoint: 'a' } }), ['d4', 'd2']);
    assert.deepEqual(await idsFrom('failed', { query: { status: 'Succeeded', limit: 1 } }), ['d5']);
    assert.deepEqual(await idsFrom('failed', { query: { status: null, search: 'msg_5' } }), ['d5']);
    assert.deepEqual(await idsFrom('failed', { query: { status: '', limit: undefined } }), [
      ...['d6', 'd5', 'd4', 'd3', 'd2', 'd1'],
    ]);
    const query = { from: '2026-01-01T00:00:02Z', to: new Date('2026-01-01T00:00:04Z') };
    assert.deepEqual(await idsFrom('all', { query }), ['d3', 'd2']);
    assert.deepEqual(await idsFrom('all', { query: null }), ['d6', 'd5', 'd4', 'd3', 'd2', 'd1']);
  });

  it('is walked page by page with the cursor that it gives', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const message = await ask('two', { query: { cursor } });
      seen.push(...(message?.payload.map(({ id }) => id) ?? []));
      cursor = message?.nextCursor ?? null;
    } while (cursor !== null);
    assert.deepEqual(seen, ['d6', 'd5', 'd4', 'd3', 'd2', 'd1']);
    assert.equal(found.length, 3);
  });

  for (const [node, query, words] of [
    ['all', { status: 'failed' }, /"status" must be one of In Progress, Succeeded, Failed\./],
    ['all', { limit: 1001 }, /"limit" must be a whole number from 1 to 1000\./],
    ['all', { cursor: 'elsewhere' }, /The cursor is not one that the log gave out\./],
    ['all', { from: 'soon' }, /"from" must be a time such as/],
    ['all', 'select *', /msg\.query must be an object/],
    ['all', ['Failed'], /msg\.query must be an object/],
    ['no-status', undefined, /"status" must be one of/],
    ['no-limit', undefined, /"limit" must be a whole number/],
    ['no-cursor', undefined, /The cursor is not one/],
    ['no-mode', undefined, /The mode must be query or events\./],
  ] as const)
    it(`fails towards a Catch node where ${node} is asked ${JSON.stringify(query)}`, async () => {
      await ask(node, { query });
      assert.match(caught[0]?.error.message ?? '', words);
      assert.equal(found.length, 0);
      await shows(runtime, node, 'error');
    });

  it('fails towards a Catch node while the store is down, and shows that', async () => {
    await runtime.unload();
    const file = path.join(runtime.userDir, 'survey-hooks.db');
    await rm(file);
    await mkdir(file);
    await run();
    await ask('all');
    assert.match(caught[0]?.error.message ?? '', /survey-hooks\.db/);
    assert.equal(found.length, 0);
    await shows(runtime, 'all', 'store-down');
  });
});

describe('webhook-log, telling of events', () => {
  let runtime: FlowRuntime;
  let receiver: Receiver;

  // A store of its own for each: what one has left unread is told in the next.
  beforeEach(async () => {
    runtime = await FlowRuntime.start();
    receiver = await Receiver.start();
    receiver.answer(() => ({ status: 500, body: 'no' }));
  });
  afterEach(async () => {
    await runtime.stop();
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
  const out = (id: string, endpoints: string[], failed: string[] = []) =>
    inTab(id, 'survey-webhook-out', { endpoints, wires: [[], [], failed] });
  const events = (id: string, more: object = {}) =>
    log(id, { mode: 'events', wires: [[`${id}-sink`]], ...more });
  const sink = (id: string) => inTab(`${id}-sink`, 'helper');
  const told = (id: string): LogEventMessage[] => runtime.messagesAt<LogEventMessage>(`${id}-sink`);
  const arrive = (messages: unknown[], count = 1): Promise<void> =>
    until(() => messages.length >= count, { what: () => `${count} events, not ${messages.length}` });
  const happen = async (...details: LogEventDetail[]): Promise<void> => {
    const { endpointStates } = await openStore();
    await endpointStates.putState({
      endpointId: 'a',
      state: undefined,
      events: details.map((detail) => ({ endpointId: 'a', endpointName: 'Slack', at: 1000, detail })),
    });
  };
  const isListening = (id: string): Promise<void> => shows(runtime, id, 'listening');
  /** Waits until the node has told of an event that is written now, so that it has told of all before. */
  async function catchUp(messages: readonly LogEventMessage[]): Promise<void> {
    const count = (): number => messages.filter(({ topic }) => topic === 'circuit').length;
    const earlier = count();
    await happen({ kind: 'circuit', state: 'closed' });
    await until(() => count() > earlier, { what: () => 'the last event' });
  }

  it('sends a message when a delivery has failed, with no secret in it', async () => {
    const secretUrl = `${receiver.url}/services/T0/B0/s3cret`;
    await runtime.load(
      NODES,
      [tab, endpoint('a', { url: receiver.url, auth: 'bearer' }), out('out', ['a']), events('n'), sink('n')],
      { a: { secretUrl, token: 't0ken' } },
    );
    const messages = told('n');
    await isListening('n');
    runtime.node('out').receive({ payload: { comment: 'personal' } });
    await arrive(messages);
    const { topic, payload, logEvent } = messages[0]!;
    assert.ok(payload.event === 'failed');
    assert.deepEqual([topic, logEvent.event, typeof logEvent.id], ['failed', 'failed', 'number']);
    assert.deepEqual([payload.endpoint, payload.endpointName], ['a', 'a endpoint']);
    const { webhookId, listeningPost, attempts, statusCode, error } = payload.delivery;
    assert.equal(webhookId, receiver.requests[0]?.webhookId);
    assert.deepEqual([listeningPost, attempts, statusCode], ['Transactional', 1, 500]);
    assert.match(error, /answered 500/);
    assert.doesNotMatch(JSON.stringify(messages), /s3cret|t0ken|personal|services/);
    await shows(runtime, 'n', 'failed');
  });

  it('tells of endpoints and circuits, and shows the last event', async () => {
    await runtime.load(NODES, [tab, events('n'), sink('n')]);
    const messages = told('n');
    await isListening('n');
    await openStore();
    const details: [LogEventDetail, string][] = [
      [{ kind: 'endpoint-disabled', isDisabled: true, reason: 'gone' }, 'disabled'],
      [{ kind: 'endpoint-disabled', isDisabled: false, reason: 'by-hand' }, 'enabled'],
      [{ kind: 'circuit', state: 'open', message: 'It answered 503.', probeAt: 31_000 }, 'circuit-open'],
      [{ kind: 'circuit', state: 'closed' }, 'circuit-closed'],
    ];
    for (const [index, [detail, status]] of details.entries()) {
      await happen(detail);
      await arrive(messages, index + 1);
      await shows(runtime, 'n', status);
    }
    assert.deepEqual(
      messages.map(({ topic }) => topic),
      ['endpoint-disabled', 'endpoint-disabled', 'circuit', 'circuit'],
    );
  });

  it('tells two nodes each of its own events, and one that has none chosen of nothing', async () => {
    await runtime.load(NODES, [
      tab,
      events('n', { events: ['failed'] }),
      events('m', { events: ['circuit', 'endpoint-disabled'] }),
      events('none', { events: [] }),
      endpoint('a'),
      out('out', ['a']),
      ...['n', 'm', 'none'].map(sink),
    ]);
    const [n, m, none] = [told('n'), told('m'), told('none')];
    await isListening('m');
    await shows(runtime, 'none', 'no-events');
    runtime.node('out').receive({ payload: 1 });
    await arrive(n);
    await catchUp(m);
    const topics = (messages: LogEventMessage[]): string[] => messages.map(({ topic }) => topic);
    assert.deepEqual([topics(n), topics(m), topics(none)], [['failed'], ['circuit'], []]);
  });

  it('comes to rest where the alert fails too, and what is sent of that failure as well', async () => {
    await runtime.load(NODES, [
      tab,
      ...['a', 'alerts', 'others'].map((id) => endpoint(id)),
      out('out', ['a']),
      events('n', { wires: [['n-sink', 'alert']] }),
      out('alert', ['alerts'], ['alert-again', 'failed-sink']),
      out('alert-again', ['others'], ['again-sink']),
      ...['n', 'failed', 'again'].map(sink),
    ]);
    const [messages, failed, again] = [told('n'), told('failed'), told('again')];
    await isListening('n');
    for (const payload of [1, 2, 3]) runtime.node('out').receive({ payload });
    await arrive(again, 3);
    await catchUp(messages);
    await arrive(again, 4);
    assert.deepEqual([messages.length, failed.length, again.length], [4, 4, 4]);
    assert.deepEqual(receiver.requests.map(({ path: where }) => where).sort(), [
      ...['/a', '/a', '/a'],
      ...['/alerts', '/alerts', '/alerts', '/alerts'],
      ...['/others', '/others', '/others', '/others'],
    ]);
    for (const message of [...failed, ...again]) assert.equal(message.logEvent, true);
    await catchUp(messages);
    assert.deepEqual(
      messages.map(({ topic }) => topic),
      ['failed', 'failed', 'failed', 'circuit', 'circuit'],
    );
  });

  it('tells of an endpoint that answers 410 and of one that is down, but not where an alert finds that out', async () => {
    const settings = { retryOn: 'transient', circuit: true, retry: 'custom', retryDelays: '1s' };
    await runtime.load(NODES, [
      tab,
      endpoint('gone', settings),
      endpoint('down', settings),
      endpoint('gone-too', settings),
      out('to-gone', ['gone']),
      out('to-down', ['down']),
      out('alert', ['gone-too']),
      events('n', { events: ['endpoint-disabled', 'circuit'], wires: [['n-sink', 'alert']] }),
      sink('n'),
    ]);
    const messages = told('n');
    await isListening('n');
    receiver.answer((request) => ({ status: request.path === '/down' ? 503 : 410 }));
    runtime.node('to-gone').receive({ payload: 1 });
    await arrive(messages);
    for (let payload = 1; payload <= 5; payload++) runtime.node('to-down').receive({ payload });
    await arrive(messages, 2);
    await until(() => receiver.requests.some((request) => request.path === '/gone-too'), {
      what: () => 'the alert to be sent',
    });
    await catchUp(messages);
    const said = messages.map(({ payload }) => [
      payload.endpoint,
      payload.event === 'circuit' ? payload.state : payload.event === 'endpoint-disabled' && payload.reason,
    ]);
    assert.deepEqual(said, [
      ['gone', 'gone'],
      ['down', 'open'],
      ['a', 'closed'],
    ]);
    assert.match(JSON.stringify(messages[1]?.payload), /"error":"[^"]*503[^"]*","nextProbeAt":"20/);
  });

  it('tells what happened while its flow was disabled or it was deleted, once it is back', async () => {
    const keeper = [tab, endpoint('a'), out('out', ['a'])];
    await runtime.load(NODES, [...keeper, events('n'), sink('n')]);
    await isListening('n');
    await openStore();
    await runtime.deploy(keeper, 'full');
    await happen({ kind: 'circuit', state: 'closed' });
    await runtime.deploy([...keeper, events('n'), sink('n')], 'full');
    const messages = told('n');
    await arrive(messages);
    assert.deepEqual(
      messages.map(({ topic }) => topic),
      ['circuit'],
    );
  });

  it('loses nothing and repeats nothing while it is deployed and events come', async () => {
    const flow = (name: string) => [tab, endpoint('a'), events('n', { name }), sink('n')];
    await runtime.load(NODES, flow('0'));
    const ids: number[] = [];
    const gather = (): void =>
      void runtime.node('n-sink').on('input', (message: object) => {
        ids.push((message as LogEventMessage).logEvent.id);
      });
    gather();
    await isListening('n');
    await openStore();
    let happened = 0;
    for (let round = 1; round <= 4; round++) {
      const coming = (async () => {
        for (let count = 0; count < 25; count++, happened++)
          await happen({ kind: 'circuit', state: 'closed' });
      })();
      await runtime.deploy(flow(String(round)), 'nodes');
      await coming;
    }
    await until(() => ids.length >= happened, { what: () => `${happened} events, not ${ids.length}` });
    assert.deepEqual([ids.length, new Set(ids).size], [happened, happened]);
  });

  it('drops a message that comes in, and warns once', async () => {
    await runtime.load(NODES, [
      tab,
      events('n'),
      sink('n'),
      inTab('ends', 'complete', { scope: ['n'], wires: [['done-sink']] }),
      sink('done'),
    ]);
    const [messages, done] = [told('n'), told('done')];
    for (const payload of [1, 2]) runtime.node('n').receive({ payload });
    await arrive(done, 2);
    assert.deepEqual(messages, []);
    assert.deepEqual(runtime.callsOf('n', 'warn'), [['webhook-log.warnings.input']]);
  });

  it('refuses events that there are none of, in red', async () => {
    await runtime.load(NODES, [tab, events('n', { events: ['failed', 'everything'] }), sink('n')]);
    await shows(runtime, 'n', 'error');
    assert.match(
      String(runtime.callsOf('n', 'error')[0]?.[0]),
      /Events must be of failed, endpoint-disabled, circuit\./,
    );
  });

  it('shows that the store is down', async () => {
    const file = path.join(runtime.userDir, 'survey-hooks.db');
    await mkdir(file);
    await runtime.load(NODES, [tab, events('n'), sink('n')]);
    await shows(runtime, 'n', 'store-down');
  });
});
