import assert from 'node:assert/strict';
import type {
  InboxEvent,
  InboxStore,
  OpenInboxEvent,
  RememberedAnswer,
  SeenMark,
} from '../../src/inbound/inbox/inbox-store.ts';
import type { HookStore } from '../../src/store/hook-store.ts';
import { ACCEPTED_AT as NOW, aDelivery } from '../support/deliveries.ts';
import { batchOf, scheduledAt, type StoreContext, type StoreFactory } from '../support/store.ts';

const HOUR = 3_600_000;
const ANSWER: RememberedAnswer = {
  statusCode: 201,
  contentType: 'application/json',
  body: Uint8Array.from(Buffer.from('{"accepted":true}')),
};

/** What every inbox promises. */
export function inboxStoreContract(name: string, open: StoreFactory): void {
  describe(`The inbox on ${name}`, function () {
    this.timeout(20_000);
    let context: StoreContext;
    let hookStore: HookStore;
    let inbox: InboxStore;
    /** Tests share a store, so each has a hook and ids of its own. */
    let hookId = '';
    let hookCount = 0;

    before(async () => {
      context = await open();
      use(context.store);
    });
    after(() => context.close());
    beforeEach(() => {
      hookCount += 1;
      hookId = `hook ${hookCount}`;
    });

    function use(store: HookStore): void {
      hookStore = store;
      inbox = store.inbox;
    }
    const reopen = async (): Promise<void> => use(await context.reopen());

    const idOf = (key: string): string => `${hookId}-${key}`;
    const eventOf = (key: string, fields: Partial<InboxEvent> = {}): InboxEvent => ({
      id: idOf(key),
      hookId,
      receivedAt: NOW,
      head: '{"method":"POST"}',
      body: Uint8Array.from(Buffer.from(`{"n":"${key}"}`)),
      ...fields,
    });
    const markOf = (key: string, fields: Partial<SeenMark> = {}): SeenMark => ({
      hookId,
      key: 'digest',
      eventId: idOf(key),
      expiresAt: NOW + HOUR,
      answer: ANSWER,
      ...fields,
    });
    const keep = (event: InboxEvent | undefined, mark?: SeenMark, now = NOW) =>
      inbox.keep({ event, mark, now });
    const keepAll = (...keys: string[]) => Promise.all(keys.map((key) => keep(eventOf(key))));
    /** The mark as the next event with its key finds it; undefined = it does not. Leaves nothing behind. */
    async function findMark(key = 'digest', now = NOW): Promise<SeenMark | undefined> {
      const probe = markOf('probe', { key, expiresAt: now + 1 });
      const result = await keep(undefined, probe, now);
      if (result.kind === 'duplicate') return result.first;
      await inbox.forgetMark(probe);
      return undefined;
    }
    const mine = (events: readonly OpenInboxEvent[]): OpenInboxEvent[] =>
      events.filter((event) => event.hookId === hookId);
    const listOpen = async (): Promise<OpenInboxEvent[]> =>
      mine(await inbox.listOpen({ afterSeq: 0, limit: 1000 }));
    const keysOf = (events: readonly OpenInboxEvent[]): string[] =>
      events.map(({ id }) => id.slice(hookId.length + 1));
    const openKeys = async (): Promise<string[]> => keysOf(await listOpen());
    const parkedKeys = async (limit = 100): Promise<string[]> =>
      keysOf(await inbox.listParked({ hookId, limit }));
    const parkedCount = async (): Promise<number> =>
      (await inbox.countParked()).find((one) => one.hookId === hookId)?.count ?? 0;

    describe('keep', () => {
      it('keeps an event exactly, never redelivered so far', async () => {
        const event = eventOf('1', { head: JSON.stringify({ text: '"\\\' \n\u0000 é 漢字 🙂' }) });
        assert.deepEqual(await keep(event), { kind: 'kept' });
        const [open, ...more] = await listOpen();
        assert.deepEqual(more, []);
        assert.deepEqual(open, { ...event, seq: open?.seq, redeliveries: 0 });
      });

      it('keeps the bytes of bodies and answers, also none, and leaves the caller its buffers', async () => {
        const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
        const [body, answerBody] = [Buffer.from(bytes), Buffer.from(bytes)];
        const kept = Promise.all([
          keep(eventOf('1', { body }), markOf('1', { answer: { ...ANSWER, body: answerBody } })),
          keep(eventOf('2', { body: Buffer.alloc(0) }), markOf('2', { key: 'other', answer: undefined })),
        ]);
        const answered = inbox.answerMark({
          ...markOf('2', { key: 'other' }),
          answer: { statusCode: 204, contentType: '', body: body.subarray(0, 0) },
        });
        body.fill(7);
        answerBody.fill(7);
        await Promise.all([kept, answered]);
        assert.equal(body.byteLength + answerBody.byteLength, 512);
        const [first, second] = await listOpen();
        assert.deepEqual(first?.body, bytes);
        assert.equal(second?.body.byteLength, 0);
        assert.deepEqual((await findMark())?.answer?.body, bytes);
        assert.deepEqual((await findMark('other'))?.answer, {
          statusCode: 204,
          contentType: '',
          body: Uint8Array.of(),
        });
      });

      it('rounds times to whole milliseconds, as clocks give fractions', async () => {
        await keep(eventOf('1', { receivedAt: NOW + 0.4 }), markOf('1', { expiresAt: NOW + 9.6 }), NOW + 0.2);
        assert.equal((await listOpen())[0]?.receivedAt, NOW);
        assert.equal((await findMark())?.expiresAt, NOW + 10);
      });

      it('keeps an event and its mark, or a mark alone, and gives the mark to who comes second', async () => {
        assert.deepEqual(await keep(eventOf('1'), markOf('1')), { kind: 'kept' });
        const alone = markOf('2', { key: 'alone', answer: undefined });
        assert.deepEqual(await keep(undefined, alone), { kind: 'kept' });
        assert.deepEqual(await keep(eventOf('3'), markOf('3')), { kind: 'duplicate', first: markOf('1') });
        assert.deepEqual(await keep(undefined, { ...alone, eventId: idOf('4') }), {
          kind: 'duplicate',
          first: alone,
        });
        assert.deepEqual(await openKeys(), ['1']);
      });

      it('changes nothing where it finds a mark', async () => {
        await keep(eventOf('1'), markOf('1'));
        await keep(eventOf('2'), markOf('2', { expiresAt: NOW + 2 * HOUR, answer: undefined }));
        assert.deepEqual(await openKeys(), ['1']);
        assert.deepEqual(await findMark(), markOf('1'));
      });

      it('tells marks of other keys and of other hooks apart', async () => {
        await keep(eventOf('1'), markOf('1'));
        const others = [markOf('2', { key: 'Digest' }), markOf('3', { hookId: `${hookId} too` })];
        for (const other of others) assert.deepEqual(await keep(undefined, other), { kind: 'kept' });
      });

      it('writes neither event nor mark where one of them is refused', async () => {
        await keep(eventOf('1'));
        await assert.rejects(keep(eventOf('1'), markOf('1')), { code: 'HOOK_STORE_ROW_REFUSED' });
        assert.equal(await findMark(), undefined);
        await assert.rejects(keep(eventOf('2'), markOf('2', { expiresAt: NaN })), {
          code: 'HOOK_STORE_ROW_REFUSED',
        });
        assert.deepEqual(await openKeys(), ['1']);
        await assert.rejects(keep(eventOf('3', { receivedAt: NaN }), markOf('3')), {
          code: 'HOOK_STORE_ROW_REFUSED',
        });
        assert.equal(await findMark(), undefined);
      });

      it('takes a mark that expires now for none, and puts the new one in its place', async () => {
        await keep(eventOf('1'), markOf('1'));
        const later = NOW + HOUR;
        const early = await keep(eventOf('2'), markOf('2'), later - 1);
        assert.equal(early.kind, 'duplicate');
        const second = markOf('2', { expiresAt: later + HOUR, answer: undefined });
        assert.deepEqual(await keep(eventOf('2'), second, later), { kind: 'kept' });
        assert.deepEqual(await openKeys(), ['1', '2']);
        assert.deepEqual(await findMark('digest', later), second);
      });

      it('lets one of many with the same mark through, made at the same time', async () => {
        const keys = Array.from({ length: 40 }, (_, index) => String(index));
        const results = await Promise.all(keys.map((key) => keep(eventOf(key), markOf(key))));
        assert.equal(results.filter(({ kind }) => kind === 'kept').length, 1);
        const winner = results.findIndex(({ kind }) => kind === 'kept');
        assert.deepEqual(await openKeys(), [String(winner)]);
        for (const result of results)
          if (result.kind === 'duplicate') assert.deepEqual(result.first, markOf(String(winner)));
      });

      it('lets a call fail alone among calls made at the same time', async () => {
        await keep(eventOf('0'));
        const keys = ['1', '2', '0', '3'];
        const results = await Promise.allSettled(keys.map((key) => keep(eventOf(key))));
        assert.deepEqual(
          results.map(({ status }) => status),
          ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
        );
        assert.deepEqual(await openKeys(), ['0', '1', '2', '3']);
      });

      it('shares a commit with other calls made at the same time, also with those of deliveries', async () => {
        const before = await hookStore.info();
        const keeping = Array.from({ length: 50 }, (_, index) => keep(eventOf(String(index))));
        const delivery = aDelivery(scheduledAt(NOW), { id: idOf('d'), eventId: idOf('e') });
        await Promise.all([...keeping, hookStore.deliveries.enqueue(batchOf([delivery]))]);
        const after = await hookStore.info();
        assert.equal(after.callCount - before.callCount, 51);
        assert.ok(after.commitCount - before.commitCount <= 2);
      });

      it('refuses what would wait with more than 64 MB, with the events of others counted', async () => {
        const body = Buffer.alloc(24 * 1024 * 1024);
        const results = await Promise.allSettled(
          ['1', '2', '3'].map((key) => keep(eventOf(key, { body }), markOf(key, { key }))),
        );
        const [, , refused] = results;
        assert.equal(refused?.status, 'rejected');
        assert.equal((refused.reason as { code?: string }).code, 'HOOK_STORE_OVERLOADED');
        assert.deepEqual(await openKeys(), ['1', '2']);
        assert.equal(await findMark('3'), undefined);
        await inbox.closeEvents([idOf('1'), idOf('2')]);
      });
    });

    describe('a mark', () => {
      const unanswered = () => markOf('1', { answer: undefined });

      it('takes an answer once, and only from its own event', async () => {
        await keep(undefined, unanswered());
        await inbox.answerMark({ ...markOf('2'), answer: ANSWER });
        assert.deepEqual(await findMark(), unanswered());
        await inbox.answerMark({ ...markOf('1'), answer: ANSWER });
        await inbox.answerMark({ ...markOf('1'), answer: { ...ANSWER, statusCode: 500 } });
        assert.deepEqual(await findMark(), markOf('1'));
      });

      it('keeps where an answer sends a browser, written with the mark or after it', async () => {
        const answer = { statusCode: 303, contentType: '', location: '/danke?für=1', body: Uint8Array.of() };
        await keep(undefined, markOf('1', { key: 'a', answer }));
        await keep(undefined, markOf('2', { key: 'b', answer: undefined }));
        await inbox.answerMark({ ...markOf('2', { key: 'b' }), answer });
        assert.deepEqual((await findMark('a'))?.answer, answer);
        assert.deepEqual((await findMark('b'))?.answer, answer);
        await keep(undefined, markOf('3', { key: 'a', answer: ANSWER }), NOW + HOUR);
        assert.deepEqual((await findMark('a'))?.answer, ANSWER);
      });

      it('that nobody knows takes no answer and leaves none behind', async () => {
        await inbox.answerMark({ ...markOf('1'), answer: ANSWER });
        assert.equal(await findMark(), undefined);
      });

      it('is taken back by its own event only, and leaves the event', async () => {
        await keep(eventOf('1'), markOf('1'));
        await inbox.forgetMark(markOf('2'));
        assert.deepEqual(await findMark(), markOf('1'));
        await inbox.forgetMark(markOf('1'));
        assert.equal(await findMark(), undefined);
        assert.deepEqual(await openKeys(), ['1']);
      });

      it('outlives its event', async () => {
        await keep(eventOf('1'), markOf('1'));
        await inbox.closeEvents([idOf('1')]);
        assert.deepEqual(await findMark(), markOf('1'));
      });

      it('without an answer is taken back with all others of its kind', async () => {
        await inbox.forgetUnansweredMarks();
        await keep(undefined, unanswered());
        await keep(undefined, markOf('2', { key: 'b', answer: undefined }));
        await keep(undefined, markOf('3', { key: 'c' }));
        assert.equal(await inbox.forgetUnansweredMarks(), 2);
        assert.equal(await findMark(), undefined);
        assert.deepEqual(await findMark('c'), markOf('3', { key: 'c' }));
        assert.equal(await inbox.forgetUnansweredMarks(), 0);
      });

      it('is dropped when it has expired, a limited number at a time, the oldest first', async () => {
        await inbox.dropExpiredMarks({ now: NOW, limit: 1000 });
        for (const index of [0, 1, 2, 3])
          await keep(
            undefined,
            markOf(String(index), { key: `k${index}`, expiresAt: NOW + 4 - index }),
            NOW - 1,
          );
        assert.equal(await inbox.dropExpiredMarks({ now: NOW + 3, limit: 2 }), 2);
        assert.equal(await findMark('k3', NOW - 1), undefined);
        assert.equal(await findMark('k2', NOW - 1), undefined);
        assert.equal((await findMark('k1', NOW - 1))?.expiresAt, NOW + 3);
        assert.equal(await inbox.dropExpiredMarks({ now: NOW + 3, limit: 2 }), 1);
        assert.equal(await inbox.dropExpiredMarks({ now: NOW + 3, limit: 2 }), 0);
        assert.equal((await findMark('k0', NOW - 1))?.expiresAt, NOW + 4);
      });
    });

    describe('an open event', () => {
      it('is listed with the others, oldest first, page by page', async () => {
        await keepAll('1', '2', '3', '4', '5');
        const all = await listOpen();
        assert.deepEqual(keysOf(all), ['1', '2', '3', '4', '5']);
        const afterSeq = all[1]!.seq;
        assert.deepEqual(keysOf(mine(await inbox.listOpen({ afterSeq, limit: 2 }))), ['3', '4']);
        assert.deepEqual(await inbox.listOpen({ afterSeq: all[4]!.seq, limit: 2 }), []);
      });

      it('has a greater number than every one before it, also after those are gone', async () => {
        await keepAll('1');
        const [first] = await listOpen();
        await inbox.closeEvents([idOf('1')]);
        await keepAll('2');
        const [second] = await listOpen();
        assert.ok(second!.seq > first!.seq);
      });

      it('is gone when it is closed; closing what is not there does nothing', async () => {
        await keepAll('1', '2', '3');
        await inbox.closeEvents([idOf('1'), idOf('3'), 'nobody']);
        await inbox.closeEvents([idOf('1')]);
        await inbox.closeEvents([]);
        assert.deepEqual(await openKeys(), ['2']);
      });

      it('counts its redeliveries', async () => {
        await keepAll('1', '2');
        await inbox.countRedeliveries([idOf('1'), idOf('2')]);
        await inbox.countRedeliveries([idOf('1'), 'nobody']);
        assert.deepEqual(
          (await listOpen()).map(({ redeliveries }) => redeliveries),
          [2, 1],
        );
      });
    });

    describe('a parked event', () => {
      it('is not among those that are redelivered, but counted and listed beside its hook', async () => {
        await keepAll('1', '2', '3');
        await inbox.countRedeliveries([idOf('1')]);
        await inbox.park([idOf('1'), idOf('3'), 'nobody']);
        assert.deepEqual(await openKeys(), ['2']);
        assert.equal(await parkedCount(), 2);
        assert.deepEqual(await parkedKeys(), ['1', '3']);
        assert.deepEqual(await parkedKeys(1), ['1']);
        const [event] = await inbox.listParked({ hookId, limit: 1 });
        assert.deepEqual(event, { ...eventOf('1'), seq: event?.seq, redeliveries: 1 });
      });

      it('is open again when a person wants that, its redeliveries counted from 0', async () => {
        await keepAll('1', '2', '3');
        await inbox.countRedeliveries([idOf('1')]);
        await inbox.park(['1', '2', '3'].map(idOf));
        assert.equal(await inbox.unpark({ hookId, limit: 2 }), 2);
        assert.deepEqual(await parkedKeys(), ['3']);
        const open = await listOpen();
        assert.deepEqual(keysOf(open), ['1', '2']);
        assert.equal(open[0]?.redeliveries, 0);
        assert.equal(await inbox.unpark({ hookId, limit: 2 }), 1);
        assert.equal(await inbox.unpark({ hookId, limit: 2 }), 0);
        assert.equal(await parkedCount(), 0);
      });

      it('is gone when a person drops it; what is open stays', async () => {
        await keepAll('1', '2', '3', '4');
        await inbox.park(['1', '2', '3'].map(idOf));
        assert.equal(await inbox.dropParked({ hookId, limit: 2 }), 2);
        assert.deepEqual(await parkedKeys(), ['3']);
        assert.deepEqual(await openKeys(), ['4']);
        assert.equal(await inbox.dropParked({ hookId, limit: 2 }), 1);
        assert.equal(await inbox.dropParked({ hookId, limit: 2 }), 0);
      });

      it('belongs to its hook: another is neither run nor dropped with it', async () => {
        await keepAll('1');
        await inbox.park([idOf('1')]);
        const another = { hookId: `${hookId} too`, limit: 10 };
        assert.equal(await inbox.unpark(another), 0);
        assert.equal(await inbox.dropParked(another), 0);
        assert.deepEqual(await inbox.listParked(another), []);
        assert.equal(await parkedCount(), 1);
      });

      it('is gone when it is closed', async () => {
        await keepAll('1');
        await inbox.park([idOf('1')]);
        await inbox.closeEvents([idOf('1')]);
        assert.equal(await parkedCount(), 0);
      });
    });

    it('keeps everything over a restart', async () => {
      await keepAll('1', '2', '3');
      await keep(undefined, markOf('1'));
      await keep(undefined, markOf('2', { key: 'open', answer: undefined }));
      await inbox.countRedeliveries([idOf('2')]);
      await inbox.park([idOf('3')]);
      const open = await listOpen();
      const parked = await inbox.listParked({ hookId, limit: 10 });
      await reopen();
      assert.deepEqual(await listOpen(), open);
      assert.deepEqual(await inbox.listParked({ hookId, limit: 10 }), parked);
      assert.deepEqual(await findMark(), markOf('1'));
      assert.deepEqual(await findMark('open'), markOf('2', { key: 'open', answer: undefined }));
    });
  });
}
