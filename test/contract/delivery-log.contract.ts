import assert from 'node:assert/strict';
import type { Delivery, Resting } from '../../src/delivery/delivery.ts';
import type { LogQuery } from '../../src/delivery/delivery-log.ts';
import { ACCEPTED_AT, aDelivery, anEvent } from '../support/deliveries.ts';
import {
  anAttempt,
  aSending,
  batchOf,
  scheduledAt,
  type StoreContext,
  type StoreFactory,
} from '../support/store.ts';

const STATES: readonly Resting[] = [
  scheduledAt(ACCEPTED_AT),
  { kind: 'waiting', reason: 'endpoint-off', waitingSince: ACCEPTED_AT },
  { kind: 'succeeded', finishedAt: ACCEPTED_AT },
  { kind: 'failed', finishedAt: ACCEPTED_AT, reason: 'permanent', message: 'No such host.' },
];

/** Sixty deliveries, three in each millisecond, in all states, for three endpoints and two listening posts. */
const SEEDS: readonly Delivery[] = Array.from({ length: 60 }, (_, index) =>
  aDelivery(STATES[index % 4]!, {
    id: `d${index}`,
    eventId: `e${index}`,
    webhookId: `msg_${String(index).padStart(3, '0')}`,
    endpointId: `endpoint ${index % 3}`,
    listeningPost: index % 5 === 0 ? 'Relationship' : 'Transactional',
    createdAt: ACCEPTED_AT + Math.floor(index / 3),
  }),
);
const NEWEST_FIRST = SEEDS.toReversed();

/** What every delivery log promises. */
export function deliveryLogContract(name: string, open: StoreFactory): void {
  describe(`The delivery log on ${name}`, function () {
    this.timeout(20_000);
    let context: StoreContext;

    before(async () => {
      context = await open();
      for (const delivery of SEEDS)
        await context.store.deliveries.enqueue(
          batchOf([delivery], { body: Buffer.from(`{"note":"Grüße an ${delivery.id}!","like":"50%_off"}`) }),
        );
    });
    after(() => context.close());

    const list = (query: Partial<LogQuery> = {}) => context.store.log.list({ limit: 1000, ...query });
    const ids = async (query: Partial<LogQuery> = {}): Promise<string[]> =>
      (await list(query)).items.map(({ id }) => id);
    const idsWhere = (isWanted: (delivery: Delivery) => boolean): string[] =>
      NEWEST_FIRST.filter(isWanted).map(({ id }) => id);
    async function allPages(query: Partial<LogQuery>): Promise<string[]> {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list({ ...query, ...(cursor === undefined ? {} : { cursor }) });
        found.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      return found;
    }

    it('lists everything, newest first, as it is stored', async () => {
      assert.deepEqual(await list(), { items: NEWEST_FIRST, nextCursor: undefined });
    });

    it('narrows to a status, an endpoint, a listening post and a time, alone and together', async () => {
      const isOpen = ({ state }: Delivery): boolean => state.kind === 'scheduled' || state.kind === 'waiting';
      assert.deepEqual(await ids({ status: 'In Progress' }), idsWhere(isOpen));
      assert.deepEqual(
        await ids({ status: 'Failed' }),
        idsWhere(({ state }) => state.kind === 'failed'),
      );
      assert.deepEqual(
        await ids({ status: 'Succeeded' }),
        idsWhere(({ state }) => state.kind === 'succeeded'),
      );
      const endpointId = 'endpoint 1';
      assert.deepEqual(
        await ids({ endpointId }),
        idsWhere((one) => one.endpointId === endpointId),
      );
      const listeningPost = 'Relationship';
      assert.deepEqual(
        await ids({ listeningPost }),
        idsWhere((one) => one.listeningPost === listeningPost),
      );
      const [from, to] = [ACCEPTED_AT + 5, ACCEPTED_AT + 9];
      const isInTime = ({ createdAt }: Delivery): boolean => createdAt >= from && createdAt < to;
      assert.deepEqual(await ids({ from, to }), idsWhere(isInTime));
      assert.deepEqual(
        await ids({ from, to, endpointId, status: 'In Progress', listeningPost: 'Transactional' }),
        idsWhere(
          (one) =>
            isInTime(one) &&
            isOpen(one) &&
            one.endpointId === endpointId &&
            one.listeningPost === 'Transactional',
        ),
      );
      assert.deepEqual(await ids({ endpointId: 'nobody' }), []);
    });

    it('pages without repeating or leaving out, also where many were accepted in one millisecond', async () => {
      for (const limit of [1, 2, 7, 59, 60])
        assert.deepEqual(
          await allPages({ limit }),
          NEWEST_FIRST.map(({ id }) => id),
        );
      assert.deepEqual(
        await allPages({ limit: 4, status: 'Failed' }),
        idsWhere(({ state }) => state.kind === 'failed'),
      );
    });

    it('has no next page after the last row', async () => {
      assert.equal((await list({ limit: 60 })).nextCursor, undefined);
      assert.notEqual((await list({ limit: 59 })).nextCursor, undefined);
    });

    it('finds webhook ids whole and by their beginning', async () => {
      assert.deepEqual(await ids({ search: 'msg_017' }), ['d17']);
      assert.deepEqual(
        await ids({ search: 'msg_01' }),
        idsWhere(({ webhookId }) => webhookId.startsWith('msg_01')),
      );
      assert.deepEqual(await ids({ search: 'sg_01' }), []);
      assert.deepEqual(
        await allPages({ search: 'msg_', limit: 13 }),
        idsWhere(() => true),
      );
    });

    it('finds what bodies hold, byte for byte, with nothing that works as a wildcard', async () => {
      assert.deepEqual(await ids({ search: 'Grüße an d17!' }), ['d17']);
      assert.deepEqual(
        await ids({ search: 'an d1' }),
        idsWhere(({ id }) => id.startsWith('d1')),
      );
      assert.deepEqual(
        await ids({ search: '50%_off' }),
        idsWhere(() => true),
      );
      assert.deepEqual(await ids({ search: '5%off' }), []);
      assert.deepEqual(await ids({ search: "' or 1=1 --" }), []);
      assert.deepEqual(
        await allPages({ search: 'an d', limit: 7, status: 'Failed' }),
        idsWhere(({ state }) => state.kind === 'failed'),
      );
      assert.deepEqual(await ids({ search: 'an d1', to: ACCEPTED_AT + 4 }), ['d11', 'd10', 'd1']);
    });

    it('shows a delivery once that a search finds by its webhook id and by its body', async () => {
      const delivery = aDelivery(scheduledAt(0), {
        id: 'both',
        eventId: 'both',
        webhookId: 'both',
        createdAt: 1,
      });
      await context.store.deliveries.enqueue(batchOf([delivery], { body: Buffer.from('both') }));
      assert.deepEqual(await ids({ search: 'both', to: 2 }), ['both']);
    });

    it('takes an empty search for none', async () => {
      assert.equal((await ids({ search: '', from: ACCEPTED_AT })).length, SEEDS.length);
    });

    it('refuses a cursor that it never gave, and a limit outside 1 to 1,000', async () => {
      const { nextCursor } = await list({ limit: 1 });
      const invalid = [
        '',
        'x',
        'MQ',
        `${nextCursor}x`,
        Buffer.from('1.2.3').toString('base64url'),
        '💥'.repeat(1000),
      ];
      for (const cursor of invalid)
        await assert.rejects(list({ cursor }), { code: 'HOOK_CONFIG_INVALID' }, `cursor ${cursor}`);
      for (const limit of [0, -1, 1001, 1.5, NaN])
        await assert.rejects(list({ limit }), { code: 'HOOK_CONFIG_INVALID' });
    });

    it('lists by address and by content what it lists whole', async () => {
      const query = { limit: 7, from: ACCEPTED_AT, status: 'Failed' } as const;
      const whole = await list(query);
      const { log } = context.store;
      assert.deepEqual(await log.listAddressed(query), {
        items: whole.items.map(({ id, endpointId }) => ({ id, endpointId })),
        nextCursor: whole.nextCursor,
      });
      const contents = await log.listContents({ ...query, bytes: 1_000_000 });
      assert.equal(contents.nextCursor, whole.nextCursor);
      assert.deepEqual(
        contents.items.map(({ delivery }) => delivery),
        whole.items,
      );
      for (const { delivery, contentType, body } of contents.items) {
        assert.equal(contentType, 'application/json');
        assert.match(Buffer.from(body).toString(), new RegExp(`an ${delivery.id}!`));
      }
    });

    it('ends a page of contents early where they are long, and goes on after it', async () => {
      const found: string[] = [];
      const sizes: number[] = [];
      let cursor: string | undefined;
      do {
        const query = { limit: 60, from: ACCEPTED_AT, bytes: 100, ...(cursor !== undefined && { cursor }) };
        const page = await context.store.log.listContents(query);
        found.push(...page.items.map(({ delivery }) => delivery.id));
        sizes.push(page.items.length);
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      assert.deepEqual(
        found,
        NEWEST_FIRST.map(({ id }) => id),
      );
      assert.ok(sizes.every((size) => size >= 1 && size <= 3));
    });

    it('finds the addresses of those that are there', async () => {
      const found = await context.store.log.findAddressed(['d4', 'nobody', 'd3']);
      assert.deepEqual(
        found.toSorted((a, b) => a.id.localeCompare(b.id)),
        [
          { id: 'd3', endpointId: 'endpoint 0' },
          { id: 'd4', endpointId: 'endpoint 1' },
        ],
      );
      assert.deepEqual(await context.store.log.findAddressed([]), []);
    });

    it('counts by hour and status', async () => {
      const hour = 3_600_000;
      const hours = [ACCEPTED_AT - hour, ACCEPTED_AT, ACCEPTED_AT + 5];
      const none = { Succeeded: 0, Failed: 0, 'In Progress': 0 };
      assert.deepEqual(await context.store.log.countHours(hours), [
        { from: hours[0], counts: none },
        { from: hours[1], counts: { Succeeded: 15, Failed: 15, 'In Progress': 30 } },
        { from: hours[2], counts: { Succeeded: 11, Failed: 12, 'In Progress': 22 } },
      ]);
      assert.deepEqual(await context.store.log.countHours([]), []);
    });

    it('gives one delivery with its event and all attempts by number, or undefined', async () => {
      const delivery = aSending({ id: 'one', eventId: 'one', endpointId: 'its own', createdAt: 2 });
      const event = anEvent({ id: 'one', values: '{"a":1}', body: Uint8Array.of(0, 255) });
      const { deliveries, log } = context.store;
      await deliveries.enqueue({ events: [event], deliveries: [delivery] });
      const failed = anAttempt({ outcome: 'failed', error: 'It answered 500.', isResponseCut: true });
      await deliveries.settle({
        delivery: { ...delivery, state: scheduledAt(5) },
        attempt: failed,
        report: false,
      });
      const { claimed } = await deliveries.claim({
        endpointId: 'its own',
        now: 5,
        limit: 1,
        ordered: false,
      });
      assert.equal(claimed[0]?.delivery.id, 'one');
      const second = anAttempt({ number: 2 });
      const end = aDelivery(
        { kind: 'succeeded', finishedAt: 6 },
        { ...claimed[0].delivery, lastResponseCode: 200 },
      );
      await deliveries.settle({ delivery: end, attempt: second, report: false });
      assert.deepEqual(await log.find('one'), { delivery: end, event, attempts: [failed, second] });
      assert.equal(await log.find('nobody'), undefined);
    });

    it('says of endpoints when the oldest of their open deliveries was accepted', async () => {
      const oldest = async (...endpointIds: string[]) =>
        (await context.store.log.listOldestOpen(endpointIds)).map(({ endpointId, createdAt }) => [
          endpointId,
          createdAt,
        ]);
      assert.deepEqual(await oldest(), []);
      const expected = ['endpoint 2', 'endpoint 0'].map((id) => [
        id,
        SEEDS.find(
          ({ endpointId, state }) => endpointId === id && ['scheduled', 'waiting'].includes(state.kind),
        )?.createdAt,
      ]);
      assert.deepEqual(await oldest('endpoint 2', 'nobody', 'endpoint 0'), expected);
      const sending = aSending({ id: 'under-way', eventId: 'under-way', endpointId: 'busy', createdAt: 7 });
      const closed = aDelivery(STATES[2]!, { id: 'done', eventId: 'done', endpointId: 'done', createdAt: 7 });
      await context.store.deliveries.enqueue(batchOf([sending, closed]));
      assert.deepEqual(await oldest('busy', 'done'), [['busy', 7]]);
    });

    it('counts for endpoints how their deliveries have ended, and knows when the last one succeeded', async () => {
      const countOf = (endpointId: string, kind: string): number =>
        SEEDS.filter((one) => one.endpointId === endpointId && one.state.kind === kind).length;
      const countsOf = (endpointId: string, lastSuccessAt: number | undefined) => ({
        endpointId,
        succeeded: countOf(endpointId, 'succeeded'),
        failed: countOf(endpointId, 'failed'),
        lastSuccessAt,
      });
      const { deliveries, log } = context.store;
      assert.deepEqual(await log.countEnded(['endpoint 1', 'nobody']), [
        countsOf('endpoint 1', ACCEPTED_AT),
        countsOf('nobody', undefined),
      ]);
      assert.equal(countOf('endpoint 1', 'succeeded'), 5);
      const states = [
        { kind: 'succeeded', finishedAt: 90 },
        { kind: 'succeeded', finishedAt: 70 },
        STATES[3]!,
      ] as const;
      const rows = states.map((state, at) => {
        const id = `ended-${at}`;
        return aDelivery(state, { id, eventId: id, endpointId: 'ended', createdAt: 3 });
      });
      for (const row of rows) await deliveries.enqueue(batchOf([row]));
      await deliveries.askResend({ id: 'ended-0', now: 95 });
      assert.deepEqual(await log.countEnded(['ended']), [
        { endpointId: 'ended', succeeded: 2, failed: 1, lastSuccessAt: 90 },
      ]);
      assert.deepEqual(await log.countEnded([]), []);
    });

    it('knows since when the attempts for an endpoint fail, until one succeeds', async () => {
      const { deliveries, log } = context.store;
      const settle = async (
        id: string,
        outcome: 'succeeded' | 'failed',
        startedAt: number,
      ): Promise<void> => {
        const delivery = aSending({ id, eventId: id, endpointId: 'failing', createdAt: 3 });
        await deliveries.enqueue(batchOf([delivery]));
        const attempt = anAttempt({ outcome, startedAt });
        const state =
          outcome === 'succeeded'
            ? ({ kind: 'succeeded', finishedAt: startedAt + 1 } as const)
            : scheduledAt(startedAt + 1000);
        await deliveries.settle({ delivery: { ...delivery, state }, attempt, report: false });
      };
      const since = () => log.listFailing(['failing', 'endpoint 1', 'nobody']);
      assert.deepEqual(await since(), []);
      await settle('later', 'failed', 20);
      await settle('first', 'failed', 10);
      assert.deepEqual(await since(), [{ endpointId: 'failing', failingSince: 10 }]);
      await settle('in-between', 'succeeded', 15);
      assert.deepEqual(await since(), [{ endpointId: 'failing', failingSince: 20 }]);
      await settle('all-right', 'succeeded', 30);
      assert.deepEqual(await since(), []);
      await settle('again', 'failed', 40);
      assert.deepEqual(await since(), [{ endpointId: 'failing', failingSince: 40 }]);
    });

    it('knows that an endpoint fails though nothing is open for it any more', async () => {
      const { deliveries, log } = context.store;
      const delivery = aSending({
        id: 'given-up',
        eventId: 'given-up',
        endpointId: 'hopeless',
        createdAt: 3,
      });
      await deliveries.enqueue(batchOf([delivery]));
      const state = { kind: 'failed', finishedAt: 60, reason: 'permanent', message: '' } as const;
      const attempt = anAttempt({ outcome: 'failed', startedAt: 50 });
      await deliveries.settle({ delivery: { ...delivery, state }, attempt, report: false });
      assert.deepEqual(await log.listFailing(['hopeless']), [{ endpointId: 'hopeless', failingSince: 50 }]);
    });

    it('neither repeats nor leaves out while rows are added', async () => {
      const first = await list({ limit: 10, from: ACCEPTED_AT });
      const added = aDelivery(scheduledAt(0), { id: 'new', eventId: 'new', createdAt: ACCEPTED_AT + 1000 });
      await context.store.deliveries.enqueue(batchOf([added]));
      const second = await list({ limit: 10, from: ACCEPTED_AT, cursor: first.nextCursor! });
      assert.deepEqual(
        [...first.items, ...second.items].map(({ id }) => id),
        NEWEST_FIRST.slice(0, 20).map(({ id }) => id),
      );
      assert.equal((await ids({ from: ACCEPTED_AT }))[0], 'new');
    });
  });
}
