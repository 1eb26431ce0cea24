import assert from 'node:assert/strict';
import { finish, type Delivery } from '../../src/delivery/delivery.ts';
import {
  LOG_EVENT_KINDS,
  type LogEvent,
  type LogEventKind,
  type NewLogEvent,
} from '../../src/delivery/log-events/log-event.ts';
import type { LogEventPage } from '../../src/delivery/log-events/log-event-store.ts';
import type { HookStore } from '../../src/store/hook-store.ts';
import { ACCEPTED_AT, aDelivery } from '../support/deliveries.ts';
import {
  anAttempt,
  aSending,
  batchOf,
  scheduledAt,
  type StoreContext,
  type StoreFactory,
} from '../support/store.ts';

const HOUR_MS = 3_600_000;
const FAILED = {
  kind: 'failed',
  finishedAt: ACCEPTED_AT,
  reason: 'permanent',
  message: 'No such host.',
} as const;
const OPENED: NewLogEvent = {
  endpointId: 'a',
  endpointName: 'A',
  at: ACCEPTED_AT,
  detail: { kind: 'circuit', state: 'open', message: 'It answered 503.', probeAt: ACCEPTED_AT + 30_000 },
};
const DISABLED: NewLogEvent = {
  endpointId: 'b',
  endpointName: 'B',
  at: ACCEPTED_AT + 1,
  detail: { kind: 'endpoint-disabled', isDisabled: true, reason: 'gone' },
};

/** What every store promises of the events of the log. */
export function logEventStoreContract(name: string, open: StoreFactory): void {
  describe(`The log events on ${name}`, function () {
    this.timeout(20_000);
    let context: StoreContext;
    let store: HookStore;

    beforeEach(async () => {
      context = await open();
      store = context.store;
    });
    afterEach(() => context.close());

    const join = (nodeId = 'n', kinds: readonly LogEventKind[] = LOG_EVENT_KINDS): Promise<void> =>
      store.logEvents.join({ nodeId, kinds });
    const list = (nodeId = 'n', kinds = LOG_EVENT_KINDS, limit = 1000): Promise<LogEventPage> =>
      store.logEvents.list({ nodeId, kinds, limit });
    const put = (...events: NewLogEvent[]): Promise<void> =>
      store.endpointStates.putState({ endpointId: 'a', state: undefined, events });
    const fail = (id: string, fields: Partial<Omit<Delivery, 'state'>> = {}): Promise<void> =>
      store.deliveries.enqueue(batchOf([aDelivery(FAILED, { id, eventId: `e-${id}`, ...fields })]));
    const drop = (presentNodeIds: readonly string[], now = ACCEPTED_AT, limit = 1000): Promise<number> =>
      store.logEvents.drop({ presentNodeIds, now, goneBefore: now - 24 * HOUR_MS, limit });
    /** What a reader of all kinds has before it, in short. */
    const kindsFor = async (nodeId = 'n'): Promise<LogEventKind[]> => kindsIn((await list(nodeId)).events);
    const kindsIn = (events: readonly LogEvent[]): LogEventKind[] => events.map(({ detail }) => detail.kind);

    /** Reads a page to its end and marks it. */
    async function read(nodeId = 'n', kinds = LOG_EVENT_KINDS, limit = 1000): Promise<LogEventPage> {
      const page = await list(nodeId, kinds, limit);
      await store.logEvents.markRead({ nodeId, upTo: page.upTo });
      return page;
    }

    it('give a reader what came after it joined, as it was written and in order', async () => {
      await put(OPENED);
      await join();
      await put(OPENED, DISABLED);
      await fail('d1', { capture: { groupId: 'g', subjectId: 's' }, lastResponseCode: 500 });
      const { events, upTo, hasMore } = await list();
      assert.deepEqual(
        events.map(({ id, ...event }) => (assert.ok(id > 0), event)),
        [
          OPENED,
          DISABLED,
          {
            endpointId: 'endpoint',
            endpointName: 'An endpoint',
            at: ACCEPTED_AT,
            detail: {
              kind: 'failed',
              delivery: aDelivery(FAILED, {
                eventId: 'e-d1',
                capture: { groupId: 'g', subjectId: 's' },
                lastResponseCode: 500,
              }),
            },
          },
        ],
      );
      assert.deepEqual([upTo, hasMore], [events.at(-1)?.id, false]);
    });

    it('give a failed delivery with what it has not, where JSON knows no undefined', async () => {
      await join();
      await fail('d1');
      const [event] = (await list()).events;
      assert.deepEqual(event?.detail, {
        kind: 'failed',
        delivery: aDelivery(FAILED, { eventId: 'e-d1' }),
      });
    });

    it('are given again until they are marked as read, also by another process', async () => {
      await join();
      await put(OPENED, DISABLED);
      const { events } = await list();
      await store.logEvents.markRead({ nodeId: 'n', upTo: events[0]?.id ?? 0 });
      assert.deepEqual(await kindsFor(), ['endpoint-disabled']);
      store = await context.reopen();
      assert.deepEqual((await list()).events, events.slice(1));
      await store.logEvents.markRead({ nodeId: 'n', upTo: 0 });
      assert.deepEqual((await list()).events, events.slice(1));
      await read();
      store = await context.reopen();
      await join();
      assert.deepEqual(await list(), { events: [], upTo: events[1]?.id, hasMore: false });
    });

    it('are for each reader those of its kinds, from its own place on', async () => {
      await join('n', ['failed']);
      await put(OPENED);
      await join('m', ['circuit', 'endpoint-disabled']);
      await put(OPENED, DISABLED);
      await fail('d1');
      assert.deepEqual(kindsIn((await list('n', ['failed'])).events), ['failed']);
      assert.deepEqual(kindsIn((await read('m', ['circuit', 'endpoint-disabled'])).events), [
        'circuit',
        'endpoint-disabled',
      ]);
      assert.deepEqual(kindsIn((await list('m', ['circuit', 'endpoint-disabled'])).events), []);
      assert.deepEqual(kindsIn((await list('n', ['failed'])).events), ['failed']);
    });

    it('are kept only of kinds that somebody reads', async () => {
      await put(OPENED);
      await join('n', ['circuit']);
      await put(OPENED, DISABLED);
      await fail('d1');
      assert.deepEqual(await kindsFor(), ['circuit']);
      await join('n', ['failed']);
      await put(OPENED);
      await fail('d2');
      assert.deepEqual(await kindsFor(), ['circuit', 'failed']);
    });

    it('come in pages, and nobody is held up by what only others read', async () => {
      const COUNT = 12_000;
      await join('n', ['failed', 'circuit']);
      await join('m', ['endpoint-disabled']);
      await put(...Array.from({ length: COUNT }, () => OPENED), DISABLED);
      const seen = new Set<number>();
      let page: LogEventPage;
      do {
        page = await read('n', ['circuit'], 5_000);
        assert.ok(page.events.length <= 5_000);
        for (const { id } of page.events) seen.add(id);
      } while (page.hasMore);
      assert.equal(seen.size, COUNT);

      const found: LogEvent[] = [];
      let pages = 0;
      do {
        page = await read('m', ['endpoint-disabled'], 10);
        found.push(...page.events);
        pages += 1;
      } while (page.hasMore);
      assert.deepEqual(kindsIn(found), ['endpoint-disabled']);
      assert.ok(pages > 1, 'one page looks at a limited number');
    });

    it('give nothing to a node that has not joined', async () => {
      await join();
      await put(OPENED);
      assert.deepEqual(await list('stranger'), { events: [], upTo: 0, hasMore: false });
    });

    it('are dropped once all readers have them, and not before', async () => {
      await join('n');
      await join('m');
      await put(OPENED, DISABLED, OPENED);
      await read('n');
      assert.equal(await drop(['n', 'm']), 0);
      await read('m');
      assert.equal(await drop(['n', 'm'], ACCEPTED_AT, 2), 2);
      assert.equal(await drop(['n', 'm'], ACCEPTED_AT, 2), 1);
      await put(DISABLED);
      assert.deepEqual(
        [await kindsFor('n'), await kindsFor('m')],
        [['endpoint-disabled'], ['endpoint-disabled']],
      );
    });

    it('wait a day for a reader that is gone, and then no longer', async () => {
      await join();
      await put(OPENED);
      await drop([], ACCEPTED_AT);
      await put(DISABLED);
      assert.equal(await drop([], ACCEPTED_AT + 24 * HOUR_MS - 1), 0);
      await join();
      assert.deepEqual(await kindsFor(), ['circuit', 'endpoint-disabled']);
      await drop(['n'], ACCEPTED_AT + 25 * HOUR_MS);
      await drop([], ACCEPTED_AT + 30 * HOUR_MS);
      assert.deepEqual((await kindsFor()).length, 2);
      assert.equal(await drop([], ACCEPTED_AT + 54 * HOUR_MS), 2);
      await put(OPENED);
      await join();
      assert.deepEqual(await kindsFor(), []);
    });

    it('wait for a reader that was there for days and has just gone', async () => {
      await join();
      await drop(['n'], ACCEPTED_AT + 72 * HOUR_MS);
      await put(OPENED);
      assert.equal(await drop([], ACCEPTED_AT + 72 * HOUR_MS + 1), 0);
      assert.deepEqual(await kindsFor(), ['circuit']);
    });

    it('tell of each way to fail once, and of none that descends from an event', async () => {
      await join();
      const settle = async (sending: ReturnType<typeof aSending>): Promise<void> => {
        const delivery = finish(
          sending,
          { kind: 'failed', response: '', retryable: false, message: 'No.' },
          { now: ACCEPTED_AT, retryDelay: () => undefined },
        );
        const attempt = anAttempt({ number: sending.state.number, outcome: 'failed' });
        await store.deliveries.settle({ delivery, attempt, report: true });
      };
      for (const fromLogEvent of [false, true]) {
        const ids = (id: string) => ({ id: `${id}-${fromLogEvent}`, eventId: `${id}-${fromLogEvent}` });
        const sending = aSending({ ...ids('settled'), fromLogEvent });
        await store.deliveries.enqueue(batchOf([sending]));
        await settle(sending);
        await settle(sending);
        await fail(ids('refused').id, { fromLogEvent });
        const waiting = aDelivery(scheduledAt(ACCEPTED_AT), {
          ...ids('gone'),
          fromLogEvent,
          endpointId: 'x',
        });
        await store.deliveries.enqueue(batchOf([waiting]));
        const request = { endpointId: 'x', reason: 'endpoint-removed', message: 'Gone.' } as const;
        await store.deliveries.giveUp({ ...request, now: ACCEPTED_AT, limit: 10 });
      }
      const { events } = await list();
      const ids = events.map(({ detail }) => (detail.kind === 'failed' ? detail.delivery.id : detail.kind));
      assert.deepEqual(ids, ['settled-false', 'refused-false', 'gone-false']);
    });

    it('are announced after the write that adds them, and not by other writes', async () => {
      await join();
      let count = 0;
      const stop = store.logEvents.onNew(() => (count += 1));
      const announced = async (write: () => Promise<unknown>): Promise<number> => {
        const before = count;
        await write();
        return count - before;
      };
      assert.equal(await announced(() => fail('d1')), 1);
      assert.equal(await announced(() => put(OPENED, DISABLED)), 1);
      assert.equal(await announced(() => put()), 0);
      const sending = aSending({ id: 'd2', eventId: 'e2' });
      assert.equal(await announced(() => store.deliveries.enqueue(batchOf([sending]))), 0);
      const delivery = { ...sending, state: FAILED };
      const attempt = anAttempt({ outcome: 'failed' });
      const settle = (): Promise<unknown> => store.deliveries.settle({ delivery, attempt, report: false });
      assert.equal(await announced(settle), 1);
      assert.equal(await announced(settle), 0);
      stop();
      assert.equal(await announced(() => fail('d3')), 0);
    });

    it('are written with what they tell of, or not at all', async () => {
      await join();
      await fail('d1');
      await assert.rejects(fail('d1'));
      assert.deepEqual(await kindsFor(), ['failed']);
    });
  });
}
