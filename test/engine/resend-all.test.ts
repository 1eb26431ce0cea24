import assert from 'node:assert/strict';
import type { LogFilter } from '../../src/delivery/delivery-log.ts';
import { resendAll, type ResendAllRequest } from '../../src/delivery/resend-all.ts';
import type { ResendSomeRequest } from '../../src/delivery/resend.ts';
import { EngineBench } from '../support/engine-bench.ts';

describe('A resend of many', function () {
  this.timeout(10_000);
  let bench: EngineBench;
  beforeEach(async () => {
    bench = await EngineBench.start({ id: 'a', retry: 'none' }, { id: 'b', retry: 'none' });
    bench.transport.answer(() => 500);
  });
  afterEach(() => bench.close());

  const all = (request: Partial<ResendAllRequest> = {}) =>
    resendAll(
      { selection: { filter: {} }, isDry: false, ...request },
      { log: bench.store.log, engine: bench.engine },
    );
  const matching = (filter: LogFilter, request: Partial<ResendAllRequest> = {}) =>
    all({ selection: { filter }, ...request });
  async function acceptMany(count: number, endpointId = 'a'): Promise<string[]> {
    const ids = await Promise.all(Array.from({ length: count }, () => bench.acceptOne(endpointId)));
    await bench.idle();
    return ids;
  }
  const sentTo = (host: string): number => bench.transport.sent.filter((one) => one.host === host).length;

  it('counts them first, and changes nothing by that', async () => {
    await acceptMany(3);
    assert.deepEqual(await matching({ status: 'Failed' }, { isDry: true }), { count: 3, skipped: 0 });
    await bench.idle();
    assert.equal(bench.transport.sent.length, 3);
  });

  it('makes one more attempt of each that the filter leaves', async () => {
    await acceptMany(3, 'a');
    await acceptMany(2, 'b');
    bench.transport.answer(() => 200);
    assert.deepEqual(await matching({ endpointId: 'b', status: 'Failed' }), { count: 2, skipped: 0 });
    await bench.idle();
    assert.deepEqual([sentTo('a.example'), sentTo('b.example')], [3, 4]);
    assert.deepEqual(await bench.statuses(), { Failed: 3, Succeeded: 2 });
    assert.deepEqual(await matching({ endpointId: 'b', status: 'Failed' }), { count: 0, skipped: 0 });
  });

  it('goes through more than a page, each once', async () => {
    await acceptMany(1003);
    bench.transport.answer(() => 200);
    assert.deepEqual(await matching({ status: 'Failed' }), { count: 1003, skipped: 0 });
    await bench.idle();
    assert.equal(bench.transport.sent.length, 2 * 1003);
    assert.deepEqual(await bench.statuses(), { Succeeded: 1003 });
  });

  it('takes ids, each once, and counts those apart that are not there', async () => {
    const [first = '', second = ''] = await acceptMany(3);
    const ids = [first, second, first, 'gone'];
    assert.deepEqual(await all({ selection: { ids } }), { count: 2, skipped: 1 });
    await bench.idle();
    assert.equal(bench.transport.sent.length, 5);
  });

  it('counts those apart whose endpoint is gone, unless another one is given', async () => {
    await acceptMany(2, 'a');
    await acceptMany(1, 'b');
    bench.endpoints.remove('a');
    assert.deepEqual(await matching({}, { isDry: true }), { count: 1, skipped: 2 });
    assert.deepEqual(await matching({}), { count: 1, skipped: 2 });
    assert.deepEqual(await matching({}, { isDry: true, endpointId: 'b' }), { count: 3, skipped: 0 });
    assert.deepEqual(await matching({}, { endpointId: 'b' }), { count: 3, skipped: 0 });
    await bench.idle();
    assert.deepEqual([sentTo('a.example'), sentTo('b.example')], [2, 5]);
    assert.deepEqual(await matching({ endpointId: 'b' }, { isDry: true }), { count: 3, skipped: 0 });
  });

  it('keeps to the slots of the endpoint', async () => {
    bench.endpoint({ id: 'a', retry: 'none', concurrency: 2 });
    await acceptMany(6);
    bench.transport.answer(() => 'hang');
    await matching({});
    await bench.idle();
    assert.equal(bench.transport.sent.length, 8);
  });

  it('leaves every other slot to what is due', async () => {
    bench.endpoint({ id: 'a', retry: 'none', concurrency: 1 });
    await acceptMany(6);
    bench.transport.answer(() => 'hang');
    await matching({});
    await bench.idle();
    await acceptMany(3);
    for (let round = 0; round < 6; round++) {
      bench.transport.release(200);
      await bench.idle();
    }
    const ids = bench.transport.sent.slice(6).map(({ webhookId }) => Number(webhookId.slice('msg_'.length)));
    assert.deepEqual(
      ids.map((id) => (id > 6 ? 'new' : 'again')),
      ['again', 'new', 'again', 'new', 'again', 'new', 'again'],
    );
  });

  it('asked again while it waits is made once', async () => {
    bench.endpoint({ id: 'a', retry: 'none', concurrency: 1 });
    await acceptMany(4);
    bench.transport.answer(() => 'hang');
    await matching({});
    await bench.idle();
    assert.deepEqual(await matching({}), { count: 4, skipped: 0 });
    for (let round = 0; round < 10; round++) {
      bench.transport.release(500);
      await bench.idle();
    }
    // The one that was under way once more: its attempt had begun before it was asked for.
    assert.equal(bench.transport.sent.length, 4 + 4 + 1);
  });

  it('broken off by a stop says what is asked, and that is made after a restart', async () => {
    await acceptMany(250);
    bench.endpoint({ id: 'a', retry: 'none', concurrency: 1 });
    bench.transport.answer(() => 'hang');
    let batches = 0;
    const engine = {
      hasEndpoint: () => true,
      async resendSome(request: ResendSomeRequest) {
        if (++batches === 3) await bench.stopEngine();
        return bench.engine.resendSome(request);
      },
    };
    const selection = { filter: { status: 'Failed' } } as const;
    await assert.rejects(resendAll({ selection, isDry: false }, { log: bench.store.log, engine }), {
      code: 'HOOK_STORE_CLOSED',
      message: /of 200 deliveries is asked already/,
    });
    bench.transport.answer(() => 200);
    await bench.startEngine();
    await bench.idle();
    assert.deepEqual(await bench.statuses(), { Succeeded: 200, Failed: 50 });
  });
});
