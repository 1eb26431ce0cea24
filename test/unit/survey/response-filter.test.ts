import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HookError } from '../../../src/errors.ts';
import { CLASSES, NPS_SCALE, type SurveyClass } from '../../../src/survey/metric.ts';
import { compileFilter, type ResponseFilterSettings } from '../../../src/survey/response-filter.ts';
import type { DriverValue, SurveyResponse } from '../../../src/survey/survey-response.ts';

const response: SurveyResponse = {
  source: 'cio-pulse',
  surveyId: '',
  surveyName: '',
  responseId: '3690',
  eventId: '',
  eventType: '',
  submittedAt: '',
  metric: 'nps',
  score: 3,
  scale: NPS_SCALE,
  class: 'detractor',
  rating: 'Red',
  comment: 'Too slow.',
  respondent: { id: '', email: '', phone: '', name: '' },
  account: '',
  agent: '',
  supportGroup: { code: '', name: '' },
  ticketId: '',
  drivers: { Speed: -1, Effort: 1, Knowledge: 0 },
  segments: [],
  language: '',
  links: {},
  raw: {},
};

const isMatch = (settings: ResponseFilterSettings, changes: Partial<SurveyResponse> = {}): boolean =>
  compileFilter(settings)({ ...response, ...changes });

const refusalOf = (settings: object): HookError => {
  try {
    compileFilter(settings);
  } catch (error) {
    assert.ok(error instanceof HookError);
    return error;
  }
  throw new Error('It was taken.');
};

describe('compileFilter', () => {
  it('lets everything through where nothing is asked for', () => {
    const empty = { sources: [], ratings: [], classes: [], drivers: [], driversMode: 'all' };
    for (const settings of [{}, { ...empty, scores: ' ', comment: '' }, { ...empty, comment: 'any' }])
      assert.ok(isMatch(settings, { score: null, class: null, rating: '', comment: '', drivers: {} }));
  });

  it('takes any of the values of a setting, without case and outer spaces', () => {
    assert.ok(isMatch({ sources: ['typeform', 'CIO-Pulse'] }));
    assert.ok(!isMatch({ sources: ['typeform'] }));
    assert.ok(isMatch({ ratings: ['gold', ' RED '] }));
    assert.ok(isMatch({ ratings: ['red'] }, { rating: ' red\n' }));
    assert.ok(!isMatch({ ratings: ['gold'] }));
    assert.ok(!isMatch({ ratings: ['red'] }, { rating: '' }));
    assert.ok(isMatch({ ratings: ['caf\u00e9'] }, { rating: 'Cafe\u0301' }));
    assert.ok(isMatch({ classes: ['Detractor', 'dissatisfied'] }));
    assert.ok(!isMatch({ classes: ['promoter', 'passive'] }));
    assert.ok(!isMatch({ classes: ['detractor'] }, { class: null }));
  });

  it('takes neutral for a class of CSAT and of CES', () => {
    for (const metric of ['csat', 'ces'] as const)
      assert.ok(isMatch({ classes: ['neutral'] }, { metric, class: 'neutral' }));
  });

  it('compares scores with each range, both ends included', () => {
    const settings = { scores: '0-6, 9' };
    for (const score of [0, 3.5, 6, 9]) assert.ok(isMatch(settings, { score }), String(score));
    for (const score of [-1, 6.5, 8, 10]) assert.ok(!isMatch(settings, { score }), String(score));
  });

  it('never takes no score for a score', () => {
    assert.ok(!isMatch({ scores: '-10-10' }, { score: null }));
  });

  it('takes a comment of white space for none', () => {
    assert.ok(isMatch({ comment: 'with' }));
    assert.ok(!isMatch({ comment: 'without' }));
    for (const comment of ['', ' \n\t\u00a0']) {
      assert.ok(!isMatch({ comment: 'with' }, { comment }));
      assert.ok(isMatch({ comment: 'without' }, { comment }));
    }
  });

  it('counts the drivers that were chosen, whether as good or as bad', () => {
    assert.ok(isMatch({ drivers: ['speed', 'Communication'] }));
    assert.ok(isMatch({ drivers: ['EFFORT'] }));
    assert.ok(!isMatch({ drivers: ['Knowledge', 'Communication'] }));
  });

  it('asks for all drivers where that is set', () => {
    assert.ok(isMatch({ drivers: ['Speed', 'Effort'], driversMode: 'all' }));
    assert.ok(!isMatch({ drivers: ['Speed', 'Knowledge'], driversMode: 'all' }));
    assert.ok(isMatch({ drivers: ['Speed', 'Knowledge'], driversMode: 'any' }));
  });

  it('asks for every setting at once', () => {
    const settings = { ratings: ['red'], comment: 'with', scores: '0-6' };
    assert.ok(isMatch(settings));
    assert.ok(!isMatch(settings, { comment: '' }));
    assert.ok(!isMatch(settings, { rating: 'gold' }));
    assert.ok(!isMatch(settings, { score: 7 }));
  });

  it('does not stumble over names that every object has', () => {
    assert.ok(!isMatch({ drivers: ['constructor', '__proto__', 'toString'] }));
  });

  it('refuses what is no filter, and names all of it', () => {
    const { code, message, details } = refusalOf({
      sources: 'cio-pulse',
      ratings: ['red', ' '],
      classes: ['fan', 'detractor'],
      scores: '6-0',
      comment: 'perhaps',
      drivers: [{}],
      driversMode: 'most',
    });
    assert.equal(code, 'HOOK_CONFIG_INVALID');
    assert.match(message, /There is no class "fan"\..*0-6,9.*any, with, without.*any, all/);
    assert.deepEqual(
      (details['problems'] as { setting: string }[]).map(({ setting }) => setting).toSorted(),
      ['classes', 'comment', 'drivers', 'driversMode', 'ratings', 'scores', 'sources'],
    );
  });

  it('does not take a list for no list because its only text is empty', () => {
    for (const setting of ['sources', 'ratings', 'classes', 'drivers'])
      assert.match(refusalOf({ [setting]: [''] }).message, new RegExp(`${setting}: .*none of them empty`));
  });
});

describe('Every filter', () => {
  const classes: readonly SurveyClass[] = [...new Set(Object.values(CLASSES).flat())];
  const names = fc.subarray(['Speed', 'Effort', 'Knowledge']);
  const settings = fc.record({
    sources: fc.subarray(['cio-pulse', 'typeform']),
    ratings: fc.subarray(['red', 'gold']),
    classes: fc.subarray([...classes]),
    scores: fc.constantFrom('', '0-6', '0-6,9', '-1'),
    comment: fc.constantFrom('any', 'with', 'without'),
    drivers: names,
    driversMode: fc.constantFrom('any', 'all'),
  });
  const responses = fc.record({
    source: fc.constantFrom('cio-pulse', 'typeform', 'generic'),
    rating: fc.constantFrom('', 'red', 'gold', 'RED'),
    class: fc.constantFrom(null, ...classes),
    score: fc.constantFrom(null, -1, 0, 6, 7, 9, 10),
    comment: fc.constantFrom('', ' ', 'Hm.'),
    drivers: fc.dictionary(fc.constantFrom('Speed', 'effort'), fc.constantFrom<DriverValue>(-1, 0, 1)),
  });
  const EMPTY = {
    sources: [],
    ratings: [],
    classes: [],
    scores: '',
    comment: 'any',
    drivers: [],
    driversMode: 'any',
  };

  it('is the same as its settings one after the other', () => {
    fc.assert(
      fc.property(settings, responses, (asked, changes) => {
        const { drivers, driversMode, ...others } = asked;
        const parts = [
          { drivers, driversMode },
          ...Object.entries(others).map(([name, value]) => ({ [name]: value })),
        ].map((part) => ({ ...EMPTY, ...part }));
        assert.equal(
          isMatch(asked, changes),
          parts.every((part) => isMatch(part, changes)),
        );
      }),
    );
  });

  it('lets through no less with one more value in a list that is not empty', () => {
    fc.assert(
      fc.property(
        responses,
        fc.constantFrom('red', 'gold'),
        fc.string({ minLength: 1 }),
        (changes, ...ratings) => {
          fc.pre(ratings[1].trim() !== '');
          if (isMatch({ ratings: [ratings[0]] }, changes)) assert.ok(isMatch({ ratings }, changes));
        },
      ),
    );
  });

  it('either is one or says what is wrong, whatever a flow holds', () => {
    fc.assert(
      fc.property(
        fc.record(Object.fromEntries(Object.keys(EMPTY).map((key) => [key, fc.anything()]))),
        (held) => {
          try {
            assert.equal(typeof isMatch(held), 'boolean');
          } catch (error) {
            assert.ok(error instanceof HookError && error.code === 'HOOK_CONFIG_INVALID', String(error));
          }
        },
      ),
    );
  });
});
