import assert from 'node:assert/strict';
import { SeededRandom } from '../../support/seeded-random.ts';
import { cropTogether, median, welchT } from '../../support/statistics.ts';

const close = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);

/** So many numbers around a middle. */
const around = (middle: number, count: number, seed: number): number[] => {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, () => middle + random.next() + random.next() + random.next());
};

describe('The statistics of timing', () => {
  it('find the middle', () => {
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([4, 1, 3, 2]), 2.5);
  });

  it("compute Welch's t of unequal counts and variances", () => {
    // Means 2 and 5, variances 1 and 10/3: -3 / sqrt(1/3 + (10/3)/4) = -3 / sqrt(7/6).
    close(welchT([1, 2, 3], [3, 7, 4, 6]), -3 / Math.sqrt(7 / 6));
    close(welchT([3, 7, 4, 6], [1, 2, 3]), 3 / Math.sqrt(7 / 6));
  });

  it('tell samples that differ by a tenth of their spread from samples that do not', () => {
    const least = Math.abs(welchT(around(0, 2000, 1), around(0, 2000, 2)));
    assert.ok(least < 4.5, String(least));
    const most = Math.abs(welchT(around(0, 2000, 1), around(0.1, 2000, 2)));
    assert.ok(most > 4.5, String(most));
  });

  it('crop both samples at one limit', () => {
    assert.deepEqual(
      cropTogether(
        [
          [1, 2, 100],
          [3, 4, 5],
        ],
        0.8,
      ),
      [
        [1, 2],
        [3, 4, 5],
      ],
    );
  });
});
