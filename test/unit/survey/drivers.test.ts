import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readDrivers } from '../../../src/survey/drivers.ts';
import { checkFactors } from '../../../src/survey/factor-rule.ts';
import type { Tone } from '../../../src/survey/metric.ts';
import { readCioPulse } from '../../../src/survey/sources/cio-pulse.ts';
import sample from '../../fixtures/cio-pulse-survey.json' with { type: 'json' };

const read = (value: unknown, tone: Tone | null = 'good', factors: readonly string[] = []) =>
  readDrivers(value, { tone, factors });

describe('Drivers from selected names', () => {
  for (const [tone, selected] of [
    ['good', 1],
    ['neutral', -1],
    ['bad', -1],
  ] as const)
    it(`are ${selected} where the respondent is ${tone}`, () => {
      for (const value of [['Speed', ' Effort '], 'Speed, Effort', 'Speed;;Effort;Speed', 'Speed\nEffort'])
        assert.deepEqual(read(value, tone)?.drivers, { Speed: selected, Effort: selected });
    });

  it('are 0 where a factor was not selected', () => {
    const factors = ['Speed', 'Effort', 'Other'];
    assert.deepEqual(read('effort', 'bad', factors), {
      drivers: { Speed: 0, Effort: -1, Other: 0 },
      violations: [],
      refusals: [],
    });
    assert.deepEqual(read('', 'bad', factors)?.drivers, { Speed: 0, Effort: 0, Other: 0 });
  });

  it('are reported where there is no such factor', () => {
    const { drivers, violations } = read(['Speed', 'Weather'], 'good', ['Speed'])!;
    assert.deepEqual(drivers, { Speed: 1 });
    assert.deepEqual(violations, [
      { field: 'Weather', path: '/Weather', rule: 'unknown', message: 'Weather is none of the factors.' },
    ]);
  });

  it('are reported where nothing says whether they are good or bad', () => {
    const { drivers, violations } = read('Speed', null)!;
    assert.deepEqual(drivers, { Speed: 0 });
    assert.deepEqual(
      violations.map(({ field, rule }) => [field, rule]),
      [['Speed', 'factor']],
    );
  });

  it('are none where nothing is there', () => {
    for (const value of [undefined, null, '', [], ' , ', {}]) assert.deepEqual(read(value)?.drivers, {});
  });

  it('never change a prototype', () => {
    const sent: unknown = JSON.parse('{"__proto__": 1, "constructor": 1}');
    for (const value of [['__proto__', 'constructor'], sent]) {
      const { drivers, violations } = read(value)!;
      assert.deepEqual(Object.entries(drivers), [['constructor', 1]]);
      assert.equal(Object.getPrototypeOf(drivers), Object.prototype);
      assert.deepEqual(
        violations.map(({ field }) => field),
        ['__proto__'],
      );
    }
  });
});

describe('Drivers from values', () => {
  it('are taken as they are', () => {
    const value = { Speed: -1, Effort: '1', Other: ' 0 ', Knowledge: null };
    assert.deepEqual(read(value, 'good', ['Speed', 'Effort', 'Other', 'Knowledge']), {
      drivers: { Speed: -1, Effort: 1, Other: 0, Knowledge: 0 },
      violations: [],
      refusals: [],
    });
  });

  it('are refused where a value is none', () => {
    const { refusals } = read({ Speed: 2, Effort: 'yes', Other: true, Knowledge: 0.5 })!;
    assert.deepEqual(
      refusals.map(({ message }) => message),
      [
        'Speed must be 0, 1 or -1, not 2.',
        'Effort must be 0, 1 or -1, not "yes".',
        'Other must be 0, 1 or -1, not true.',
        'Knowledge must be 0, 1 or -1, not 0.5.',
      ],
    );
  });

  it('are reported where there is no such factor', () => {
    const { drivers, violations } = read({ Weather: 1, Mood: 0 }, 'good', ['Speed'])!;
    assert.deepEqual(drivers, { Weather: 1, Mood: 0 });
    assert.deepEqual(
      violations.map(({ field }) => field),
      ['Weather'],
    );
  });
});

describe('Drivers', () => {
  it('are named so that a name is never markup, nor a long text', () => {
    const name = `<b>${'x'.repeat(100)}`;
    const said = [
      ...read([name], 'good', ['Speed'])!.violations,
      ...read([name], null)!.violations,
      ...read({ [name]: 1 }, 'good', ['Speed'])!.violations,
      ...read({ [name]: 2 })!.refusals,
    ];
    assert.equal(said.length, 4);
    for (const { field, path, message } of said)
      for (const text of [field, path, message]) {
        assert.doesNotMatch(text, /[<>]/);
        assert.ok(text.length < 150);
      }
  });

  it('are read up to 200', () => {
    const names = Array.from({ length: 200 }, (_, index) => `n${index}`);
    for (const value of [names, names.join(), Object.fromEntries(names.map((name) => [name, 1]))])
      assert.equal(Object.keys(read(value)?.drivers ?? {}).length, 200);
    assert.equal(read(`Speed${' '.repeat(20_000)}`), undefined);
  });

  it('are not read from anything else, nor from very many', () => {
    const names = Array.from({ length: 201 }, (_, index) => `n${index}`);
    const values = Object.fromEntries(names.map((name) => [name, 1]));
    for (const value of [5, true, [{ label: 'Speed' }], [null], names, names.join(), values])
      assert.equal(read(value), undefined);
  });
});

describe('The rule of experience factors', () => {
  const response = { ...readCioPulse(sample), drivers: { Speed: 1, Effort: -1 } as const };

  for (const [metric, surveyClass, broken] of [
    ['nps', 'promoter', ['Effort']],
    ['nps', 'passive', ['Speed']],
    ['nps', 'detractor', ['Speed']],
    ['csat', 'satisfied', ['Effort']],
    ['csat', 'neutral', ['Speed']],
    ['ces', 'difficult', ['Speed']],
    ['ces', null, []],
  ] as const)
    it(`is broken by ${broken.join() || 'none'} of a ${surveyClass ?? 'response without a class'}`, () => {
      const violations = checkFactors({ ...response, metric, class: surveyClass });
      assert.deepEqual(
        violations.map(({ field }) => field),
        broken,
      );
    });

  it('counts where a rating gives the class', () => {
    const [violation] = checkFactors({ ...response, score: null, class: 'dissatisfied' });
    assert.equal(
      violation?.message,
      'Speed is 1, but the factors that this respondent (dissatisfied) selected are -1.',
    );
  });
});
