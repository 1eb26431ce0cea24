import assert from 'node:assert/strict';
import { delayWords, durationWords, retryPolicyOf } from '../../../nodes/shared/editor/retry-words.ts';

const minutes = (...counts: number[]): number[] => counts.map((count) => count * 60_000);

describe('delayWords', () => {
  it('says a unit once where all delays share it', () => {
    assert.equal(delayWords(minutes(5, 10, 20, 40), 'en-US'), '5, 10, 20, and 40 minutes');
  });

  it('says the unit of each where they differ', () => {
    assert.equal(
      delayWords([5000, ...minutes(5, 60, 300)], 'en-US'),
      '5 seconds, 5 minutes, 1 hour, and 5 hours',
    );
  });

  it('says a single delay', () => {
    assert.equal(delayWords(minutes(1), 'en-US'), '1 minute');
  });
});

describe('durationWords', () => {
  it('chooses a unit that a person can picture', () => {
    assert.equal(durationWords(75 * 60_000, 'en-US'), '75 minutes');
    assert.equal(durationWords(272_105_000, 'en-US'), '3.1 days');
    assert.equal(durationWords(90_000, 'en-US'), '90 seconds');
  });
});

describe('retryPolicyOf', () => {
  it('takes the list only where delays of its own are chosen', () => {
    assert.deepEqual(retryPolicyOf('custom', '1s,2m')?.delaysMs, [1000, 120_000]);
    assert.deepEqual(retryPolicyOf('cio-pulse', '1s')?.delaysMs, minutes(5, 10, 20, 40));
    assert.deepEqual(retryPolicyOf('none', '1s')?.delaysMs, []);
    assert.equal(retryPolicyOf('custom', 'soon'), undefined);
  });
});
