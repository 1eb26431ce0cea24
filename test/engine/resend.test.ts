import assert from 'node:assert/strict';
import { EngineBench } from '../support/engine-bench.ts';

const MINUTE = 60_000;

describe('A resend', () => {
  let bench: EngineBench;
  beforeEach(async () => (bench = await EngineBench.start({ id: 'a' }, { id: 'b' })));
  afterEach(() => bench.close());

  const resend = async (id: string, endpointId?: string) => {
    const { delivery } = await bench.find(id);
    const result = await bench.engine.resend({ delivery, ...(endpointId !== undefined && { endpointId }) });
    await bench.advance(100);
    return result;
  };
  const manualOf = async (id: string) => (await bench.find(id)).attempts.map(({ manual }) => manual);

  describe('of a failed delivery', () => {
    let id: string;
    beforeEach(async () => {
      bench.endpoint({ id: 'a', retry: 'none' });
      bench.transport.answer(() => 500);
      id = await bench.acceptOne();
      await bench.idle();
      assert.equal(await bench.statusOf(id), 'Failed');
    });
    it('makes it succeeded when it succeeds', async () => {
      bench.transport.answer(() => 200);
      assert.equal((await resend(id)).kind, 'asked');
      const { delivery } = await bench.find(id);
      assert.deepEqual([delivery.state.kind, delivery.attempts, delivery.charged], ['succeeded', 2, 1]);
      assert.deepEqual(await manualOf(id), [false, true]);
    });
    it('leaves it failed when it fails, and schedules nothing', async () => {
      bench.endpoint({ id: 'a', retry: 'cio-pulse' });
      await resend(id);
      await bench.advance(90 * MINUTE);
      assert.equal(await bench.statusOf(id), 'Failed');
      assert.equal(bench.transport.sent.length, 2);
    });
    it('tells its outcome, as manual, each time', async () => {
      await resend(id);
      bench.transport.answer(() => 200);
      await resend(id);
      assert.deepEqual(
        bench.told.map(({ attempt }) => [attempt?.number, attempt?.manual, attempt?.outcome]),
        [
          [1, false, 'failed'],
          [2, true, 'failed'],
          [3, true, 'succeeded'],
        ],
      );
    });
    it('goes to the endpoint as it is by then', async () => {
      bench.endpoint({ id: 'a', url: 'http://new.example/' });
      await resend(id);
      assert.equal(bench.transport.sent[1]?.host, 'new.example');
    });
    it('goes to another endpoint if one is given, and the delivery is that one’s from then on', async () => {
      bench.transport.answer(() => 200);
      await resend(id, 'b');
      const { delivery } = await bench.find(id);
      assert.equal(bench.transport.sent[1]?.host, 'b.example');
      assert.deepEqual([delivery.endpointId, delivery.endpointName], ['b', 'b.example']);
    });
  });

  describe('of one that waits for a retry', () => {
    let id: string;
    let begun: number;
    beforeEach(async () => {
      begun = bench.clock.now();
      bench.transport.answer(() => 500);
      id = await bench.acceptOne();
      await bench.advance(MINUTE);
    });
    it('ends it when it succeeds, and cancels the retry', async () => {
      bench.transport.answer(() => 200);
      await resend(id);
      await bench.advance(90 * MINUTE);
      assert.equal(bench.transport.sent.length, 2);
      assert.equal(await bench.statusOf(id), 'Succeeded');
    });
    it('leaves the retries where they were when it fails', async () => {
      await resend(id);
      await bench.advance(90 * MINUTE);
      assert.deepEqual(
        bench.transport.sent.map(({ at }) => (at - begun) / MINUTE),
        [0, 1, 5, 15, 35, 75],
      );
      const { delivery } = await bench.find(id);
      assert.deepEqual([delivery.state.kind, delivery.attempts, delivery.charged], ['failed', 6, 5]);
      assert.deepEqual(await manualOf(id), [false, true, false, false, false, false]);
    });
    it('moves the retries to another endpoint if one is given', async () => {
      await resend(id, 'b');
      await bench.advance(5 * MINUTE);
      assert.deepEqual(
        bench.transport.sent.map(({ host }) => host),
        ['a.example', 'b.example', 'b.example'],
      );
    });
  });

  it('of one with an attempt under way is made after it', async () => {
    bench.transport.answer(() => 'hang');
    const id = await bench.acceptOne();
    await resend(id);
    assert.equal(bench.transport.sent.length, 1);
    bench.transport.release(500);
    await bench.idle();
    assert.equal(bench.transport.sent.length, 2);
    bench.transport.release(200);
    await bench.idle();
    assert.deepEqual(await manualOf(id), [false, true]);
    assert.equal(await bench.statusOf(id), 'Succeeded');
  });

  it('of one with an attempt under way is made also when that succeeds', async () => {
    bench.transport.answer(() => 'hang');
    const id = await bench.acceptOne();
    await resend(id);
    await resend(id);
    for (let round = 0; round < 3; round++) {
      bench.transport.release();
      await bench.idle();
    }
    assert.deepEqual(await manualOf(id), [false, true, true]);
    assert.equal(await bench.statusOf(id), 'Succeeded');
  });

  it('to another endpoint of one with an attempt under way is made there after it', async () => {
    bench.endpoint({ id: 'a', concurrency: 1 });
    bench.transport.answer(() => 'hang');
    const id = await bench.acceptOne();
    await resend(id, 'b');
    bench.transport.release(500);
    await bench.idle();
    assert.deepEqual(
      bench.transport.sent.map(({ host }) => host),
      ['a.example', 'b.example'],
    );
    bench.transport.release(200);
    await bench.idle();
    assert.equal(await bench.statusOf(id), 'Succeeded');
    bench.transport.answer(() => 200);
    await bench.acceptOne('a');
    await bench.idle();
    assert.equal(bench.transport.sent.length, 3);
  });

  it('of a succeeded delivery leaves it succeeded and shows the last response', async () => {
    const id = await bench.acceptOne();
    await bench.idle();
    bench.transport.answer(() => 500);
    await resend(id);
    const { delivery } = await bench.find(id);
    assert.equal(await bench.statusOf(id), 'Succeeded');
    assert.deepEqual([delivery.lastResponseCode, delivery.attempts], [500, 2]);
    await bench.advance(90 * MINUTE);
    assert.equal(bench.transport.sent.length, 2);
  });

  it('passes by what waits in line', async () => {
    bench.endpoint({ id: 'a', concurrency: 1 });
    const first = await bench.acceptOne();
    await bench.idle();
    bench.transport.answer(() => 'hang');
    for (let count = 0; count < 3; count++) await bench.acceptOne();
    await resend(first);
    bench.transport.release();
    await bench.idle();
    assert.equal(bench.transport.sent[2]?.webhookId, 'msg_1');
  });

  it('is asked for in vain where the endpoint is gone or not valid', async () => {
    const id = await bench.acceptOne();
    await bench.idle();
    bench.endpoint({ id: 'a', url: '' });
    assert.deepEqual(await resend(id), { kind: 'endpoint-gone' });
    bench.endpoints.remove('a');
    assert.deepEqual(await resend(id), { kind: 'endpoint-gone' });
    assert.deepEqual(await resend(id, 'nowhere'), { kind: 'endpoint-gone' });
    assert.equal((await resend(id, 'b')).kind, 'asked');
    assert.equal(bench.transport.sent.length, 2);
  });

  it('is asked for in vain where there is no such delivery', async () => {
    const delivery = { id: 'nothing', endpointId: 'a' };
    assert.deepEqual(await bench.engine.resend({ delivery }), { kind: 'unknown-delivery' });
  });

  it('asked just before a crash is made after it', async () => {
    bench.endpoint({ id: 'a', retry: 'none' });
    bench.transport.answer(() => 500);
    const id = await bench.acceptOne();
    await bench.idle();
    await bench.stopEngine();
    await resend(id);
    assert.equal(bench.transport.sent.length, 1);
    await bench.startEngine();
    await bench.idle();
    assert.equal(bench.transport.sent.length, 2);
  });
});
