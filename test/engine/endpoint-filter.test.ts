import assert from 'node:assert/strict';
import type { Acceptance } from '../../src/delivery/engine.ts';
import type { Endpoint } from '../../src/delivery/endpoint/endpoint.ts';
import { EngineBench, OUT_NODE } from '../support/engine-bench.ts';

const REQUEST = 'request 1';
const first = { id: REQUEST, isRedelivered: false };
const again = { id: REQUEST, isRedelivered: true };
const content = { contentType: 'application/json', body: Buffer.from('1') };

/** Lets ratings through that are among those given. */
const only =
  (...ratings: string[]) =>
  (rating: unknown): string | undefined =>
    ratings.includes(String(rating)) ? undefined : `not for ${String(rating)}`;

describe('The engine, at endpoints with a filter', () => {
  let bench: EngineBench;
  let count = 0;
  beforeEach(
    async () => (bench = await EngineBench.start({ id: 'all' }, { id: 'red', filter: only('red') })),
  );
  afterEach(() => bench.close());

  const accept = (rating: string, endpointIds: string[], more: object = {}): Promise<Acceptance> =>
    bench.engine.accept({
      nodeId: OUT_NODE,
      webhookId: `msg_${(count += 1)}`,
      listeningPost: '',
      endpointIds,
      content: () => content,
      skip: ({ filter }: Endpoint) => filter?.(rating),
      ...more,
    });
  const endpointsOf = ({ deliveries }: Acceptance) => deliveries.map(({ endpoint }) => endpoint);
  const sentTo = (id: string) => bench.transport.sent.filter(({ host }) => host === `${id}.example`).length;
  const skippedRed = (rating: string) => [{ endpoint: 'red', reason: `not for ${rating}` }];

  it('skips those that do not want the message, says why, and keeps no row of it', async () => {
    const wanted = await accept('red', ['all', 'red']);
    const unwanted = await accept('gold', ['all', 'red']);
    await bench.idle();
    assert.deepEqual(endpointsOf(wanted), ['all', 'red']);
    assert.deepEqual(wanted.skipped, []);
    assert.deepEqual(endpointsOf(unwanted), ['all']);
    assert.deepEqual(unwanted.skipped, skippedRed('gold'));
    assert.deepEqual([sentTo('all'), sentTo('red')], [2, 1]);
    assert.deepEqual(await bench.statuses(), { Succeeded: 3 });
  });

  it('accepts what all of them skip, and asks the store for nothing', async () => {
    bench.calls.length = 0;
    const { deliveries, skipped } = await accept('gold', ['red']);
    assert.deepEqual(deliveries, []);
    assert.deepEqual(skipped, skippedRed('gold'));
    await bench.idle();
    assert.deepEqual(bench.calls, []);
  });

  it('makes no body for an endpoint that is skipped', async () => {
    const bodies: (string | undefined)[] = [];
    await accept('gold', ['red', 'all'], {
      content: (endpoint: Endpoint | undefined) => {
        bodies.push(endpoint?.id);
        return content;
      },
    });
    assert.deepEqual(bodies, ['all']);
  });

  it('skips none that is gone or invalid: what cannot be delivered fails', async () => {
    bench.endpoint({ id: 'red', filter: new Error('The filter is not valid.') });
    const { deliveries, skipped } = await accept('gold', ['red', 'gone', 'all']);
    assert.deepEqual(skipped, []);
    assert.equal(deliveries.length, 3);
    const { delivery } = await bench.find(deliveries[0]!.id);
    assert.match(
      delivery.state.kind === 'failed' ? delivery.state.message : '',
      /not valid\. filter: The filter is not valid/,
    );
  });

  it('goes on with what it accepted before, whatever the filter is by then', async () => {
    bench.transport.answer((_, earlier) => (earlier === 0 ? 500 : 200));
    await accept('red', ['red']);
    bench.endpoint({ id: 'red', filter: only() });
    await bench.advance(6 * 60_000);
    assert.equal(sentTo('red'), 2);
  });

  describe('when a request goes into the flows again', () => {
    /** The parts of a request, as a split node makes them, in one pass through the flows. */
    async function pass(ratings: string[], hookRequest = again, ids = ['all', 'red']) {
      if (hookRequest.isRedelivered) bench.engine.beginRedelivery(REQUEST);
      const accepted: Acceptance[] = [];
      for (const rating of ratings) accepted.push(await accept(rating, ids, { hookRequest }));
      await bench.idle();
      return accepted;
    }

    it('skips again what it skipped, and delivers nothing twice', async () => {
      const before = await pass(['gold', 'red', 'gold', 'red'], first);
      for (const round of [1, 2]) {
        const after = await pass(['gold', 'red', 'gold', 'red']);
        assert.deepEqual(after, before, `pass ${round}`);
      }
      assert.deepEqual([sentTo('all'), sentTo('red')], [4, 2]);
    });

    it('does so at a node with this endpoint alone', async () => {
      const before = await pass(['gold', 'red', 'gold', 'red'], first, ['red']);
      assert.deepEqual(await pass(['gold', 'red', 'gold', 'red'], again, ['red']), before);
      assert.equal(sentTo('red'), 2);
    });

    it('does so where all parts were given the same id', async () => {
      const withId = async (hookRequest: typeof first) => {
        if (hookRequest.isRedelivered) bench.engine.beginRedelivery(REQUEST);
        for (const rating of ['gold', 'red', 'gold'])
          await accept(rating, ['all', 'red'], { hookRequest, webhookId: 'same' });
        await bench.idle();
      };
      await withId(first);
      await withId(again);
      assert.deepEqual([sentTo('all'), sentTo('red')], [3, 1]);
    });

    it('adds what the filter lets through by now, and only that', async () => {
      const before = await pass(['gold', 'red'], first);
      bench.endpoint({ id: 'red', filter: only('red', 'gold') });
      const after = await pass(['gold', 'red']);
      assert.deepEqual(after.map(endpointsOf), [
        ['all', 'red'],
        ['all', 'red'],
      ]);
      assert.deepEqual(after[1], before[1]);
      const [webhookId] = new Set(after[0]!.deliveries.map((delivery) => delivery.webhookId));
      assert.equal(webhookId, before[0]!.deliveries[0]!.webhookId);
      assert.deepEqual([sentTo('all'), sentTo('red')], [2, 2]);
    });

    it('neither loses nor repeats the parts that follow one that the filter lets through no more', async () => {
      bench.endpoint({ id: 'red', filter: only('red', 'gold') });
      const before = await pass(['gold', 'red'], first);
      bench.endpoint({ id: 'red', filter: only('red') });
      const after = await pass(['gold', 'red', 'red']);
      assert.deepEqual(after[0]?.skipped, skippedRed('gold'));
      assert.deepEqual(after[1], before[1]);
      assert.deepEqual(endpointsOf(after[2]!), ['all', 'red']);
      assert.deepEqual([sentTo('all'), sentTo('red')], [3, 3]);
    });
  });
});
