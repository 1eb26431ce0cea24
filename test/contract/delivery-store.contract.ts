import assert from 'node:assert/strict';
import {
  askResend,
  begin,
  finish,
  giveUp,
  interrupt,
  isDue,
  type AttemptOutcome,
  type Delivery,
  type DeliveryState,
  type Resting,
  type Sending,
} from '../../src/delivery/delivery.ts';
import type { Claimed, DeliveryEvent, DeliveryStore, Settlement } from '../../src/delivery/delivery-store.ts';
import type { HookStore } from '../../src/store/hook-store.ts';
import { ACCEPTED_AT, aDelivery, anEvent } from '../support/deliveries.ts';
import {
  anAttempt,
  aSending,
  batchOf,
  scheduledAt,
  type StoreContext,
  type StoreFactory,
} from '../support/store.ts';

const NOW = ACCEPTED_AT + 60_000;
const LATER = NOW + 60_000;

const RESTING: Readonly<Record<string, Resting>> = {
  'scheduled and due': scheduledAt(NOW),
  'scheduled for later': scheduledAt(LATER),
  waiting: { kind: 'waiting', reason: 'circuit-open', waitingSince: ACCEPTED_AT },
  succeeded: { kind: 'succeeded', finishedAt: ACCEPTED_AT },
  failed: {
    kind: 'failed',
    finishedAt: ACCEPTED_AT,
    reason: 'attempts-used-up',
    message: 'The receiver answered 500.',
  },
};

const OUTCOMES: Readonly<Record<string, AttemptOutcome>> = {
  succeeded: { kind: 'succeeded', statusCode: 201, response: 'made' },
  'failed for now': {
    kind: 'failed',
    statusCode: 500,
    response: 'oops',
    retryable: true,
    message: 'It answered 500.',
  },
  'failed for good': { kind: 'failed', response: '', retryable: false, message: 'No such host.' },
};

/** What every delivery store promises. */
export function deliveryStoreContract(name: string, open: StoreFactory): void {
  describe(`The delivery store on ${name}`, function () {
    this.timeout(20_000);
    let context: StoreContext;
    let hookStore: HookStore;
    let store: DeliveryStore;
    /** Tests share a store, so each has an endpoint, a node and ids of its own. */
    let scope = '';
    let scopeCount = 0;

    before(async () => {
      context = await open();
      hookStore = context.store;
      store = hookStore.deliveries;
    });
    after(() => context.close());
    beforeEach(() => {
      scopeCount += 1;
      scope = `s${scopeCount}`;
    });

    const scoped = <State extends DeliveryState>(
      key: string,
      state: State,
      fields: Partial<Omit<Delivery, 'state'>> = {},
    ): Delivery<State> => aDelivery(state, { ...idsOf(key), ...fields });

    const idsOf = (key: string) => ({
      id: `${scope}-d-${key}`,
      eventId: `${scope}-e-${key}`,
      webhookId: `msg_${scope}_${key}`,
      endpointId: scope,
      nodeId: `${scope}-out`,
    });

    const enqueue = (...deliveries: Delivery[]): Promise<void> => store.enqueue(batchOf(deliveries));
    const stored = async (id: string): Promise<Delivery | undefined> =>
      (await hookStore.log.find(id))?.delivery;
    const claim = (limit = 10, now = NOW, ordered = false) =>
      store.claim({ endpointId: scope, now, limit, ordered });
    const claimedIds = async (limit?: number, now?: number, ordered?: boolean): Promise<string[]> =>
      (await claim(limit, now, ordered)).claimed.map(({ delivery }) => delivery.id.slice(scope.length + 3));
    const claimOne = async (): Promise<Claimed> => {
      const { claimed } = await claim(1);
      assert.equal(claimed.length, 1);
      return claimed[0]!;
    };
    const settlementOf = (
      delivery: Delivery<Sending>,
      outcome: AttemptOutcome = OUTCOMES['succeeded']!,
      report = false,
    ): Settlement => ({
      delivery: finish(delivery, outcome, { now: LATER, retryDelay: () => 1000 }),
      attempt: anAttempt({
        number: delivery.state.number,
        manual: delivery.state.manual,
        outcome: outcome.kind,
      }),
      report,
    });
    const backlog = async () => (await store.listBacklogs()).find(({ endpointId }) => endpointId === scope);
    const reports = (limit = 100) => store.listReports({ nodeIds: [`${scope}-out`], limit });

    describe('enqueue', () => {
      for (const [title, state] of Object.entries(RESTING))
        it(`keeps a delivery that is ${title}, exactly`, async () => {
          const delivery = scoped('1', state, {
            attempts: 3,
            charged: 2,
            interrupted: 1,
            lastResponseCode: 500,
          });
          await enqueue(delivery);
          assert.deepEqual(await stored(delivery.id), delivery);
        });

      it('keeps a delivery whose first attempt is under way', async () => {
        const delivery = aSending(idsOf('1'));
        await enqueue(delivery);
        assert.deepEqual(await stored(delivery.id), delivery);
        assert.deepEqual(await claimedIds(), []);
      });

      it('keeps texts as they are, with quotes, line feeds, NUL and any script', async () => {
        const text = '"\\\' \n\r\t\u0000 é 漢字 🙂 {{a.b}} ${X} <b>';
        const delivery = scoped('1', RESTING['waiting']!, {
          listeningPost: text,
          endpointName: text,
          lastResponse: text,
        });
        await store.enqueue(batchOf([delivery], { values: JSON.stringify({ text }) }));
        const entry = await hookStore.log.find(delivery.id);
        assert.deepEqual(entry?.delivery, delivery);
        assert.equal(entry.event.values, JSON.stringify({ text }));
      });

      it('keeps the headers of an event in their order, and that there are none', async () => {
        const headers: DeliveryEvent['headers'] = [
          ['Idempotency-Key', '{{delivery.id}}'],
          ['X-Quoted', '"\\\' é [",]'],
        ];
        const [some, none] = [scoped('1', scheduledAt(NOW)), scoped('2', scheduledAt(NOW))];
        await store.enqueue(batchOf([some], { headers }));
        await enqueue(none);
        assert.deepEqual((await hookStore.log.find(some.id))?.event.headers, headers);
        assert.deepEqual((await hookStore.log.find(none.id))?.event.headers, []);
        const { claimed } = await claim();
        assert.deepEqual(
          claimed.map(({ event }) => event.headers),
          [headers, []],
        );
      });

      it('keeps the bytes of a body, also none, and leaves the caller its buffer', async () => {
        const all = Buffer.from(Uint8Array.from({ length: 256 }, (_, index) => index));
        const [full, empty] = [scoped('1', scheduledAt(NOW)), scoped('2', scheduledAt(NOW))];
        const events = [
          anEvent({ id: full.eventId, body: all }),
          anEvent({ id: empty.eventId, body: Buffer.alloc(0), contentType: '' }),
        ];
        const accepted = store.enqueue({ events, deliveries: [full, empty] });
        all.fill(7);
        await accepted;
        assert.equal(all.byteLength, 256);
        const body = (await hookStore.log.find(full.id))?.event.body;
        assert.deepEqual(
          [...body!],
          Array.from({ length: 256 }, (_, index) => index),
        );
        assert.equal((await hookStore.log.find(empty.id))?.event.body.byteLength, 0);
      });

      it('shares an event among the deliveries of a message', async () => {
        const deliveries = [
          scoped('1', scheduledAt(NOW)),
          { ...scoped('2', scheduledAt(NOW)), eventId: `${scope}-e-1` },
        ];
        await store.enqueue({ events: [anEvent({ id: `${scope}-e-1` })], deliveries });
        const { claimed } = await claim();
        assert.deepEqual(
          claimed.map(({ delivery, event }) => [delivery.id, event.id]),
          deliveries.map(({ id }) => [id, `${scope}-e-1`]),
        );
      });

      it('is all or nothing: an id that is there already refuses the whole batch', async () => {
        const first = scoped('1', scheduledAt(NOW));
        await enqueue(first);
        const batch = batchOf([
          scoped('2', scheduledAt(NOW)),
          { ...scoped('3', scheduledAt(NOW)), id: first.id },
        ]);
        await assert.rejects(store.enqueue(batch), { code: 'HOOK_STORE_ROW_REFUSED' });
        assert.equal(await stored(`${scope}-d-2`), undefined);
        assert.equal((await backlog())?.openCount, 1);
      });

      it('refuses a delivery without an event, and one with a time that is no number', async () => {
        const delivery = scoped('1', scheduledAt(NOW));
        const events = [anEvent({ id: 'another' })];
        await assert.rejects(store.enqueue({ events, deliveries: [delivery] }), {
          code: 'HOOK_STORE_ROW_REFUSED',
        });
        await assert.rejects(enqueue({ ...delivery, createdAt: NaN }), { code: 'HOOK_STORE_ROW_REFUSED' });
        assert.equal(await backlog(), undefined);
      });

      it('rounds times to whole milliseconds, as jitter and clocks give fractions', async () => {
        const delivery = scoped('1', scheduledAt(NOW + 0.4));
        await enqueue(delivery);
        assert.deepEqual((await stored(delivery.id))?.state, scheduledAt(NOW));
      });

      it('adds a report for a delivery that arrives failed', async () => {
        const delivery = scoped('1', RESTING['failed']!);
        await enqueue(delivery, scoped('2', scheduledAt(NOW)));
        const [report, ...more] = await reports();
        assert.deepEqual(more, []);
        assert.deepEqual(report?.delivery, delivery);
        assert.equal(report.attempt, undefined);
      });

      it('lets a call fail alone among calls made at the same time', async () => {
        await enqueue(scoped('0', scheduledAt(NOW)));
        const results = await Promise.allSettled(
          Array.from({ length: 30 }, (_, index) =>
            enqueue(scoped(String(index % 10 === 3 ? 0 : index + 1), scheduledAt(NOW))),
          ),
        );
        assert.deepEqual(
          results.flatMap(({ status }, index) => (status === 'rejected' ? [index] : [])),
          [3, 13, 23],
        );
        assert.equal((await backlog())?.openCount, 28);
      });
    });

    describe('listByRequest', () => {
      const accept = (requestId: string | undefined, ...deliveries: Delivery[]) =>
        store.enqueue({ ...batchOf(deliveries), requestId });
      const found = async (requestId: string, nodeId = `${scope}-out`) =>
        (await store.listByRequest({ requestId, nodeId })).map(({ id }) => id.slice(scope.length + 3));

      it('gives what an out node had accepted for a request, in that order', async () => {
        const shared = scoped('1', RESTING['succeeded']!);
        await store.enqueue({
          events: [anEvent({ id: shared.eventId })],
          deliveries: [shared, { ...scoped('0', RESTING['failed']!), eventId: shared.eventId }],
          requestId: scope,
        });
        await accept(scope, aSending(idsOf('2')));
        assert.deepEqual(await found(scope), ['1', '0', '2']);
        const [first] = await store.listByRequest({ requestId: scope, nodeId: `${scope}-out` });
        const { id, webhookId, endpointId } = shared;
        assert.deepEqual(first, { id, webhookId, endpointId });
      });

      it('gives nothing of other out nodes, of other requests, and of none', async () => {
        await accept(scope, scoped('1', scheduledAt(NOW)));
        await accept(`${scope} too`, scoped('2', scheduledAt(NOW)));
        await accept(undefined, scoped('3', scheduledAt(NOW)));
        assert.deepEqual(await found(scope, `${scope}-other`), []);
        assert.deepEqual(await found('nobody'), []);
        assert.deepEqual(await found(scope), ['1']);
      });

      it('finds what was enqueued just before, and nothing of what was refused', async () => {
        const one = scoped('1', scheduledAt(NOW));
        const accepted = accept(scope, one);
        const refused = assert.rejects(accept(scope, scoped('2', scheduledAt(NOW)), one));
        assert.deepEqual(await found(scope), ['1']);
        await Promise.all([accepted, refused]);
      });
    });

    describe('claim', () => {
      for (const [title, state] of Object.entries(RESTING))
        for (const resends of [0, 1, 2])
          for (const ordered of [false, true])
            it(`does what the pure moves say with one ${title}, ${resends} resends asked, ${ordered ? 'in order' : 'in any order'}`, async () => {
              const delivery = scoped('1', state, { resends, attempts: 2, charged: 1, interrupted: 1 });
              await enqueue(delivery);
              const { claimed } = await claim(5, NOW, ordered);
              const expected = isDue(delivery, NOW) ? [begin(delivery, NOW)] : [];
              assert.deepEqual(
                claimed.map((one) => one.delivery),
                expected,
              );
              assert.deepEqual(await stored(delivery.id), expected[0] ?? delivery);
            });

      it('gives the event with its body', async () => {
        const delivery = scoped('1', scheduledAt(NOW));
        const event = anEvent({ id: delivery.eventId, webhookId: delivery.webhookId });
        await store.enqueue({ events: [event], deliveries: [delivery] });
        const claimed = await claimOne();
        assert.deepEqual(claimed.event, { ...event, body: Uint8Array.from(event.body) });
      });

      it('takes resends first, then by due time, and no more than the limit', async () => {
        await enqueue(
          scoped('late', scheduledAt(NOW - 1)),
          scoped('early', scheduledAt(NOW - 2)),
          scoped('resent', RESTING['failed']!, { resends: 1 }),
          scoped('not yet', scheduledAt(LATER)),
        );
        assert.deepEqual(await claimedIds(2), ['resent', 'early']);
        assert.deepEqual(await claimedIds(2), ['late']);
      });

      it('takes resends last where it is asked to', async () => {
        await enqueue(
          scoped('resent', RESTING['failed']!, { resends: 1 }),
          scoped('late', scheduledAt(NOW - 1)),
          scoped('early', scheduledAt(NOW - 2)),
        );
        const request = { endpointId: scope, now: NOW, ordered: false, resends: 'last' } as const;
        const ids = async (limit: number) =>
          (await store.claim({ ...request, limit })).claimed.map(({ delivery }) => delivery.id);
        assert.deepEqual(await ids(1), [idsOf('early').id]);
        assert.deepEqual(await ids(2), [idsOf('late').id, idsOf('resent').id]);
      });

      it('takes nothing twice, however many ask at once', async () => {
        await enqueue(...Array.from({ length: 40 }, (_, index) => scoped(String(index), scheduledAt(NOW))));
        const claims = await Promise.all(Array.from({ length: 8 }, () => claimedIds(7)));
        assert.equal(new Set(claims.flat()).size, 40);
        assert.equal(claims.flat().length, 40);
      });

      it('takes nothing of another endpoint', async () => {
        await enqueue({ ...scoped('1', scheduledAt(NOW)), endpointId: `${scope}-other` });
        assert.deepEqual(await claimedIds(), []);
      });

      it('says when something more is due: not what is being sent, nor what waits', async () => {
        await enqueue(scoped('1', scheduledAt(NOW)), scoped('2', RESTING['waiting']!));
        assert.equal((await claim(0)).nextDueAt, NOW);
        assert.equal((await claim(1)).nextDueAt, undefined);
        await enqueue(scoped('3', scheduledAt(LATER + 1)), scoped('4', scheduledAt(LATER)));
        assert.equal((await claim()).nextDueAt, LATER);
        await store.askResend({ id: `${scope}-d-2`, now: NOW });
        assert.equal((await claim(0)).nextDueAt, NOW);
      });

      describe('in order', () => {
        it('takes the oldest only, and nothing while that is being sent', async () => {
          await enqueue(scoped('1', scheduledAt(NOW)), scoped('2', scheduledAt(NOW - 5)));
          assert.deepEqual(await claimedIds(5, NOW, true), ['1']);
          assert.deepEqual(await claimedIds(5, NOW, true), []);
        });

        it('goes on with the next when the oldest is done', async () => {
          await enqueue(scoped('1', scheduledAt(NOW)), scoped('2', scheduledAt(NOW - 5)));
          const first = await claim(1, NOW, true);
          assert.equal(first.nextDueAt, NOW - 5);
          await store.settle(settlementOf(first.claimed[0]!.delivery));
          assert.deepEqual(await claimedIds(5, NOW, true), ['2']);
        });

        it('knows no time for the next while the oldest is being sent', async () => {
          await enqueue(scoped('1', scheduledAt(NOW)), scoped('2', scheduledAt(NOW - 5)));
          await claim(1, NOW, true);
          assert.deepEqual(await claim(1, NOW, true), { claimed: [], nextDueAt: undefined });
        });

        it('takes the one accepted first of those of one moment', async () => {
          await enqueue(scoped('b', scheduledAt(NOW)), scoped('a', scheduledAt(NOW)));
          assert.deepEqual(await claimedIds(5, NOW, true), ['b']);
        });

        it('waits for the oldest to fall due, and says when that is', async () => {
          await enqueue(scoped('1', scheduledAt(LATER)), scoped('2', scheduledAt(NOW)));
          const { claimed, nextDueAt } = await claim(5, NOW, true);
          assert.deepEqual(claimed, []);
          assert.equal(nextDueAt, LATER);
          assert.deepEqual(await claimedIds(5, LATER, true), ['1']);
        });

        it('waits while the oldest is held', async () => {
          await enqueue(scoped('1', RESTING['waiting']!), scoped('2', scheduledAt(NOW)));
          assert.deepEqual(await claim(5, NOW, true), { claimed: [], nextDueAt: undefined });
        });

        it('passes by what is closed, and a resend passes by order', async () => {
          await enqueue(
            scoped('1', RESTING['failed']!),
            scoped('2', scheduledAt(NOW)),
            scoped('3', RESTING['succeeded']!, { resends: 1 }),
          );
          assert.deepEqual(await claimedIds(5, NOW, true), ['3', '2']);
        });
      });
    });

    describe('settle', () => {
      for (const [title, state] of Object.entries(RESTING))
        for (const resends of [0, 1])
          for (const [ending, outcome] of Object.entries(OUTCOMES)) {
            const delivery = aDelivery(state, { resends });
            if (!isDue(delivery, NOW)) continue;
            it(`ends an attempt as the pure moves say: one ${title}, ${resends} resends, ${ending}`, async () => {
              await enqueue({ ...delivery, ...idsOf('1') });
              const claimed = await claimOne();
              const settlement = settlementOf(claimed.delivery, outcome);
              const settled = await store.settle(settlement);
              assert.deepEqual(settled, { delivery: settlement.delivery, reportId: undefined });
              assert.deepEqual(await hookStore.log.find(settlement.delivery.id), {
                delivery: settlement.delivery,
                event: claimed.event,
                attempts: [settlement.attempt],
              });
            });
          }

      for (const resends of [0, 2])
        for (const interrupted of [0, 5])
          it(`ends an interrupted attempt as the pure move says: ${resends} resends, ${interrupted} interrupted before`, async () => {
            await enqueue(scoped('1', scheduledAt(NOW), { resends, interrupted }));
            const { delivery } = await claimOne();
            const next = interrupt(delivery, LATER);
            const attempt = anAttempt({
              manual: delivery.state.manual,
              outcome: 'interrupted',
              durationMs: undefined,
              statusCode: undefined,
              request: undefined,
            });
            assert.deepEqual(
              (await store.settle({ delivery: next, attempt, report: false }))?.delivery,
              next,
            );
            const entry = await hookStore.log.find(delivery.id);
            assert.deepEqual(entry?.delivery, next);
            assert.deepEqual(entry.attempts, [attempt]);
          });

      it('changes nothing the second time', async () => {
        await enqueue(scoped('1', scheduledAt(NOW)));
        const { delivery } = await claimOne();
        const both = await Promise.all([
          store.settle(settlementOf(delivery, OUTCOMES['succeeded'], true)),
          store.settle(settlementOf(delivery, OUTCOMES['failed for good'], true)),
        ]);
        assert.equal(both[0]?.delivery.state.kind, 'succeeded');
        assert.equal(both[1], undefined);
        assert.equal((await stored(delivery.id))?.state.kind, 'succeeded');
        assert.equal((await reports()).length, 1);
      });

      it('changes nothing where a later attempt is under way, or none, or there is no such delivery', async () => {
        await enqueue(scoped('1', scheduledAt(NOW)));
        const { delivery } = await claimOne();
        const late = settlementOf(delivery);
        await store.settle(settlementOf(delivery, OUTCOMES['failed for now']));
        assert.equal(await store.settle(late), undefined);
        const second = (await claim(1, LATER + 1000)).claimed[0]!.delivery;
        assert.equal(second.state.number, 2);
        assert.equal(await store.settle(late), undefined);
        assert.deepEqual(await stored(delivery.id), second);
        const unknown = { ...late, delivery: { ...late.delivery, id: 'nobody' } };
        assert.equal(await store.settle(unknown), undefined);
      });

      it('keeps resends that were asked while the attempt was under way', async () => {
        await enqueue(scoped('1', scheduledAt(NOW)));
        const { delivery } = await claimOne();
        assert.deepEqual(await store.askResend({ id: delivery.id, now: NOW }), askResend(delivery));
        const settled = await store.settle(settlementOf(delivery));
        assert.equal(settled?.delivery.resends, 1);
        assert.equal((await claimOne()).delivery.state.manual, true);
      });

      it('keeps another endpoint that was given while the attempt was under way', async () => {
        await enqueue(scoped('1', scheduledAt(NOW)));
        const { delivery } = await claimOne();
        await store.askResend({ id: delivery.id, now: NOW, endpoint: { id: `${scope}-b`, name: 'B' } });
        const settled = await store.settle(settlementOf(delivery));
        assert.equal(settled?.delivery.endpointId, `${scope}-b`);
        assert.equal(settled.delivery.endpointName, 'B');
      });

      it('leaves what a resend left as it was released or held meanwhile', async () => {
        await enqueue(
          scoped('held', scheduledAt(LATER), { resends: 1 }),
          scoped('released', RESTING['waiting']!, { resends: 1 }),
        );
        const { claimed } = await claim();
        assert.equal(claimed.length, 2);
        await store.release({ endpointId: scope, now: NOW });
        await store.settle(settlementOf(claimed[1]!.delivery, OUTCOMES['failed for now']));
        assert.deepEqual((await stored(`${scope}-d-released`))?.state, scheduledAt(NOW));
        await store.hold({ endpointId: scope, reason: 'endpoint-off', now: NOW });
        const settled = await store.settle(settlementOf(claimed[0]!.delivery, OUTCOMES['failed for now']));
        assert.deepEqual(settled?.delivery.state, {
          kind: 'waiting',
          reason: 'endpoint-off',
          waitingSince: NOW,
        });
      });

      it('adds a report that tells of the attempt', async () => {
        await enqueue(scoped('1', scheduledAt(NOW)));
        const { delivery, event } = await claimOne();
        const settlement = settlementOf(delivery, OUTCOMES['failed for good'], true);
        const settled = await store.settle(settlement);
        assert.deepEqual(await reports(), [
          {
            id: settled?.reportId,
            delivery: settlement.delivery,
            event,
            attempt: settlement.attempt,
            createdAt: settlement.delivery.lastActivityAt,
          },
        ]);
      });
    });

    describe('findInterrupted', () => {
      it('lists attempts under way, oldest first, no more than the limit', async () => {
        await enqueue(aSending(idsOf('1')), scoped('2', scheduledAt(NOW)), aSending(idsOf('3')));
        const found = (await store.findInterrupted(1000)).filter(({ endpointId }) => endpointId === scope);
        assert.deepEqual(found, [aSending(idsOf('1')), aSending(idsOf('3'))]);
        assert.equal((await store.findInterrupted(1)).length, 1);
      });
    });

    describe('askResend', () => {
      for (const [title, state] of Object.entries(RESTING))
        it(`notes it on a delivery that is ${title}`, async () => {
          const delivery = scoped('1', state);
          await enqueue(delivery);
          const asked = await store.askResend({ id: delivery.id, now: NOW });
          assert.deepEqual(asked, askResend(delivery));
          assert.deepEqual(await stored(delivery.id), asked);
          assert.equal((await claimOne()).delivery.state.manual, true);
        });

      it('moves the delivery to another endpoint', async () => {
        await enqueue(scoped('1', RESTING['failed']!));
        const endpoint = { id: `${scope}-b`, name: 'B' };
        const asked = await store.askResend({ id: `${scope}-d-1`, now: NOW, endpoint });
        assert.deepEqual([asked?.endpointId, asked?.endpointName], [endpoint.id, 'B']);
        assert.deepEqual(await claimedIds(), []);
        const moved = await store.claim({ endpointId: endpoint.id, now: NOW, limit: 1, ordered: false });
        assert.equal(moved.claimed.length, 1);
      });

      it('answers undefined where there is no such delivery', async () => {
        assert.equal(await store.askResend({ id: 'nobody', now: NOW }), undefined);
      });
    });

    describe('askResends', () => {
      let ids: string[];
      beforeEach(() => (ids = ['1', '2', '3'].map((one) => idsOf(one).id)));
      const resendsOf = async () => Promise.all(ids.map(async (id) => (await stored(id))?.resends));

      it('notes one on each that is there, and doubles none', async () => {
        await enqueue(...['1', '2', '3'].map((one) => scoped(one, RESTING['failed']!)));
        await store.askResend({ id: ids[0]!, now: NOW });
        assert.deepEqual(await store.askResends({ ids: [...ids, 'nobody'] }), [scope, scope, scope]);
        assert.deepEqual(await resendsOf(), [1, 1, 1]);
        await store.askResends({ ids });
        assert.deepEqual(await resendsOf(), [1, 1, 1]);
        assert.equal((await claimedIds()).length, 3);
        assert.deepEqual(await store.askResends({ ids: [] }), []);
      });

      it('notes one more on those under way', async () => {
        await enqueue(aSending(idsOf('1')));
        assert.deepEqual(await store.askResends({ ids }), [scope]);
        assert.equal((await stored(ids[0]!))?.resends, 1);
      });

      it('moves them to another endpoint', async () => {
        await enqueue(scoped('1', RESTING['failed']!), scoped('2', RESTING['waiting']!));
        const endpoint = { id: `${scope}-b`, name: 'B' };
        assert.deepEqual(await store.askResends({ ids, endpoint }), [endpoint.id, endpoint.id]);
        assert.deepEqual(await claimedIds(), []);
        const moved = await store.claim({ endpointId: endpoint.id, now: NOW, limit: 5, ordered: false });
        assert.deepEqual(
          moved.claimed.map(({ delivery }) => delivery.endpointName),
          ['B', 'B'],
        );
      });
    });

    describe('listBacklogs', () => {
      it('counts what is scheduled, sending and waiting, and names the earliest due time', async () => {
        await enqueue(
          scoped('1', scheduledAt(LATER)),
          scoped('2', scheduledAt(LATER - 1)),
          scoped('3', RESTING['waiting']!),
          aSending(idsOf('4')),
          scoped('5', RESTING['failed']!),
          scoped('6', RESTING['succeeded']!),
        );
        assert.deepEqual(await backlog(), { endpointId: scope, nextDueAt: LATER - 1, openCount: 4 });
      });

      it('has no due time where all wait, and leaves out what is closed', async () => {
        await enqueue(scoped('1', RESTING['waiting']!));
        assert.deepEqual(await backlog(), { endpointId: scope, nextDueAt: undefined, openCount: 1 });
        await store.giveUp({ endpointId: scope, reason: 'expired', message: 'Over.', now: NOW, limit: 10 });
        assert.equal(await backlog(), undefined);
      });

      it('names an endpoint with a resend to make as due', async () => {
        await enqueue(scoped('1', RESTING['failed']!));
        await store.askResend({ id: `${scope}-d-1`, now: NOW });
        const { nextDueAt, openCount } = (await backlog())!;
        assert.equal(openCount, 0);
        assert.ok(nextDueAt !== undefined && nextDueAt <= NOW);
      });
    });

    describe('hold and release', () => {
      it('hold what is scheduled, and let go of it', async () => {
        await enqueue(
          scoped('1', scheduledAt(NOW)),
          scoped('2', scheduledAt(LATER)),
          scoped('3', RESTING['failed']!),
        );
        await enqueue(aSending(idsOf('4')));
        assert.equal(await store.hold({ endpointId: scope, reason: 'endpoint-off', now: NOW }), 2);
        assert.deepEqual((await stored(`${scope}-d-1`))?.state, {
          kind: 'waiting',
          reason: 'endpoint-off',
          waitingSince: NOW,
        });
        assert.deepEqual(await claim(), { claimed: [], nextDueAt: undefined });
        assert.equal((await stored(`${scope}-d-4`))?.state.kind, 'sending');
        assert.equal(await store.release({ endpointId: scope, now: LATER }), 2);
        assert.deepEqual(await claimedIds(10, LATER), ['1', '2']);
      });

      it('do so with more than fit in one commit', async () => {
        await enqueue(...Array.from({ length: 2500 }, (_, index) => scoped(String(index), scheduledAt(NOW))));
        assert.equal(await store.hold({ endpointId: scope, reason: 'endpoint-off', now: NOW }), 2500);
        assert.equal(await store.release({ endpointId: scope, now: NOW }), 2500);
      });

      it('leave what waits already with its reason, and another endpoint alone', async () => {
        await enqueue(scoped('1', RESTING['waiting']!));
        await enqueue({ ...scoped('2', scheduledAt(NOW)), endpointId: `${scope}-b` });
        assert.equal(await store.hold({ endpointId: scope, reason: 'endpoint-off', now: NOW }), 0);
        assert.deepEqual((await stored(`${scope}-d-1`))?.state, RESTING['waiting']);
        assert.deepEqual((await stored(`${scope}-d-2`))?.state, scheduledAt(NOW));
      });
    });

    describe('giveUp', () => {
      const request = { reason: 'endpoint-removed', message: 'It is gone.', now: NOW } as const;

      it('fails what is open and not being sent, as the pure move says, each with a report', async () => {
        const open = [scoped('1', scheduledAt(NOW)), scoped('2', RESTING['waiting']!, { resends: 1 })];
        await enqueue(...open, scoped('3', RESTING['succeeded']!), aSending(idsOf('4')));
        assert.equal(await store.giveUp({ endpointId: scope, ...request, limit: 10 }), 2);
        const expected = open.map((delivery: Delivery<Resting>) => giveUp(delivery, request));
        const told = await reports();
        assert.deepEqual(
          told.map(({ delivery, attempt }) => [delivery, attempt]),
          expected.map((delivery) => [delivery, undefined]),
        );
        assert.deepEqual(await stored(`${scope}-d-1`), expected[0]);
        assert.deepEqual(await stored(`${scope}-d-2`), expected[1]);
        assert.equal((await stored(`${scope}-d-3`))?.state.kind, 'succeeded');
        assert.equal((await stored(`${scope}-d-4`))?.state.kind, 'sending');
      });

      it('takes no more than the limit, the oldest first', async () => {
        await enqueue(...['1', '2', '3'].map((key) => scoped(key, scheduledAt(NOW))));
        assert.equal(await store.giveUp({ endpointId: scope, ...request, limit: 2 }), 2);
        assert.equal(await store.giveUp({ endpointId: scope, ...request, limit: 2 }), 1);
        assert.equal(await store.giveUp({ endpointId: scope, ...request, limit: 2 }), 0);
        assert.deepEqual(
          (await reports()).map(({ delivery }) => delivery.id),
          ['1', '2', '3'].map((key) => `${scope}-d-${key}`),
        );
      });

      it('with a time, fails only what has waited since before it', async () => {
        const waiting = (waitingSince: number): Resting => ({
          kind: 'waiting',
          reason: 'endpoint-off',
          waitingSince,
        });
        await enqueue(scoped('1', waiting(99)), scoped('2', waiting(100)), scoped('3', scheduledAt(1)));
        assert.equal(await store.giveUp({ endpointId: scope, ...request, waitingBefore: 100, limit: 10 }), 1);
        assert.equal((await stored(`${scope}-d-1`))?.state.kind, 'failed');
        assert.equal((await stored(`${scope}-d-2`))?.state.kind, 'waiting');
      });
    });

    describe('markMissing', () => {
      it('keeps the time noted first, until the endpoint is there again', async () => {
        const mark = (missingSince: number | undefined) =>
          store.markMissing({ endpointId: scope, missingSince });
        assert.equal(await mark(undefined), undefined);
        assert.equal(await mark(5), 5);
        assert.equal(await mark(9), 5);
        assert.equal(await mark(undefined), undefined);
        assert.equal(await mark(9), 9);
      });
    });

    describe('reports', () => {
      const failed = RESTING['failed']!;
      const of = (node: string, key: string, lastActivityAt = NOW): Delivery =>
        scoped(key, failed, { nodeId: `${scope}-${node}`, lastActivityAt });

      it('are listed for the nodes asked for, oldest first, up to the limit, until they are closed', async () => {
        await enqueue(of('a', '1'), of('b', '2'), of('c', '3'), of('a', '4'));
        const list = (limit: number) => store.listReports({ nodeIds: [`${scope}-a`, `${scope}-b`], limit });
        const [first, second, third] = await list(10);
        assert.deepEqual(
          [first, second, third].map((report) => report?.delivery.id),
          ['1', '2', '4'].map((key) => `${scope}-d-${key}`),
        );
        assert.deepEqual(await list(2), [first, second]);
        await store.closeReports([first!.id, third!.id, 999_999_999]);
        assert.deepEqual(await list(10), [second]);
        assert.deepEqual(await store.listReports({ nodeIds: [], limit: 10 }), []);
      });

      it('have ids that grow, also after all are closed and the store was opened anew', async () => {
        await enqueue(of('out', '1'));
        const [first] = await reports();
        await store.closeReports([first!.id]);
        hookStore = await context.reopen();
        store = hookStore.deliveries;
        await enqueue(of('out', '2'));
        assert.ok((await reports())[0]!.id > first!.id);
      });

      it('tell of the delivery as it was then', async () => {
        const delivery = of('out', '1');
        await enqueue(delivery);
        await store.askResend({ id: delivery.id, now: NOW });
        await claimOne();
        assert.deepEqual((await reports())[0]?.delivery, delivery);
      });

      it('are dropped for nodes that are gone once they are old', async () => {
        await enqueue(of('gone', '1', 10), of('here', '2', 10), of('gone', '3', 20), of('gone', '4', 11));
        const drop = () =>
          store.dropReports({ exceptNodeIds: [`${scope}-here`], createdBefore: 20, limit: 1 });
        assert.deepEqual([await drop(), await drop(), await drop()], [1, 1, 0]);
        const left = await store.listReports({ nodeIds: [`${scope}-gone`, `${scope}-here`], limit: 10 });
        assert.deepEqual(
          left.map(({ delivery }) => delivery.id.slice(-1)),
          ['2', '3'],
        );
      });
    });

    it('keeps everything when it is opened anew', async () => {
      await enqueue(
        scoped('1', scheduledAt(NOW)),
        scoped('2', RESTING['failed']!),
        scoped('3', RESTING['waiting']!),
      );
      await store.markMissing({ endpointId: scope, missingSince: 3 });
      const { delivery } = await claimOne();
      const before = await Promise.all(['1', '2', '3'].map((key) => hookStore.log.find(`${scope}-d-${key}`)));
      hookStore = await context.reopen();
      store = hookStore.deliveries;
      assert.deepEqual(
        await Promise.all(['1', '2', '3'].map((key) => hookStore.log.find(`${scope}-d-${key}`))),
        before,
      );
      const interrupted = (await store.findInterrupted(1000)).filter(
        ({ endpointId }) => endpointId === scope,
      );
      assert.deepEqual(interrupted, [delivery]);
      assert.equal(await store.markMissing({ endpointId: scope, missingSince: 9 }), 3);
      assert.equal((await reports()).length, 1);
    });

    it('shares commits among calls made at the same time', async () => {
      const before = await hookStore.info();
      await Promise.all(
        Array.from({ length: 500 }, (_, index) => enqueue(scoped(String(index), scheduledAt(NOW)))),
      );
      const after = await hookStore.info();
      assert.equal(after.callCount - before.callCount, 500);
      assert.ok(
        after.commitCount - before.commitCount <= 2,
        `${after.commitCount - before.commitCount} commits`,
      );
    });

    it('refuses at once what is more than 10,000 calls, and takes the others', async () => {
      const calls = Array.from({ length: 10_050 }, () => store.closeReports([]));
      const results = await Promise.allSettled(calls);
      const refused = results.filter(({ status }) => status === 'rejected');
      assert.equal(refused.length, 50);
      for (const { reason } of refused as PromiseRejectedResult[])
        assert.equal((reason as { code: string }).code, 'HOOK_STORE_OVERLOADED');
      await store.closeReports([]);
    });

    it('refuses every call once it is closed, and commits what was asked before', async () => {
      const other = await open();
      const { deliveries, log } = other.store;
      const accepted = deliveries.enqueue(batchOf([scoped('1', scheduledAt(NOW))]));
      const closing = other.store.close();
      await assert.rejects(deliveries.listBacklogs(), { code: 'HOOK_STORE_CLOSED' });
      await assert.rejects(log.find('x'), { code: 'HOOK_STORE_CLOSED' });
      await accepted;
      await closing;
      await other.store.close();
      await assert.rejects(deliveries.listBacklogs(), { code: 'HOOK_STORE_CLOSED' });
      const reopened = await other.reopen();
      assert.ok(await reopened.log.find(`${scope}-d-1`));
      await other.close();
    });
  });
}
