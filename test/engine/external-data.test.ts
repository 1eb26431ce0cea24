import assert from 'node:assert/strict';
import type { ExternalValue, Subject } from '../../src/external-data/external-data.ts';
import { EngineBench } from '../support/engine-bench.ts';

const MINUTE = 60_000;
const TICKET: Subject = { kind: 'ticket', id: 'T1' };
const GROUP = {
  id: 'g',
  name: 'Tracker',
  subjectKind: 'ticket',
  fields: [
    { label: 'Key', parameter: 'key', type: 'string', favorite: true },
    { label: 'Count', parameter: 'n.count', type: 'integer', favorite: false },
  ],
} as const;

describe('External data', () => {
  let bench: EngineBench;
  beforeEach(async () => {
    bench = await EngineBench.start({ retry: 'cio-pulse' });
    bench.groups.set(GROUP);
  });
  afterEach(() => bench.close());

  const about = (id: string) => ({ subjectId: () => Promise.resolve(id) });
  const capturing = (id = TICKET.id) => ({ captureGroupId: GROUP.id, ...about(id) });
  const respond = (body: unknown, statusCode = 200) => ({
    kind: 'response' as const,
    statusCode,
    headers: {},
    body: Buffer.from(JSON.stringify(body)),
    isBodyCut: false,
  });
  const kept = async (subject = TICKET): Promise<Record<string, ExternalValue>> => {
    const row = await bench.store.externalData.find({ groupId: GROUP.id, subject });
    return Object.fromEntries((row?.values ?? []).map(({ parameter, value }) => [parameter, value]));
  };
  const keep = (key: string, id = TICKET.id) =>
    bench.store.externalData.set({
      groupId: GROUP.id,
      subject: { kind: 'ticket', id },
      values: [{ parameter: 'key', type: 'string', value: key }],
      now: 1,
    });
  const paths = () => bench.transport.sent.map(({ request }) => request.url.pathname);

  describe('that responses bring', () => {
    it('is kept once the attempt has succeeded, be it a retry', async () => {
      bench.transport.answer((_, earlier) =>
        respond({ key: `K${earlier}`, n: { count: 3 } }, earlier ? 200 : 503),
      );
      const id = await bench.acceptOne('a', capturing());
      await bench.idle();
      assert.deepEqual(await kept(), {});
      await bench.advance(5 * MINUTE);
      assert.deepEqual(await kept(), { key: 'K1', 'n.count': 3 });
      const { attempts } = await bench.find(id);
      assert.deepEqual(
        attempts.map(({ captured }) => captured?.values.length),
        [undefined, 2],
      );
      assert.deepEqual(bench.told[0]?.attempt?.captured, attempts[1]?.captured);
    });

    it('is kept again when a person sends it again', async () => {
      bench.transport.answer((_, earlier) => respond({ key: `K${earlier}`, n: { count: 'many' } }));
      const id = await bench.acceptOne('a', capturing());
      await bench.idle();
      await bench.engine.resend({ delivery: (await bench.find(id)).delivery });
      await bench.idle();
      assert.deepEqual(await kept(), { key: 'K1' });
      assert.equal(bench.told[1]?.attempt?.captured?.problems[0]?.label, 'Count');
    });

    it('is not kept where the attempt fails by the endpoint’s own rule', async () => {
      bench.endpoint({ retry: 'none', success: '200' });
      bench.transport.answer(() => respond({ key: 'K' }, 201));
      const id = await bench.acceptOne('a', capturing());
      await bench.idle();
      assert.deepEqual(await kept(), {});
      assert.equal((await bench.find(id)).attempts[0]?.captured, undefined);
    });

    it('is taken by the group as it is by then', async () => {
      bench.transport.answer(() => ({ afterMs: 1000, reply: respond({ id: 'D1', key: 'K' }) }));
      await bench.acceptOne('a', capturing());
      await bench.idle();
      bench.groups.set({ ...GROUP, name: 'Desk', fields: [{ ...GROUP.fields[0], parameter: 'id' }] });
      await bench.advance(1000);
      assert.equal(bench.told[0]?.attempt?.captured?.groupName, 'Desk');
      assert.deepEqual(await kept(), { id: 'D1' });
    });

    it('is not lost, nor half there, when the process dies with the response', async () => {
      bench.transport.answer(() => 'hang');
      const id = await bench.acceptOne('a', capturing());
      await bench.idle();
      await bench.crash();
      bench.transport.answer(() => respond({ key: 'K', n: { count: 1 } }));
      assert.deepEqual(await kept(), {});
      await bench.startEngine();
      await bench.idle();
      assert.deepEqual(await kept(), { key: 'K', 'n.count': 1 });
      const { attempts } = await bench.find(id);
      assert.deepEqual(
        attempts.map(({ outcome, captured }) => [outcome, captured?.values.length]),
        [
          ['interrupted', undefined],
          ['succeeded', 2],
        ],
      );
    });

    it('is there with its attempt when the thread that writes dies under it', async () => {
      bench.transport.answer(() => 'hang');
      const id = await bench.acceptOne('a', capturing());
      await bench.idle();
      const killed = bench.killWriter();
      bench.transport.release(200);
      await killed;
      await bench.storeIsUp();
      await bench.advance(10_000);
      const { attempts } = await bench.find(id);
      // The scripted answer has no body, which is a problem that is told with the attempt.
      assert.match(attempts.at(-1)?.captured?.problems[0]?.message ?? '', /not JSON/);
    });

    it('is nothing, and that is told, where the group is gone or there is no subject', async () => {
      bench.transport.answer(() => respond({ key: 'K' }));
      await bench.acceptOne('a', { captureGroupId: 'gone', ...about('T1') });
      await bench.acceptOne('a', capturing(''));
      await bench.idle();
      const problems = bench.told.map(({ attempt }) => attempt?.captured?.problems[0]?.message ?? '');
      assert.match(problems[0] ?? '', /group is not in the flows/);
      assert.match(problems[1] ?? '', /which ticket it is about/);
      assert.deepEqual((await bench.store.externalData.list({ limit: 1 })).rows, []);
    });
  });

  describe('in tags', () => {
    beforeEach(() => {
      bench.endpoint({ url: 'http://a.example/{{external.Tracker.key}}' });
    });

    it('is what the message has, before what is kept', async () => {
      await keep('kept');
      await bench.acceptOne('a', { message: { external: { Tracker: { key: 'own' } } }, ...about('T1') });
      await bench.acceptOne('a', { message: { external: { Other: { key: 'x' } } }, ...about('T1') });
      await bench.idle();
      assert.deepEqual(paths(), ['/own', '/kept']);
    });

    it('is what was kept when the message was accepted, on each attempt and after a restart', async () => {
      await keep('K1');
      bench.transport.answer(() => 500);
      await bench.acceptOne('a', { ...about('T1'), captureGroupId: undefined });
      await keep('K2');
      await bench.advance(5 * MINUTE);
      assert.deepEqual(paths(), ['/K1', '/K1']);
      await bench.crash();
      await bench.startEngine();
      await bench.advance(10 * MINUTE);
      assert.deepEqual(paths(), ['/K1']);
    });

    it('has no value without a subject, or for another group or kind', async () => {
      await keep('K1');
      bench.endpoint({ url: 'http://a.example/{{external.Tracker.key}}', retry: 'none' });
      for (const fields of [about(''), {}, about('T2')]) {
        const id = await bench.acceptOne('a', fields);
        await bench.idle();
        const { attempts } = await bench.find(id);
        assert.match(attempts[0]?.error ?? '', /needs \{\{external\.Tracker\.key\}\}, which has no value/);
      }
      bench.groups.set({ ...GROUP, subjectKind: 'user' });
      const id = await bench.acceptOne('a', about('T1'));
      await bench.idle();
      assert.match((await bench.find(id)).attempts[0]?.error ?? '', /has no value/);
    });

    it('goes by the group’s name as it is, and has dots in its parameter', async () => {
      bench.transport.answer(() => respond({ key: 'K', n: { count: 7 } }));
      bench.endpoint({
        id: 'b',
        url: 'http://b.example/?n={{external.Desk.n.count}}&k={{external.Tracker.key}}',
      });
      await bench.acceptOne('a', { ...capturing(), message: { external: { Tracker: { key: 'x' } } } });
      await bench.idle();
      bench.groups.set({ ...GROUP, name: 'Desk' });
      await bench.acceptOne('b', about('T1'));
      await bench.idle();
      assert.equal(bench.transport.sent.at(-1)?.request.url.search, '?n=7&k=');
    });

    it('is what came since a field’s parameter was written another way', async () => {
      const field = { label: 'Count', parameter: '/n/count', type: 'integer', favorite: false } as const;
      bench.endpoint({ url: 'http://a.example/{{external.Tracker.n.count}}' });
      bench.endpoint({ id: 'b' });
      for (const [parameter, count] of [
        ['n.count', 1],
        ['/n/count', 2],
        ['n.count', 3],
      ] as const) {
        bench.groups.set({ ...GROUP, fields: [{ ...field, parameter }] });
        bench.transport.answer(() => respond({ n: { count } }));
        await bench.acceptOne('b', capturing());
        await bench.idle();
        await bench.acceptOne('a', about('T1'));
        await bench.idle();
      }
      assert.deepEqual(
        paths().filter((path) => path !== '/'),
        ['/1', '/2', '/3'],
      );
    });

    it('keeps the order in which messages came, whatever each has to wait for', async () => {
      bench.endpoint({ url: 'http://a.example/{{external.Tracker.key}}', ordered: true });
      const accepted: Promise<unknown>[] = [];
      for (let n = 0; n < 20; n += 1) {
        await keep(`${n}`, `T${n}`);
        const subjectId = () => new Promise<string>((resolve) => setTimeout(resolve, n % 3, `T${n}`));
        const own = { message: { external: { Tracker: { key: `${n}` } } } };
        accepted.push(bench.accept(['a'], n % 2 ? { subjectId, ...own } : { subjectId }));
      }
      await Promise.all(accepted);
      await bench.idle();
      assert.deepEqual(
        paths(),
        Array.from({ length: 20 }, (_, n) => `/${n}`),
      );
    });

    it('refuses a message whose subject cannot be read, and goes on with the next', async () => {
      const subjectId = () => Promise.reject(new Error('No such function.'));
      await assert.rejects(bench.accept(['a'], { subjectId }), /No such function/);
      await keep('K1');
      await bench.acceptOne('a', about('T1'));
      await bench.idle();
      assert.deepEqual(paths(), ['/K1']);
      assert.deepEqual(await bench.statuses(), { Succeeded: 1 });
    });

    it('refuses a message whose subject does not come, and lets the next go and the engine stop', async () => {
      await keep('K1');
      const never = { subjectId: () => new Promise<string>(() => undefined) };
      const stuck = assert.rejects(bench.accept(['a'], never), { code: 'HOOK_STORE_OVERLOADED' });
      const next = bench.acceptOne('a', about('T1'));
      await bench.advance(9_000);
      assert.deepEqual(await bench.statuses(), {});
      await bench.advance(1_000);
      await stuck;
      await next;
      await bench.idle();
      assert.deepEqual(paths(), ['/K1']);
      const last = assert.rejects(bench.accept(['a'], never), { code: 'HOOK_STORE_OVERLOADED' });
      await bench.stopEngine();
      await last;
    });

    it('refuses a message where too many wait for their subjects', async () => {
      let refuse: (reason: Error) => void = () => undefined;
      const subject = new Promise<string>((_, reject) => (refuse = reject));
      const later = { subjectId: () => subject };
      const waiting = Array.from({ length: 10_000 }, () => bench.accept(['a'], later));
      await assert.rejects(bench.accept(['a'], later), { code: 'HOOK_STORE_OVERLOADED' });
      await assert.rejects(bench.accept(['a']), { code: 'HOOK_STORE_OVERLOADED' });
      refuse(new Error('No such function.'));
      assert.ok((await Promise.allSettled(waiting)).every(({ status }) => status === 'rejected'));
      await bench.acceptOne('a', about('T1'));
    });

    it('asks for no subject where nothing needs one', async () => {
      bench.endpoint({ url: 'http://a.example/{{ticketId}}/x' });
      const subjectId = () => Promise.reject(new Error('asked'));
      const id = await bench.acceptOne('a', { subjectId, message: { ticketId: 'T' } });
      await bench.idle();
      assert.equal(await bench.statusOf(id), 'Succeeded');
    });
  });
});
