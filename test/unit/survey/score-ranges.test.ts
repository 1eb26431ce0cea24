import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseScoreRanges } from '../../../src/survey/score-ranges.ts';

/** Scores with two decimals at most, which no arithmetic spoils. */
const score = fc.integer({ min: -100_000, max: 100_000 }).map((hundredths) => hundredths / 100);

describe('parseScoreRanges', () => {
  it('reads scores and ranges, also negative ones and decimals', () => {
    assert.deepEqual(parseScoreRanges('0-6,9'), [
      { from: 0, to: 6 },
      { from: 9, to: 9 },
    ]);
    assert.deepEqual(parseScoreRanges(' -2 - -1 , 0.5–4.25 '), [
      { from: -2, to: -1 },
      { from: 0.5, to: 4.25 },
    ]);
  });

  it('reads an empty text as none', () => {
    for (const text of ['', '  ']) assert.deepEqual(parseScoreRanges(text), []);
  });

  it('refuses what is no score or range, or ends before it begins', () => {
    for (const text of ['red', '0-6;9', '0-6,', ',', '6-0', '1-2-3', '-', '>6', '1e3', '0x1', '1,two', '٣'])
      assert.equal(parseScoreRanges(text), undefined, text);
  });

  it('reads back any ranges that are written down', () => {
    const range = fc.tuple(score, score).map(([one, other]) => ({
      from: Math.min(one, other),
      to: Math.max(one, other),
    }));
    fc.assert(
      fc.property(fc.array(range), (ranges) => {
        const text = ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
        // Minus zero is written as zero.
        const expected = ranges.map(({ from, to }) => ({ from: from + 0, to: to + 0 }));
        assert.deepEqual(parseScoreRanges(text), expected);
      }),
    );
  });
});
