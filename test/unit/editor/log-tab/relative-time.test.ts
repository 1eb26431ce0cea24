import assert from 'node:assert/strict';
import {
  durationText,
  gmtText,
  relativeTime,
} from '../../../../nodes/webhook-log-tab/editor/time/relative-time.ts';

const NOW = Date.UTC(2026, 0, 31, 12, 0, 5);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

describe('a time in the log', () => {
  const cases: readonly [awayMs: number, text: string][] = [
    [0, 'now'],
    [-59_999, 'now'],
    [59_999, 'now'],
    [-MINUTE_MS, '1 min. ago'],
    [-59.9 * MINUTE_MS, '59 min. ago'],
    [5 * MINUTE_MS, 'in 5 min.'],
    [-HOUR_MS, '1 hr. ago'],
    [-23.9 * HOUR_MS, '23 hr. ago'],
    [-DAY_MS, 'yesterday'],
    [-29.9 * DAY_MS, '29 days ago'],
    [-30 * DAY_MS, 'Jan 1, 2026'],
  ];
  for (const [away, text] of cases)
    it(`is "${text}" where it is ${away / MINUTE_MS} minutes away`, () => {
      assert.equal(relativeTime(NOW + away, NOW, 'en-US'), text);
    });

  it('is told in the language of the editor, or in one that is there', () => {
    assert.equal(relativeTime(NOW - HOUR_MS, NOW, 'de'), 'vor 1 Std.');
    assert.notEqual(relativeTime(NOW - HOUR_MS, NOW, 'no_such language'), '');
  });

  it('is told exactly in GMT', () => {
    assert.equal(gmtText(NOW), '2026-01-31 12:00:05 GMT');
  });

  it('is told as a duration', () => {
    assert.deepEqual([0, 999, 1000, 2449].map(durationText), ['0 ms', '999 ms', '1.0 s', '2.4 s']);
  });
});
