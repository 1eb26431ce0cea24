import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  CLASSES,
  classOf,
  NPS_SCALE,
  toneOf,
  USUAL_SCALES,
  type Metric,
  type Scale,
} from '../../../src/survey/metric.ts';

/** One letter per score from the lowest to the highest: good, neutral, bad. */
function tonesOf(
  metric: Metric,
  [min, max]: readonly [number, number],
  direction: Scale['direction'],
): string {
  const scores = Array.from({ length: max - min + 1 }, (_, index) => min + index);
  return scores.map((score) => toneOf(classOf(metric, score, { min, max, direction }))?.[0]).join('');
}

const backwards = (text: string): string => Array.from(text).reverse().join('');

describe('The class of a score', () => {
  it('of NPS is a promoter’s, a passive’s or a detractor’s', () => {
    const classes = Array.from({ length: 11 }, (_, score) => classOf('nps', score, NPS_SCALE));
    assert.deepEqual(classes, [
      ...Array.from({ length: 7 }, () => 'detractor'),
      'passive',
      'passive',
      'promoter',
      'promoter',
    ]);
  });

  for (const [metric, ends, tones] of [
    ['csat', [1, 3], 'bng'],
    ['csat', [1, 5], 'bbngg'],
    ['csat', [1, 7], 'bbnnngg'],
    ['csat', [1, 10], 'bbbnnnnggg'],
    ['csat', [0, 10], 'bbbnnnnnggg'],
    ['ces', [1, 3], 'bng'],
    ['ces', [1, 5], 'bbngg'],
    ['ces', [1, 7], 'bbbnggg'],
    ['ces', [1, 10], 'bbbbbggggg'],
  ] as const) {
    it(`of ${metric} from ${ends.join(' to ')} is ${tones}`, () => {
      assert.equal(tonesOf(metric, ends, 'higher-is-better'), tones);
    });

    it(`of ${metric} from ${ends.join(' to ')} turns round where lower is better`, () => {
      assert.equal(tonesOf(metric, ends, 'lower-is-better'), backwards(tones));
    });
  }

  it('has the names of its metric', () => {
    const best = (['csat', 'ces'] as const).map((metric) => classOf(metric, 5, { ...USUAL_SCALES.csat }));
    const worst = (['csat', 'ces'] as const).map((metric) => classOf(metric, 1, USUAL_SCALES[metric]));
    assert.deepEqual(best, ['satisfied', 'easy']);
    assert.deepEqual(worst, ['dissatisfied', 'difficult']);
    assert.equal(classOf('ces', 4, USUAL_SCALES.ces), 'neutral');
  });

  it('may lie between two steps', () => {
    assert.equal(classOf('csat', 3.5, USUAL_SCALES.csat), 'neutral');
    assert.equal(classOf('ces', 4.5, USUAL_SCALES.ces), 'easy');
  });

  it('is none without a score', () => {
    for (const metric of ['nps', 'csat', 'ces'] as const)
      assert.equal(classOf(metric, null, USUAL_SCALES[metric]), null);
  });
});

describe('The tone of a class', () => {
  it('is that of its place, best first', () => {
    for (const classes of Object.values(CLASSES))
      assert.deepEqual(classes.map(toneOf), ['good', 'neutral', 'bad']);
    assert.equal(toneOf(null), null);
  });
});
