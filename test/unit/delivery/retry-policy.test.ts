import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  CIO_PULSE,
  NO_RETRY,
  parseRetryDelays,
  retryDelay,
  STANDARD_WEBHOOKS,
} from '../../../src/delivery/retry-policy.ts';

const MINUTE = 60_000;

/** When the attempts of a policy are made, in minutes, where each takes `attemptMinutes`. */
function attemptTimes(policy: typeof CIO_PULSE, attemptMinutes: number): number[] {
  const times = [0];
  for (let charged = 1; ; charged++) {
    const delay = retryDelay(policy, { charged, random: () => 0.5 });
    if (delay === undefined) return times;
    times.push(times.at(-1)! + attemptMinutes + delay / MINUTE);
  }
}

describe('The retry policies', () => {
  it('cio-pulse makes five attempts at 0, 5, 15, 35 and 75 minutes', () => {
    assert.deepEqual(attemptTimes(CIO_PULSE, 0), [0, 5, 15, 35, 75]);
  });
  it('cio-pulse counts each delay from the end of the attempt before', () => {
    assert.deepEqual(attemptTimes(CIO_PULSE, 2), [0, 7, 19, 41, 83]);
  });
  it('none makes one attempt', () => {
    assert.deepEqual(attemptTimes(NO_RETRY, 0), [0]);
  });
  it('standard-webhooks adds at most a tenth and takes nothing off', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), random, (charged, chance) => {
        const least = STANDARD_WEBHOOKS.delaysMs[charged - 1]!;
        const delay = retryDelay(STANDARD_WEBHOOKS, { charged, random: () => chance })!;
        assert.ok(delay >= least && delay <= least * 1.1);
        assert.ok(Number.isInteger(delay));
      }),
    );
    assert.equal(retryDelay(STANDARD_WEBHOOKS, { charged: 1, random: () => 0.999 }), 5499);
  });
  it('cio-pulse and a list have no jitter', () => {
    for (const policy of [CIO_PULSE, parseRetryDelays('5m,10m')!])
      assert.equal(retryDelay(policy, { charged: 2, random: () => 0.999 }), 10 * MINUTE);
  });
});

describe('A delay that a receiver asks for', () => {
  const DAY = 24 * 60 * MINUTE;
  const of = (policy: typeof CIO_PULSE, charged: number, askedMs: number) =>
    retryDelay(policy, { charged, askedMs, random: () => 0.5 });

  it('lengthens the policy’s own and never shortens it', () => {
    assert.equal(of(CIO_PULSE, 1, 7 * MINUTE), 7 * MINUTE);
    assert.equal(of(CIO_PULSE, 4, 7 * MINUTE), 40 * MINUTE);
    assert.equal(of(CIO_PULSE, 1, 0), 5 * MINUTE);
  });
  it('adds no attempt', () => {
    assert.equal(of(CIO_PULSE, 5, MINUTE), undefined);
    assert.equal(of(NO_RETRY, 1, MINUTE), undefined);
  });
  it('gets the policy’s jitter, upward and up to a day', () => {
    assert.equal(of(STANDARD_WEBHOOKS, 1, 10 * MINUTE), 10.5 * MINUTE);
    assert.equal(of(STANDARD_WEBHOOKS, 1, DAY), DAY);
    assert.equal(of(STANDARD_WEBHOOKS, 9, DAY), 1.05 * DAY, 'the policy’s own delay');
  });
  it('is never met too early, whatever the chance', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    const policies = fc.constantFrom(CIO_PULSE, STANDARD_WEBHOOKS, parseRetryDelays('0s,1s,2d')!);
    fc.assert(
      fc.property(
        policies,
        fc.nat({ max: 10 }),
        fc.nat({ max: DAY }),
        random,
        (policy, charged, askedMs, chance) => {
          const delay = retryDelay(policy, { charged, askedMs, random: () => chance });
          const least = policy.delaysMs[charged - 1];
          if (least === undefined) assert.equal(delay, undefined);
          else assert.ok(delay !== undefined && delay >= askedMs && delay >= least);
        },
      ),
    );
  });
});

describe('parseRetryDelays', () => {
  it('reads a list in any units and spaces', () => {
    assert.deepEqual(
      parseRetryDelays(' 500ms, 5s ,1.5m,2h,1d')?.delaysMs,
      [500, 5000, 90_000, 7_200_000, 86_400_000],
    );
  });
  it('takes 50 delays', () => {
    assert.equal(parseRetryDelays(Array(50).fill('1s').join())?.delaysMs.length, 50);
  });
  const refused: readonly [what: string, text: string][] = [
    ['an empty text', ''],
    ['an empty entry', '5m,,10m'],
    ['a comma at the end', '5m,'],
    ['a number without a unit', '5,10'],
    ['a negative duration', '-5m'],
    ['an unknown unit', '5w'],
    ['words', 'soon'],
    ['51 delays', Array(51).fill('1s').join()],
    ['a delay beyond ten years, which would be no time', '999999999d'],
  ];
  for (const [what, text] of refused)
    it(`refuses ${what}`, () => assert.equal(parseRetryDelays(text), undefined));
});
