import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EngineBench } from '../support/engine-bench.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

describe('An endpoint that keeps the order', () => {
  let bench: EngineBench;
  afterEach(() => bench.close());

  const start = async (...endpoints: Parameters<typeof EngineBench.start>): Promise<void> => {
    bench = await EngineBench.start(...endpoints);
  };
  const acceptMany = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let one = 0; one < count; one++) ids.push(await bench.acceptOne());
    return ids;
  };
  const sentIds = () => bench.transport.sent.map(({ webhookId }) => webhookId);
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => `msg_${index + 1}`);
  const resend = async (id: string, endpointId?: string) => {
    const { delivery } = await bench.find(id);
    await bench.engine.resend({ delivery, ...(endpointId !== undefined && { endpointId }) });
    await bench.idle();
  };

  it('gets what is accepted at one moment one at a time, in the order of acceptance', async () => {
    await start({ ordered: true, concurrency: 8 });
    bench.transport.answer(() => ({ afterMs: 10, reply: 200 }));
    await Promise.all(upTo(20).map(() => bench.acceptOne()));
    await bench.advance(SECOND);
    assert.deepEqual(sentIds(), upTo(20));
    assert.equal(bench.transport.maxInFlight, 1);
  });

  it('gets nothing new while the first one fails, nothing before its retry is due, and then all at once', async () => {
    await start({ ordered: true, retry: 'cio-pulse' });
    bench.transport.answer(({ webhookId }, earlier) => (webhookId === 'msg_1' && earlier < 2 ? 500 : 200));
    const begun = bench.clock.now();
    await acceptMany(3);
    await bench.advance(4 * MINUTE);
    await acceptMany(2);
    await bench.advance(11 * MINUTE - 1);
    assert.deepEqual(sentIds(), ['msg_1', 'msg_1']);
    await bench.advance(1);
    assert.deepEqual(sentIds(), ['msg_1', 'msg_1', ...upTo(5)]);
    assert.deepEqual(
      bench.transport.sent.map(({ at }) => (at - begun) / MINUTE),
      [0, 5, 15, 15, 15, 15, 15],
    );
  });

  it('goes on when the first one has failed for good', async () => {
    await start({ ordered: true, retry: 'custom', retryDelays: '1m' });
    bench.transport.answer(({ webhookId }) => (webhookId === 'msg_1' ? 500 : 200));
    const [first = ''] = await acceptMany(3);
    await bench.advance(MINUTE);
    assert.equal(await bench.statusOf(first), 'Failed');
    assert.deepEqual(sentIds(), ['msg_1', 'msg_1', 'msg_2', 'msg_3']);
  });

  it('holds up no other endpoint', async () => {
    await start({ id: 'a', ordered: true }, { id: 'b', ordered: true }, { id: 'c' });
    bench.transport.answer(({ host }) => (host === 'a.example' ? 500 : 200));
    for (let count = 0; count < 3; count++) await bench.accept(['a', 'b', 'c']);
    await bench.idle();
    const sentTo = (host: string) => bench.transport.sent.filter((one) => one.host === host).length;
    assert.deepEqual(['a.example', 'b.example', 'c.example'].map(sentTo), [1, 3, 3]);
  });

  it('lets a resend pass by, which ends the wait for its delivery if it succeeds', async () => {
    await start({ ordered: true });
    bench.transport.answer(() => 500);
    const [first = '', second = ''] = await acceptMany(3);
    await bench.idle();
    await resend(second);
    assert.deepEqual(sentIds(), ['msg_1', 'msg_2']);
    bench.transport.answer(() => 200);
    await resend(first);
    assert.deepEqual(sentIds(), ['msg_1', 'msg_2', 'msg_1', 'msg_2', 'msg_3']);
  });

  it('goes on when the first one is sent to another endpoint', async () => {
    await start({ id: 'a', ordered: true }, { id: 'b' });
    bench.transport.answer(({ webhookId, host }) =>
      webhookId === 'msg_1' && host === 'a.example' ? 500 : 200,
    );
    const [first = ''] = await acceptMany(2);
    await bench.idle();
    await resend(first, 'b');
    assert.deepEqual(
      bench.transport.sent.map(({ webhookId, host }) => `${webhookId} ${host}`),
      ['msg_1 a.example', 'msg_1 b.example', 'msg_2 a.example'],
    );
  });

  it('gets in order what waited while it was off, before what comes when it is on again', async () => {
    await start({ ordered: true, enabled: false });
    await acceptMany(4);
    await bench.idle();
    bench.endpoint({ ordered: true });
    await acceptMany(2);
    await bench.idle();
    assert.deepEqual(sentIds(), upTo(6));
  });

  it('holds the others while the first one waits for it to be turned on', async () => {
    await start({ ordered: true, retry: 'custom', retryDelays: '1m' });
    bench.transport.answer(() => 'hang');
    await acceptMany(3);
    bench.endpoint({ ordered: true, enabled: false });
    bench.transport.release(500);
    await bench.advance(5 * MINUTE);
    assert.deepEqual(sentIds(), ['msg_1']);
    bench.transport.answer(() => 200);
    bench.endpoint({ ordered: true });
    await bench.idle();
    assert.deepEqual(sentIds(), ['msg_1', 'msg_1', 'msg_2', 'msg_3']);
  });

  it('begins after a crash with the one that was under way', async () => {
    await start({ ordered: true });
    bench.transport.answer(() => 'hang');
    await acceptMany(4);
    await bench.idle();
    await bench.crash();
    assert.equal(await bench.startEngine(), 1);
    await bench.idle();
    assert.deepEqual(sentIds(), upTo(4));
  });

  describe('that begins to do so while several are under way', () => {
    beforeEach(async () => {
      await start({ concurrency: 3, retry: 'custom', retryDelays: '1m,1m' });
      bench.transport.answer(() => 'hang');
      await acceptMany(6);
      bench.endpoint({ ordered: true, retry: 'custom', retryDelays: '1m,1m' });
      await bench.idle();
      assert.deepEqual(sentIds(), upTo(3));
    });

    it('waits for all of them, and then takes the oldest first, also where a younger one is due earlier', async () => {
      bench.transport.answer(() => 200);
      bench.transport.release(500, 1);
      await bench.advance(10 * SECOND);
      bench.transport.release(500, 1);
      await bench.advance(50 * SECOND);
      assert.equal(bench.transport.sent.length, 3, 'nothing while the third is under way');
      bench.transport.release(200, 1);
      await bench.idle();
      assert.deepEqual(sentIds().slice(3), ['msg_1'], 'the second is not due yet');
      await bench.advance(10 * SECOND);
      assert.deepEqual(sentIds().slice(3), ['msg_1', 'msg_2', 'msg_4', 'msg_5', 'msg_6']);
    });

    it('makes them again in order after a crash', async () => {
      await bench.crash();
      assert.equal(await bench.startEngine(), 3);
      await bench.idle();
      assert.deepEqual(sentIds(), upTo(6));
      assert.equal(bench.transport.maxInFlight, 1);
    });
  });

  it('sends what was held at once when it keeps the order no more', async () => {
    await start({ ordered: true });
    bench.transport.answer(({ webhookId }) => (webhookId === 'msg_1' ? 500 : 200));
    await acceptMany(3);
    await bench.idle();
    assert.deepEqual(sentIds(), ['msg_1']);
    bench.endpoint({ ordered: false });
    await bench.idle();
    assert.deepEqual(sentIds(), upTo(3));
  });

  it('is held by an attempt that broke until that is ended, and does not ask for more meanwhile', async () => {
    await start({ ordered: true });
    bench.transport.answer(() => {
      throw new Error('a defect');
    });
    await acceptMany(2);
    await bench.idle();
    bench.calls.length = 0;
    bench.transport.answer(() => 200);
    await bench.acceptOne();
    await bench.advance(30 * SECOND);
    assert.deepEqual(bench.calls, ['enqueue', 'claim']);
    assert.deepEqual(sentIds(), ['msg_1']);
    await bench.advance(2 * MINUTE);
    assert.deepEqual(sentIds(), ['msg_1', 'msg_1', 'msg_2', 'msg_3']);
  });

  it('goes on when the store is back, where it was down as the outcome came', async () => {
    await start({ ordered: true });
    bench.transport.answer(() => 'hang');
    await acceptMany(3);
    await bench.idle();
    await bench.killWriter();
    bench.transport.answer(() => 200);
    bench.transport.release(200);
    await bench.advance(100);
    assert.deepEqual(sentIds(), ['msg_1']);
    await bench.storeIsUp();
    await bench.advance(5 * SECOND);
    assert.deepEqual(sentIds(), upTo(3));
  });

  it('keeps it whatever fails and whenever the process dies', async () => {
    await start({ ordered: true, retry: 'custom', retryDelays: '1s,5s,1m' });
    let acceptedCount = 0;
    const run = async (step: Step): Promise<void> => {
      if (step.kind === 'pass') return bench.advance(step.ms);
      if (step.kind === 'crash') {
        await bench.crash();
        await bench.startEngine();
        return;
      }
      acceptedCount += step.count;
      await Promise.all(Array.from({ length: step.count }, () => bench.acceptOne()));
    };
    const property = fc.asyncProperty(anyPlan, anyScript, async (plan, script) => {
      const firstNumber = acceptedCount + 1;
      const numbers: number[] = [];
      for (const step of [...plan, { kind: 'pass', ms: 60 * MINUTE } as const]) {
        // A crash makes the transport anew.
        bench.transport.answer(({ webhookId }) => {
          numbers.push(Number(webhookId.slice('msg_'.length)));
          return { afterMs: 5, reply: script[numbers.length % script.length] ?? 200 };
        });
        await run(step);
        assert.ok(bench.transport.maxInFlight <= 1, 'one at a time');
      }
      const inOrder = numbers.toSorted((one, other) => one - other);
      assert.deepEqual(numbers, inOrder);
      const all = Array.from({ length: acceptedCount - firstNumber + 1 }, (_, index) => firstNumber + index);
      assert.deepEqual([...new Set(numbers)], all);
      assert.equal((await bench.statuses())['In Progress'], undefined);
    });
    await fc.assert(property, { numRuns: 6 });
  }).timeout(20_000);
});

type Step =
  | { readonly kind: 'accept'; readonly count: number }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'crash' };

const anyPlan: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('accept' as const), count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(1, 12, 1000, 7000) }),
    fc.record({ kind: fc.constant('crash' as const) }),
  ),
  { minLength: 3, maxLength: 10 },
);
const anyScript = fc.array(fc.constantFrom(200, 200, 500), { minLength: 1, maxLength: 12 });
