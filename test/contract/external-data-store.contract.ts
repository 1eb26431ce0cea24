import assert from 'node:assert/strict';
import { finish, type Delivery, type Sending } from '../../src/delivery/delivery.ts';
import type { Settlement } from '../../src/delivery/delivery-store.ts';
import type {
  ExternalDataQuery,
  ExternalDataRow,
  ExternalDataStore,
  StoredValue,
} from '../../src/external-data/external-data-store.ts';
import type { Captured, CapturedValue, Subject } from '../../src/external-data/external-data.ts';
import type { HookStore } from '../../src/store/hook-store.ts';
import { ACCEPTED_AT, aDelivery } from '../support/deliveries.ts';
import { anAttempt, batchOf, scheduledAt, type StoreContext, type StoreFactory } from '../support/store.ts';

const NOW = ACCEPTED_AT + 60_000;
const LATER = NOW + 60_000;

type NewValue = Pick<CapturedValue, 'parameter' | 'type' | 'value'>;

const KEY: NewValue = { parameter: 'key', type: 'string', value: 'HELP-1' };
const COUNT: NewValue = { parameter: 'count', type: 'integer', value: 3 };
const TEXT = '"\\\' \n\r\t\u0000 é 漢字 🙂 {{a.b}} ${X} <b>';

const ticket = (id: string): Subject => ({ kind: 'ticket', id });
const kept = (value: NewValue, updatedAt = NOW): StoredValue => ({ ...value, updatedAt });

/** What every store of external data promises. */
export function externalDataStoreContract(name: string, open: StoreFactory): void {
  describe(`The external data on ${name}`, function () {
    this.timeout(20_000);
    let context: StoreContext;
    let hookStore: HookStore;
    let store: ExternalDataStore;
    /** Tests share a store, so each has groups of its own. */
    let group = '';
    let groupCount = 0;

    before(async () => {
      context = await open();
      hookStore = context.store;
      store = hookStore.externalData;
    });
    after(() => context.close());
    beforeEach(() => {
      groupCount += 1;
      group = `g${groupCount}`;
    });

    const set = (subject: Subject, values: readonly NewValue[], now = NOW, groupId = group) =>
      store.set({ groupId, subject, values, now });
    const find = (subject: Subject, groupId = group) => store.find({ groupId, subject });
    const valuesOf = async (subject: Subject, groupId = group) => (await find(subject, groupId))?.values;

    describe('set and find', () => {
      it('keep values of every type exactly', async () => {
        const values: NewValue[] = [
          { parameter: 'boolean', type: 'boolean', value: false },
          { parameter: 'date', type: 'date-time', value: '2026-01-31T13:05:00.000Z' },
          { parameter: 'integer', type: 'integer', value: Number.MIN_SAFE_INTEGER },
          { parameter: 'text', type: 'string', value: TEXT },
        ];
        await set(ticket('1'), values);
        assert.deepEqual(await find(ticket('1')), {
          groupId: group,
          subject: ticket('1'),
          updatedAt: NOW,
          values: values.map((value) => kept(value)),
        });
      });

      it('find nothing where nothing was set', async () => {
        await set(ticket('1'), []);
        assert.equal(await find(ticket('1')), undefined);
      });

      it('change the values that are given, and leave the others with their times', async () => {
        await set(ticket('1'), [COUNT, KEY]);
        const changed: NewValue = { parameter: 'key', type: 'integer', value: 7 };
        await set(ticket('1'), [changed], LATER);
        const row = await find(ticket('1'));
        assert.deepEqual(row?.values, [kept(COUNT), kept(changed, LATER)]);
        assert.equal(row.updatedAt, LATER);
      });

      it('tell apart groups, kinds of subject and ids to the letter', async () => {
        const subjects: Subject[] = [
          ticket('1'),
          { kind: 'user', id: '1' },
          { kind: 'project', id: '1' },
          ticket('a'),
          ticket('A'),
          ticket(' 1'),
          ticket(TEXT.replace('\u0000', '')),
          ticket('x'.repeat(256)),
        ];
        for (const [index, subject] of subjects.entries()) {
          await set(subject, [{ ...COUNT, value: index }]);
          await set(subject, [{ ...COUNT, value: -index - 1 }], NOW, `${group}-other`);
        }
        for (const [index, subject] of subjects.entries()) {
          assert.deepEqual(await valuesOf(subject), [kept({ ...COUNT, value: index })]);
          assert.deepEqual(await valuesOf(subject, `${group}-other`), [
            kept({ ...COUNT, value: -index - 1 }),
          ]);
        }
      });

      it('see every write that resolved before them', async () => {
        for (let value = 0; value < 50; value += 1) {
          await set(ticket('1'), [{ ...COUNT, value }]);
          assert.equal((await valuesOf(ticket('1')))?.[0]?.value, value);
        }
      });

      it('have kept everything when the store is opened again', async () => {
        await set(ticket('1'), [COUNT, KEY]);
        const before = await find(ticket('1'));
        hookStore = await context.reopen();
        store = hookStore.externalData;
        assert.ok(before);
        assert.deepEqual(await find(ticket('1')), before);
      });

      it('change nothing where one of the values is refused', async () => {
        await set(ticket('1'), [COUNT]);
        const bad = { ...KEY, type: 'list' as 'string' };
        await assert.rejects(set(ticket('1'), [{ ...COUNT, value: 4 }, bad], LATER), {
          code: 'HOOK_STORE_ROW_REFUSED',
        });
        assert.deepEqual(await valuesOf(ticket('1')), [kept(COUNT)]);
      });
    });

    describe('delete', () => {
      it('takes out all that a group has of a subject, and answers how many values', async () => {
        await set(ticket('1'), [COUNT, KEY]);
        await set(ticket('2'), [COUNT]);
        await set({ kind: 'user', id: '1' }, [COUNT]);
        await set(ticket('1'), [COUNT], NOW, `${group}-other`);
        assert.equal(await store.delete({ groupId: group, subject: ticket('1') }), 2);
        assert.equal(await find(ticket('1')), undefined);
        assert.equal(await store.delete({ groupId: group, subject: ticket('1') }), 0);
        assert.deepEqual(await valuesOf(ticket('2')), [kept(COUNT)]);
        assert.deepEqual(await valuesOf({ kind: 'user', id: '1' }), [kept(COUNT)]);
        assert.deepEqual(await valuesOf(ticket('1'), `${group}-other`), [kept(COUNT)]);
      });
    });

    describe('list', () => {
      const list = async (query: Omit<ExternalDataQuery, 'limit'>, limit = 2): Promise<ExternalDataRow[]> => {
        const rows: ExternalDataRow[] = [];
        let cursor: string | undefined;
        do {
          const page = await store.list({ ...query, limit, ...(cursor !== undefined && { cursor }) });
          assert.ok(page.rows.length <= limit);
          rows.push(...page.rows);
          cursor = page.nextCursor;
        } while (cursor !== undefined);
        return rows;
      };

      it('gives each subject of a group once, page by page, with all its values', async () => {
        const subjects = ['b', 'a', 'é', '"', '5'].map(ticket);
        const all: Subject[] = [...subjects, { kind: 'user', id: 'a' }];
        for (const subject of all) await set(subject, [COUNT, KEY]);
        await set(ticket('a'), [COUNT], NOW, `${group}-other`);
        for (const limit of [1, 2, 6, 100]) {
          const rows = await list({ groupId: group }, limit);
          assert.equal(rows.length, 6);
          for (const subject of all) {
            const found = rows.filter(
              (row) => row.subject.kind === subject.kind && row.subject.id === subject.id,
            );
            assert.deepEqual(found, [
              { groupId: group, subject, updatedAt: NOW, values: [kept(COUNT), kept(KEY)] },
            ]);
          }
        }
      });

      it('gives what all groups have of a subject', async () => {
        const id = `only-${group}`;
        await set(ticket(id), [COUNT]);
        await set({ kind: 'user', id }, [COUNT]);
        await set(ticket(id), [KEY], NOW, `${group}-other`);
        await set(ticket(`${id}-longer`), [COUNT]);
        const rows = await list({ subjectId: id });
        assert.deepEqual(
          rows.map(({ groupId, subject }) => [groupId, subject.kind, subject.id]),
          [
            [group, 'ticket', id],
            [group, 'user', id],
            [`${group}-other`, 'ticket', id],
          ],
        );
        const one = await list({ subjectId: id, groupId: `${group}-other` });
        assert.deepEqual(
          one.map(({ values }) => values),
          [[kept(KEY)]],
        );
      });

      it('gives everything where nothing is asked for', async () => {
        await set(ticket('1'), [COUNT]);
        const rows = await list({}, 1000);
        assert.ok(rows.some(({ groupId }) => groupId === group));
        assert.ok(rows.length > 1);
        assert.deepEqual(await list({}, 7), rows);
      });

      it('gives a shorter page where the values are long, and the rest on the next', async () => {
        const long = Array.from({ length: 100 }, (_, index): NewValue => {
          return { parameter: `p${index}`, type: 'string', value: 'x'.repeat(4096) };
        });
        const ids = ['1', '2', '3', '4', '5'];
        for (const id of ids) await set(ticket(id), long);
        const { rows } = await store.list({ groupId: group, limit: 100 });
        assert.ok(rows.length > 0 && rows.length < ids.length);
        const all = await list({ groupId: group }, 100);
        assert.deepEqual(
          all.map(({ subject, values }) => [subject.id, values.length]),
          ids.map((id) => [id, 100]),
        );
      });

      it('goes on after what the page before ended with, though that is gone', async () => {
        for (const id of ['1', '2', '3']) await set(ticket(id), [COUNT]);
        const { nextCursor } = await store.list({ groupId: group, limit: 2 });
        await store.delete({ groupId: group, subject: ticket('2') });
        await set(ticket('1'), [KEY], LATER);
        const { rows } = await store.list({ groupId: group, limit: 2, cursor: nextCursor! });
        assert.deepEqual(
          rows.map(({ subject }) => subject.id),
          ['3'],
        );
      });

      it('gives nothing for a group or a subject without values', async () => {
        assert.deepEqual(await store.list({ groupId: group, limit: 10 }), {
          rows: [],
          nextCursor: undefined,
        });
        assert.deepEqual(await list({ subjectId: `no-${group}` }), []);
      });

      for (const limit of [0, -1, 1.5, 1001, NaN])
        it(`refuses a page of ${limit}`, async () => {
          await assert.rejects(store.list({ limit }), { code: 'HOOK_CONFIG_INVALID' });
        });

      for (const cursor of ['', 'x', 'WyJhIl0', 'W10', Buffer.from('["a","b",3]').toString('base64url')])
        it(`refuses the cursor "${cursor}", which it gave nobody`, async () => {
          await assert.rejects(store.list({ limit: 1, cursor }), { code: 'HOOK_CONFIG_INVALID' });
        });
    });

    describe('what a response brings', () => {
      const begun = async (key = '1'): Promise<Delivery<Sending>> => {
        const delivery = aDelivery(scheduledAt(NOW), {
          id: `${group}-d-${key}`,
          eventId: `${group}-e-${key}`,
          endpointId: group,
          nodeId: `${group}-out`,
          capture: { groupId: group, subjectId: 'T1' },
        });
        await hookStore.deliveries.enqueue(batchOf([delivery]));
        const [claimed] = (
          await hookStore.deliveries.claim({ endpointId: group, now: NOW, limit: 1, ordered: false })
        ).claimed;
        assert.ok(claimed);
        return claimed.delivery;
      };
      const captured = (fields: Partial<Captured> = {}): Captured => ({
        groupId: group,
        groupName: 'Tracker',
        subject: ticket('T1'),
        values: [
          { ...KEY, label: 'Key', favorite: true },
          { ...COUNT, label: 'Count', favorite: false },
        ],
        problems: [{ label: 'Due', parameter: 'due', message: 'It is not in the response.' }],
        ...fields,
      });
      const settlementOf = (delivery: Delivery<Sending>, what: Captured): Settlement => ({
        delivery: finish(
          delivery,
          { kind: 'succeeded', statusCode: 201, response: 'made' },
          { now: LATER, retryDelay: () => 1000 },
        ),
        attempt: anAttempt({ number: delivery.state.number, captured: what }),
        report: true,
      });

      it('is written with the outcome of the attempt, and stays with it in the log and the report', async () => {
        const settlement = settlementOf(await begun(), captured());
        assert.ok(await hookStore.deliveries.settle(settlement));
        assert.deepEqual(await valuesOf(ticket('T1')), [kept(COUNT, LATER), kept(KEY, LATER)]);
        const entry = await hookStore.log.find(settlement.delivery.id);
        assert.deepEqual(entry?.attempts[0]?.captured, captured());
        const [report] = await hookStore.deliveries.listReports({
          nodeIds: [`${group}-out`],
          limit: 1,
        });
        assert.deepEqual(report?.attempt?.captured, captured());
      });

      it('is not written a second time by a call that comes too late', async () => {
        const settlement = settlementOf(await begun(), captured());
        await hookStore.deliveries.settle(settlement);
        await store.delete({ groupId: group, subject: ticket('T1') });
        assert.equal(await hookStore.deliveries.settle(settlement), undefined);
        assert.equal(await find(ticket('T1')), undefined);
      });

      it('is written with the attempt or not at all', async () => {
        const delivery = await begun();
        const bad = { ...KEY, type: 'list' as 'string', label: 'Key', favorite: false };
        const good = { ...COUNT, label: 'Count', favorite: false };
        await assert.rejects(
          hookStore.deliveries.settle(settlementOf(delivery, captured({ values: [good, bad] }))),
          { code: 'HOOK_STORE_ROW_REFUSED' },
        );
        assert.equal(await find(ticket('T1')), undefined);
        const entry = await hookStore.log.find(delivery.id);
        assert.deepEqual([entry?.delivery.state.kind, entry?.attempts], ['sending', []]);
        assert.ok(await hookStore.deliveries.settle(settlementOf(delivery, captured())));
        assert.equal((await valuesOf(ticket('T1')))?.length, 2);
      });

      it('is nothing where there is no subject, and its problems stay with the attempt', async () => {
        const nothing = captured({ subject: undefined, values: [] });
        const settlement = settlementOf(await begun(), nothing);
        assert.ok(await hookStore.deliveries.settle(settlement));
        assert.deepEqual(await store.list({ groupId: group, limit: 1 }), { rows: [], nextCursor: undefined });
        const entry = await hookStore.log.find(settlement.delivery.id);
        assert.deepEqual(entry?.attempts[0]?.captured?.problems, nothing.problems);
        assert.equal(entry.attempts[0].captured.subject, undefined);
      });
    });
  });
}
