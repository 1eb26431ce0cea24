import assert from 'node:assert/strict';
import { RedeliveredRequests } from '../../src/delivery/redelivered-requests.ts';
import { HookError } from '../../src/errors.ts';
import { EngineBench } from '../support/engine-bench.ts';
import { until } from '../support/until.ts';

const REQUEST = 'request 1';
const first = { id: REQUEST, isRedelivered: false };
const again = { id: REQUEST, isRedelivered: true };

describe('The engine, when a hook’s request goes into the flows again', () => {
  let bench: EngineBench;
  beforeEach(async () => {
    bench = await EngineBench.start({ id: 'a', concurrency: 1 }, { id: 'b', concurrency: 1 });
  });
  afterEach(() => bench.close());

  /** How many deliveries the store has, all in all. */
  const countStored = async (): Promise<number> =>
    Object.values(await bench.statuses()).reduce((sum, count) => sum + count, 0);
  const idsOf = (deliveries: readonly { id: string }[]) => deliveries.map(({ id }) => id);
  /** Equal messages of the request, as a split node makes them; answers the deliveries. */
  const acceptParts = async (count: number, hookRequest = again) =>
    (await Promise.all(Array.from({ length: count }, () => bench.accept(['a'], { hookRequest })))).flat();

  async function restart(): Promise<void> {
    await bench.crash();
    await bench.startEngine();
  }

  it('accepts nothing twice, and answers with what it had accepted', async () => {
    const [before] = await bench.accept(['a'], { hookRequest: first, webhookId: 'msg_before' });
    await restart();
    bench.engine.beginRedelivery(REQUEST);
    const after = await bench.accept(['a'], { hookRequest: again, webhookId: 'msg_new' });
    assert.deepEqual(after, [before]);
    assert.equal(after[0]?.webhookId, 'msg_before');
    assert.equal(await countStored(), 1);
  });

  it('accepts the third of three equal parts where two had been accepted', async () => {
    const before = await acceptParts(2, first);
    await restart();
    bench.engine.beginRedelivery(REQUEST);
    const after = await acceptParts(3);
    assert.deepEqual(idsOf(after.slice(0, 2)), idsOf(before));
    assert.equal(idsOf(before).includes(after[2]!.id), false);
    assert.equal(await countStored(), 3);
  });

  it('does so again in the next pass, also in the same process, with what the last pass added', async () => {
    await acceptParts(1, first);
    for (const pass of [1, 2, 3]) {
      if (pass === 2) await restart();
      bench.engine.beginRedelivery(REQUEST);
      const parts = await acceptParts(pass + 1);
      assert.equal(new Set(idsOf(parts)).size, pass + 1);
      assert.equal(await countStored(), pass + 1);
    }
  });

  it('finds what was still on its way to the store when the pass began', async () => {
    const accepting = bench.accept(['a'], { hookRequest: first });
    bench.engine.beginRedelivery(REQUEST);
    const after = await bench.accept(['a'], { hookRequest: again });
    assert.deepEqual(after, await accepting);
  });

  it('tells out nodes apart', async () => {
    await bench.accept(['a'], { hookRequest: first });
    await restart();
    bench.engine.beginRedelivery(REQUEST);
    await bench.accept(['a'], { hookRequest: again });
    await bench.accept(['a'], { hookRequest: again, nodeId: 'other out' });
    assert.equal(await countStored(), 2);
    bench.engine.beginRedelivery(REQUEST);
    await bench.accept(['a'], { hookRequest: again });
    await bench.accept(['a'], { hookRequest: again, nodeId: 'other out' });
    assert.equal(await countStored(), 2);
  });

  it('adds only the endpoint that is missing, with the webhook id of the others', async () => {
    await bench.accept(['b'], { hookRequest: first, webhookId: 'msg_before' });
    await restart();
    bench.engine.beginRedelivery(REQUEST);
    const after = await bench.accept(['a', 'b'], { hookRequest: again, webhookId: 'msg_new' });
    assert.deepEqual(
      after.map(({ endpoint, webhookId }) => [endpoint, webhookId]),
      [
        ['a', 'msg_before'],
        ['b', 'msg_before'],
      ],
    );
    assert.equal(await countStored(), 2);
    assert.equal((await bench.find(after[0]!.id)).event.webhookId, 'msg_before');
  });

  it('delivers what is added, and tells the out node of an endpoint that is gone', async () => {
    await bench.accept(['b'], { hookRequest: first });
    await restart();
    bench.engine.beginRedelivery(REQUEST);
    const after = await bench.accept(['a', 'gone', 'b'], { hookRequest: again });
    assert.deepEqual(
      after.map(({ endpoint }) => endpoint),
      ['a', 'gone', 'b'],
    );
    await until(() => bench.told.some(({ delivery }) => delivery.endpointId === 'gone'), {
      what: () => 'the report of the endpoint that is gone',
    });
    await bench.idle();
    assert.equal(bench.transport.sent.filter(({ host }) => host === 'a.example').length, 1);
  });

  it('never compares an ordinary message, nor one of another request, nor one that is in no pass', async () => {
    await acceptParts(1, first);
    await acceptParts(1, first);
    assert.equal(await countStored(), 2);
    bench.engine.beginRedelivery(REQUEST);
    await acceptParts(1, first);
    await acceptParts(1, { id: 'request 2', isRedelivered: true });
    await bench.accept(['a']);
    assert.equal(await countStored(), 5);
  });

  it('accepts what a store that was down refused, when the message comes again', async () => {
    await acceptParts(1, first);
    bench.engine.beginRedelivery(REQUEST);
    await bench.killWriter();
    await assert.rejects(acceptParts(1), (error) => error instanceof HookError);
    await bench.storeIsUp();
    await acceptParts(2);
    assert.equal(await countStored(), 2);
  });
});

describe('Redelivered requests', () => {
  const request = {
    nodeId: 'out',
    webhookId: 'new',
    listeningPost: '',
    endpointIds: ['a', 'b'],
    content: () => ({ contentType: '', body: Buffer.alloc(0) }),
    hookRequest: again,
  };
  const stored = { id: 'a1', webhookId: 'before', endpointId: 'a' };
  const nothing = { deliveries: [], failedCount: 0 };
  let reads: number;
  let requests: RedeliveredRequests;
  beforeEach(() => {
    reads = 0;
    requests = new RedeliveredRequests({
      listByRequest: () => {
        reads += 1;
        return Promise.resolve([stored]);
      },
    });
  });

  it('leave to the next message what one that was refused had taken', async () => {
    requests.begin(REQUEST);
    const refusal = new HookError('HOOK_STORE_OVERLOADED', 'Too much.');
    await assert.rejects(
      requests.accept(request, () => Promise.reject(refusal)),
      refusal,
    );
    const asked: (readonly string[])[] = [];
    const accept = ({ endpointIds }: { endpointIds: readonly string[] }) => {
      asked.push(endpointIds);
      return Promise.resolve(nothing);
    };
    const { deliveries } = await requests.accept(request, accept);
    assert.deepEqual(idsOf(deliveries), ['a1']);
    assert.deepEqual(asked, [['b']]);
  });

  it('read the store once for all messages of a pass at an out node', async () => {
    requests.begin(REQUEST);
    for (let count = 0; count < 5; count++) await requests.accept(request, () => Promise.resolve(nothing));
    assert.equal(reads, 1);
  });

  it('are forgotten, the oldest first, when they are too many', async () => {
    requests.begin(REQUEST);
    for (let index = 1; index < 60_000; index++) requests.begin(`other ${index}`);
    requests.begin(REQUEST);
    requests.begin('one more');
    await requests.accept(request, () => Promise.resolve(nothing));
    assert.equal(reads, 1);
    await requests.accept({ ...request, hookRequest: { id: 'other 1', isRedelivered: true } }, () =>
      Promise.resolve(nothing),
    );
    assert.equal(reads, 1);
  });

  const idsOf = (deliveries: readonly { id: string }[]) => deliveries.map(({ id }) => id);
});
