import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HookError } from '../../../src/errors.ts';
import { compileEndpointFilter, NO_SURVEY_RESPONSE } from '../../../src/survey/endpoint-filter.ts';
import { compileFilter } from '../../../src/survey/response-filter.ts';
import { anySurvey } from '../../support/any-survey.ts';

const red = { source: 'customer-thermometer', rating: 'Red', score: 1, comment: 'Too slow.' };

describe('The filter of an endpoint', () => {
  const everything: readonly unknown[] = [
    undefined,
    null,
    '',
    {},
    { sources: [], ratings: [], classes: [], scores: '', comment: 'any', drivers: [], driversMode: 'any' },
    { scores: ' ', comment: '', driversMode: 'all' },
  ];
  for (const setting of everything)
    it(`asks for nothing where it is ${JSON.stringify(setting)}`, () =>
      assert.equal(compileEndpointFilter(setting), undefined));

  const wanting: readonly object[] = [
    { sources: ['customer-thermometer'] },
    { ratings: ['red'] },
    { scores: '0-6' },
    { comment: 'with' },
  ];
  for (const setting of wanting)
    it(`lets through what ${JSON.stringify(setting)} asks for, and says why it does not let others`, () => {
      const filter = compileEndpointFilter(setting)!;
      assert.equal(filter(red), undefined);
      assert.match(filter({ source: 'x', score: 9 }) ?? '', /does not let this survey response through/);
    });

  for (const survey of [undefined, null, 'red', 7, [], {}, { rating: 'red' }, { source: 1 }])
    it(`cannot judge ${JSON.stringify(survey)}, and says so`, () =>
      assert.equal(compileEndpointFilter({ ratings: ['red'] })!(survey), NO_SURVEY_RESPONSE));

  for (const setting of [
    [],
    ['red'],
    'red',
    7,
    true,
    { ratings: 'red' },
    { ratings: [''] },
    { sources: [{}] },
    { classes: ['fan'] },
    { scores: 'many' },
    { comment: 'yes' },
    { driversMode: 'some' },
  ])
    it(`refuses ${JSON.stringify(setting)}`, () =>
      assert.throws(
        () => compileEndpointFilter(setting),
        (error) => error instanceof HookError && error.code === 'HOOK_CONFIG_INVALID',
      ));

  it('judges as the node response-filter does', () => {
    const settings = { scores: '0-6', comment: 'with' };
    const [here, there] = [compileEndpointFilter(settings)!, compileFilter(settings)];
    fc.assert(
      fc.property(anySurvey, (survey) => assert.equal(here(survey) === undefined, there(survey))),
      { numRuns: 50 },
    );
  });
});
