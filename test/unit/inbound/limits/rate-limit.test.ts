import assert from 'node:assert/strict';
import { RateLimit } from '../../../../src/inbound/limits/rate-limit.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

describe('The rate limit of a hook', () => {
  let clock: FakeClock;
  let limit: RateLimit;
  const hook = {};
  beforeEach(() => {
    clock = new FakeClock();
    limit = new RateLimit(clock);
  });
  /** How many of `count` requests at this moment go on. */
  const admitted = (count: number, rate: number, owner: object = hook) =>
    Array.from({ length: count }, () => limit.take(owner, rate)).filter((wait) => wait === 0).length;

  it('lets through at once what fits into a second, then steadily', async () => {
    assert.equal(admitted(20, 5), 5);
    assert.equal(limit.take(hook, 5), 200);
    await clock.advance(199);
    assert.equal(admitted(20, 5), 0);
    await clock.advance(1);
    assert.equal(admitted(20, 5), 1);
    await clock.advance(600);
    assert.equal(admitted(20, 5), 3);
    await clock.advance(60_000);
    assert.equal(admitted(20, 5), 5);
  });

  it('keeps to the rate over a long time, however it is pressed', async () => {
    let through = 0;
    for (let step = 0; step < 1000; step++) {
      through += admitted(3, 10);
      await clock.advance(10);
    }
    assert.ok(through >= 100 && through <= 110, `${through} in ten seconds at ten a second`);
  }).timeout(10_000);

  it('takes less than one a second', async () => {
    assert.equal(admitted(5, 0.5), 1);
    assert.equal(limit.take(hook, 0.5), 2000);
    await clock.advance(2000);
    assert.equal(admitted(5, 0.5), 1);
  });

  it('is none at zero', () => assert.equal(admitted(10_000, 0), 10_000));

  it('counts each hook for itself', () => {
    assert.equal(admitted(5, 2), 2);
    assert.equal(admitted(5, 2, {}), 2);
  });

  it('does not look at the time of day, which may jump', () => {
    assert.equal(admitted(5, 2), 2);
    clock.jump(3_600_000);
    assert.equal(admitted(5, 2), 0);
    clock.jump(-7_200_000);
    assert.equal(limit.take(hook, 2), 500);
  });
});
