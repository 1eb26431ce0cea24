import assert from 'node:assert/strict';
import fc from 'fast-check';
import { barHeights, totalOf } from '../../../../nodes/webhook-log-tab/editor/deliveries/last-day.ts';

const hour = (succeeded: number, failed: number, inProgress: number) => ({
  from: '2026-01-31T12:00:00.000Z',
  succeeded,
  failed,
  inProgress,
});

describe('The chart of the last day', () => {
  it('adds up', () => {
    assert.deepEqual(totalOf([hour(1, 2, 3), hour(10, 20, 30)]), {
      succeeded: 11,
      failed: 22,
      inProgress: 33,
    });
  });

  it('is as high as its highest hour', () => {
    assert.deepEqual(barHeights([hour(60, 20, 20), hour(50, 0, 0), hour(0, 0, 0)]), [
      { succeeded: 60, failed: 20, inProgress: 20 },
      { succeeded: 50, failed: 0, inProgress: 0 },
      { succeeded: 0, failed: 0, inProgress: 0 },
    ]);
  });

  it('shows one failure among a million, and never leaves its frame', () => {
    const [first] = barHeights([hour(1_000_000, 1, 1)]);
    assert.ok(first && first.failed >= 5 && first.inProgress >= 5);
    const hours = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 24 });
    fc.assert(
      fc.property(hours, (counts) => {
        for (const { succeeded, failed, inProgress } of barHeights(counts.map((one) => hour(...one)))) {
          assert.ok(succeeded + failed + inProgress < 100.001);
          assert.ok(Math.min(succeeded, failed, inProgress) >= 0);
        }
      }),
    );
  });
});
