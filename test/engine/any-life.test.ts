import assert from 'node:assert/strict';
import fc from 'fast-check';
import { statusOf } from '../../src/delivery/delivery.ts';
import { Life, MOST_CHARGED } from '../support/any-life.ts';
import { anyStep, IDS, longEnough, type Step } from '../support/any-step.ts';
import { EngineBench } from '../support/engine-bench.ts';

/** Each run takes half a second. */
const RUNS = 5;

const anySteps = fc.array(anyStep, { minLength: 5, maxLength: 20 });
const check = (prove: (life: Life, steps: readonly Step[]) => Promise<void>): Promise<void> =>
  fc.assert(
    fc.asyncProperty(anySteps, async (steps) => {
      const bench = await EngineBench.start();
      try {
        await prove(new Life(bench), steps);
      } finally {
        await bench.close();
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  );

describe('Whatever happens to it, the engine', () => {
  it('brings every delivery to its end, one attempt at a time, and charges no more than the policy has', () =>
    check(async (life, steps) => {
      const { bench } = life;
      for (const id of IDS) life.deploy(id, { circuit: true });
      for (const step of steps) {
        const proveHeld = await life.watch(step);
        await life.step(step);
        await proveHeld?.();
      }
      await life.end(IDS);
      await bench.advance(longEnough(steps));
      for (const { id } of life.accepted) {
        const { delivery } = await bench.find(id);
        assert.notEqual(statusOf(delivery), 'In Progress', JSON.stringify(delivery));
        assert.deepEqual([delivery.state.kind === 'sending', delivery.resends], [false, 0]);
        assert.ok(delivery.charged <= MOST_CHARGED, `${delivery.charged} charged`);
      }
      assert.deepEqual(life.wrong, []);
      assert.deepEqual(await bench.store.deliveries.listReports({ nodeIds: ['out'], limit: 1 }), []);
    })).timeout(60_000);

  it('keeps the order of an endpoint that has one, but for resends', () =>
    check(async (life, steps) => {
      const { bench } = life;
      const ordered = { circuit: true, ordered: true };
      life.deploy('a', ordered);
      for (const step of steps) {
        if (step.kind === 'resend' || step.kind === 'resend-all') continue;
        if ('id' in step && step.id !== 'a') continue;
        if (step.kind === 'accept') await life.step({ ...step, ids: ['a'] });
        else if (step.kind === 'deploy')
          await life.step({ ...step, settings: { ...step.settings, ...ordered } });
        else await life.step(step);
      }
      await life.end(['a'], ordered);
      await bench.advance(longEnough(steps));
      const ranks = life.sent.map((id) => life.accepted.findIndex((one) => one.id === id));
      assert.deepEqual(
        ranks,
        ranks.toSorted((one, other) => one - other),
      );
      assert.equal((await bench.statuses())['In Progress'], undefined);
    })).timeout(60_000);
});
