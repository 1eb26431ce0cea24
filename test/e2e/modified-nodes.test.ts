import assert from 'node:assert/strict';
import { NodeRed, type DeliveryRow, type FlowNode } from '../support/node-red.ts';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { Receiver } from '../support/receiver.ts';
import { relayTo, sendToRelay } from '../support/relay.ts';
import { until } from '../support/until.ts';

const RETRY = { retry: 'custom', retryDelays: Array<string>(30).fill('500ms').join(',') };

/** What is changed of the flows, by the id of the node; undefined = the node goes. */
type Changes = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

const change = (flows: readonly FlowNode[], changes: Changes): FlowNode[] =>
  flows.flatMap((node) => {
    if (!Object.hasOwn(changes, node.id)) return [node];
    const changed = changes[node.id];
    return changed ? [{ ...node, ...changed }] : [];
  });

describe('Deploy → Modified nodes', function () {
  this.timeout(60_000);
  let userDir: string;
  let receiver: Receiver;
  let nodeRed: NodeRed;
  let flows: readonly FlowNode[];
  let testCount = 0;
  /** Paths that are answered 503. */
  const down = new Set<string>();

  before(async () => {
    receiver = await Receiver.start(({ path }) => (down.has(path) ? { status: 503 } : { body: 'ok' }));
    userDir = await makeUserDir();
    nodeRed = await NodeRed.start({
      userDir,
      ...relayTo(`${receiver.url}/a`, RETRY),
      // Its log then tells which nodes a deploy stops.
      settings: { logging: { console: { level: 'trace', metrics: false, audit: false } } },
    });
  });
  after(async () => {
    await nodeRed.stop();
    await receiver.stop();
    await removeUserDir(userDir);
  });
  beforeEach(() => {
    testCount += 1;
    down.clear();
  });
  afterEach(() => assert.deepEqual(nodeRed.errors, []));

  /** Runs the relay with changes and other nodes, whatever ran before. */
  async function run(nodes: readonly FlowNode[], changes: Changes): Promise<void> {
    flows = [...change(relayTo(`${receiver.url}/a`, RETRY).flows, changes), ...nodes];
    await nodeRed.deploy(flows, 'full');
  }
  /** Deploys what is changed, and answers the types of the nodes that were stopped for it. */
  async function deploy(changes: Changes, added: readonly FlowNode[] = []): Promise<string[]> {
    flows = [...change(flows, changes), ...added];
    const before = nodeRed.output.length;
    await nodeRed.deploy(flows, 'nodes');
    const stopped = nodeRed.output.slice(before).matchAll(/Stopping node ([^:]+):/g);
    return [...new Set(Array.from(stopped, ([, type = '']) => type))];
  }

  /** An event's webhook id: what earlier tests left open is another's. */
  const webhookId = (event: string): string => `${testCount}-${event}`;
  async function send(event: string): Promise<void> {
    const { status, text } = await sendToRelay(nodeRed.url, webhookId(event));
    assert.equal(status, 200, text);
  }
  const requestsOf = (event: string, path: string) =>
    receiver.requests.filter((one) => one.webhookId === webhookId(event) && one.path === path);
  const countOf = (event: string, path: string): number => requestsOf(event, path).length;
  const arrives = (event: string, path: string) =>
    until(() => countOf(event, path) > 0, { what: () => `${event} at ${path}` });
  const rowsOf = async (event: string): Promise<DeliveryRow[]> =>
    (await nodeRed.deliveries()).filter((row) => row.webhookId === webhookId(event));
  /** Waits until the deliveries of an event stand like that, by the id of the endpoint. */
  async function stand(event: string, expected: Readonly<Record<string, DeliveryRow['status']>>) {
    let statuses = new Map<string, string>();
    await until(
      async () => {
        statuses = new Map((await rowsOf(event)).map(({ endpoint, status }) => [endpoint, status]));
        return Object.entries(expected).every(([id, status]) => statuses.get(id) === status);
      },
      { what: () => `${JSON.stringify(expected)}; it is ${JSON.stringify([...statuses])}` },
    );
  }

  const endpoint = (id: string, path: string): FlowNode => ({
    id,
    type: 'webhook-endpoint',
    name: `Endpoint ${id}`,
    url: `${receiver.url}${path}`,
    ...RETRY,
  });
  const bothEndpoints = { 'relay-out': { endpoints: ['relay-endpoint', 'other'] } };

  describe('with one of two endpoints of an out node', () => {
    beforeEach(() => run([endpoint('other', '/b')], bothEndpoints));

    it('changed: what waits and what comes goes to its new URL, and the other one is left alone', async () => {
      down.add('/a');
      await send('waiting');
      await stand('waiting', { other: 'Succeeded', 'relay-endpoint': 'In Progress' });
      receiver.hold();
      await send('under-way');
      await arrives('under-way', '/b');
      const stopped = await deploy({ 'relay-endpoint': { url: `${receiver.url}/new` } });
      assert.deepEqual(stopped, ['webhook-endpoint'], 'the out node is not made anew');
      receiver.release();
      await arrives('waiting', '/new');
      await arrives('under-way', '/new');
      const before = countOf('waiting', '/a');
      await send('later');
      for (const id of ['waiting', 'under-way', 'later']) {
        await stand(id, { other: 'Succeeded', 'relay-endpoint': 'Succeeded' });
        assert.deepEqual([countOf(id, '/new'), countOf(id, '/b')], [1, 1], id);
      }
      assert.deepEqual(
        ['waiting', 'under-way', 'later'].map((event) => countOf(event, '/a')),
        [before, 1, 0],
      );
    });

    it('given another token: what waits is sent with it', async () => {
      const bearer = (token: string) => ({ auth: 'bearer', credentials: { token } });
      await deploy({ 'relay-endpoint': bearer('the-first-one'), other: bearer('of-the-other') });
      down.add('/a');
      await send('waiting');
      await arrives('waiting', '/a');
      const stopped = await deploy({
        'relay-endpoint': bearer('the-second-one'),
        other: { credentials: {} },
      });
      assert.deepEqual(stopped, ['webhook-endpoint']);
      down.clear();
      await stand('waiting', { other: 'Succeeded', 'relay-endpoint': 'Succeeded' });
      await send('later');
      await stand('later', { other: 'Succeeded', 'relay-endpoint': 'Succeeded' });
      const shown = (event: string, path: string) => requestsOf(event, path).at(-1)?.headers.authorization;
      for (const id of ['waiting', 'later'])
        assert.deepEqual(
          [shown(id, '/a'), shown(id, '/b')],
          ['Bearer the-second-one', 'Bearer of-the-other'],
        );
    });

    const GOES: readonly (readonly [
      how: string,
      changed: Changes[string],
      back: () => Parameters<typeof deploy>,
    ])[] = [
      ['deleted', undefined, () => [{}, [endpoint('other', '/b')]]],
      ['disabled', { d: true }, () => [{ other: { d: false } }]],
    ];
    for (const [how, changed, back] of GOES)
      it(`${how}: what comes for it fails with that reason, what waits stays, and the other one goes on`, async () => {
        down.add('/b');
        await send('waiting');
        await arrives('waiting', '/b');
        const stopped = await deploy({ other: changed });
        assert.deepEqual(stopped, ['webhook-endpoint'], 'the out node is not made anew');
        down.clear();
        await send('later');
        await stand('later', { 'relay-endpoint': 'Succeeded', other: 'Failed' });
        const failed = (await rowsOf('later')).find((row) => row.endpoint === 'other');
        assert.deepEqual([failed?.attempts, failed?.lastResponse], [0, 'The endpoint is not in the flows.']);
        await stand('waiting', { 'relay-endpoint': 'Succeeded', other: 'In Progress' });
        assert.equal(countOf('later', '/b'), 0);
        const before = countOf('waiting', '/b');

        await deploy(...back());
        await stand('waiting', { 'relay-endpoint': 'Succeeded', other: 'Succeeded' });
        assert.equal(countOf('waiting', '/b'), before + 1);
        await send('last');
        await stand('last', { 'relay-endpoint': 'Succeeded', other: 'Succeeded' });
      });

    it('turned off: what comes for it waits, and goes out when it is on again', async () => {
      await deploy({ other: { enabled: false } });
      await send('kept');
      await stand('kept', { 'relay-endpoint': 'Succeeded', other: 'In Progress' });
      assert.equal(countOf('kept', '/b'), 0);
      await deploy({ other: { enabled: true } });
      await stand('kept', { 'relay-endpoint': 'Succeeded', other: 'Succeeded' });
      assert.equal(countOf('kept', '/b'), 1);
    });
  });

  describe('with endpoints inside a subflow that is there twice', () => {
    const inSubflow = { z: 'sub', x: 100, y: 100 };
    const instance = (id: string, tenant: string): FlowNode => ({
      id,
      type: 'subflow:sub',
      z: 'relay-tab',
      name: `Instance ${id}`,
      x: 100,
      y: 100,
      wires: [],
      env: [{ name: 'TENANT', type: 'str', value: tenant }],
    });
    const subflow = (): FlowNode[] => [
      {
        id: 'sub',
        type: 'subflow',
        name: 'Sub',
        in: [{ x: 1, y: 1, wires: [{ id: 'inner' }] }],
        out: [],
        env: [],
      },
      { ...endpoint('inner-a', '/${TENANT}/a'), z: 'sub' },
      { ...endpoint('inner-b', '/${TENANT}/b'), z: 'sub' },
      {
        ...inSubflow,
        id: 'inner',
        type: 'survey-webhook-out',
        name: '',
        endpoints: ['inner-a', 'inner-b'],
        webhookIdProperty: 'payload.id',
        wires: [[], [], []],
      },
      instance('one', 'first'),
      instance('two', 'second'),
    ];
    beforeEach(() => run(subflow(), { 'relay-hook': { wires: [['relay-out', 'one', 'two']] } }));

    const all = (status: DeliveryRow['status']) =>
      Object.fromEntries(
        ['one-inner-a', 'one-inner-b', 'two-inner-a', 'two-inner-b'].map((id) => [id, status]),
      );

    it('changes the one of both instances, and leaves the other one alone', async () => {
      down.add('/first/a').add('/second/a');
      await send('waiting');
      await stand('waiting', {
        'one-inner-a': 'In Progress',
        'two-inner-a': 'In Progress',
        'one-inner-b': 'Succeeded',
        'two-inner-b': 'Succeeded',
      });
      await deploy({ 'inner-a': { url: `${receiver.url}/\${TENANT}/new` } });
      await send('later');
      for (const id of ['waiting', 'later']) {
        await stand(id, all('Succeeded'));
        for (const path of ['/first/new', '/first/b', '/second/new', '/second/b'])
          assert.equal(countOf(id, path), 1, `${id} at ${path}`);
      }
      assert.equal(countOf('later', '/first/a') + countOf('later', '/second/a'), 0);
    });

    it('changes those of one instance with a variable of that instance', async () => {
      down.add('/first/a').add('/second/a');
      await send('waiting');
      await arrives('waiting', '/first/a');
      await arrives('waiting', '/second/a');
      await deploy({ one: { env: [{ name: 'TENANT', type: 'str', value: 'third' }] } });
      await arrives('waiting', '/third/a');
      down.clear();
      await send('later');
      for (const id of ['waiting', 'later']) await stand(id, all('Succeeded'));
      for (const path of ['/third/a', '/third/b', '/second/a', '/second/b'])
        assert.equal(countOf('later', path), 1, path);
      assert.equal(countOf('later', '/first/a') + countOf('later', '/first/b'), 0);
      assert.equal(countOf('waiting', '/third/b'), 0, 'it had arrived at the other one before');
    });

    it('keeps what waits for an instance that is deleted, and the other instance goes on', async () => {
      down.add('/first/a').add('/second/a');
      await send('waiting');
      await arrives('waiting', '/first/a');
      await arrives('waiting', '/second/a');
      await deploy({ one: undefined, 'relay-hook': { wires: [['relay-out', 'two']] } });
      down.clear();
      const before = countOf('waiting', '/first/a');
      await stand('waiting', { 'one-inner-a': 'In Progress', 'two-inner-a': 'Succeeded' });
      await send('later');
      await stand('later', { 'two-inner-a': 'Succeeded', 'two-inner-b': 'Succeeded' });
      assert.equal(countOf('waiting', '/first/a'), before);
      assert.equal((await rowsOf('later')).length, 3);
    });
  });
});
