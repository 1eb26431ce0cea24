import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  describeScores,
  measureAs,
  parseMeasuring,
  readScore,
  type MeasuringSettings,
} from '../../../src/survey/measuring.ts';

const nps = parseMeasuring({});
const csat = parseMeasuring({ metric: 'csat' });

describe('What scores mean', () => {
  it('is NPS where nothing is set', () => {
    for (const settings of [
      {},
      { metric: '' },
      { metric: 'nps', scaleMin: '1', scaleMax: '', direction: 'x' },
    ])
      assert.deepEqual(parseMeasuring(settings), {
        metric: 'nps',
        scale: { min: 0, max: 10, direction: 'higher-is-better' },
        isScaleSet: false,
      });
  });

  it('has the usual scale of its metric, or the one that is set', () => {
    const scaleOf = (settings: MeasuringSettings) => Object.values(parseMeasuring(settings).scale).join(' ');
    assert.equal(scaleOf({ metric: 'csat' }), '1 5 higher-is-better');
    assert.equal(scaleOf({ metric: 'ces', scaleMin: '', scaleMax: '' }), '1 7 higher-is-better');
    assert.equal(scaleOf({ metric: 'csat', scaleMax: '10' }), '1 10 higher-is-better');
    assert.equal(
      scaleOf({ metric: 'ces', scaleMin: -2, scaleMax: ' 2.5 ', direction: 'lower-is-better' }),
      '-2 2.5 lower-is-better',
    );
  });

  for (const settings of [
    { metric: 'fun' },
    { metric: 1 },
    { metric: 'csat', direction: 'sideways' },
    { metric: 'csat', scaleMin: 'one' },
    { metric: 'csat', scaleMax: true },
    { metric: 'csat', scaleMax: NaN },
    { metric: 'csat', scaleMin: '5' },
    { metric: 'csat', scaleMin: 6 },
    { metric: 'ces', scaleMin: '3', scaleMax: '2' },
  ])
    it(`is refused with ${JSON.stringify(settings)}`, () => {
      assert.throws(() => parseMeasuring(settings), { code: 'HOOK_CONFIG_INVALID' });
    });

  it('is what a source says, unless a flow has set the scale of the same metric', () => {
    const ends = { min: 1, max: 3 };
    const set = parseMeasuring({ metric: 'csat', scaleMax: 7, direction: 'lower-is-better' });
    assert.deepEqual(measureAs('csat', ends, nps).scale, { ...ends, direction: 'higher-is-better' });
    assert.deepEqual(measureAs('csat', ends, csat).scale, { ...ends, direction: 'higher-is-better' });
    assert.deepEqual(measureAs('csat', ends, set), set);
    assert.deepEqual(measureAs('ces', ends, set).scale, { ...ends, direction: 'higher-is-better' });
    assert.deepEqual(measureAs('nps', ends, set), nps);
    const lower = parseMeasuring({ metric: 'csat', direction: 'lower-is-better' });
    assert.deepEqual(measureAs('csat', ends, lower).scale, { ...ends, direction: 'lower-is-better' });
  });
});

describe('A score', () => {
  for (const [sent, score] of [
    [9, 9],
    ['9', 9],
    [' 09 ', 9],
    ['9.0', 9],
    ['+9', 9],
    [0, 0],
    ['0', 0],
    [-0, 0],
    ['-0', 0],
    [10, 10],
    ['', null],
    ['  ', null],
    [null, null],
    [undefined, null],
  ] as const)
    it(`of NPS is ${score} where ${JSON.stringify(sent)} is sent`, () => {
      assert.equal(readScore(sent, nps), score);
    });

  for (const sent of [11, -1, 9.5, '9.5', '11', 'nine', '0x9', '9e0', '٩', true, false, [], [9], {}, NaN, 9n])
    it(`of NPS is not ${inspect(sent)}`, () => {
      assert.equal(readScore(sent, nps), undefined);
    });

  it('of other metrics is a number of the scale', () => {
    assert.deepEqual(
      [1, 5, 3.25, '3.25', '.5', 0.5, 5.01, '6'].map((sent) => readScore(sent, csat)),
      [1, 5, 3.25, 3.25, undefined, undefined, undefined, undefined],
    );
  });

  it('is what was sent or nothing, never something near it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.integer({ min: -3, max: 13 })), (sent) => {
        const isScore = sent >= 0 && sent <= 10 && Number.isInteger(sent);
        assert.equal(readScore(sent, nps), isScore ? sent + 0 : undefined);
      }),
    );
  });

  it('is described with its scale', () => {
    assert.equal(describeScores(nps), 'a whole number from 0 to 10');
    assert.equal(describeScores(csat), 'a number from 1 to 5');
  });
});
