import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { HookError } from '../../../../src/errors.ts';
import { parseSurveyResponse } from '../../../../src/survey/survey-response.ts';
import type { ReadPayload } from '../../../../src/survey/sources/sources.ts';
import cioPulse from '../../../fixtures/cio-pulse-survey.json' with { type: 'json' };
import customergauge from '../../../fixtures/surveys/customergauge-external-response.json' with { type: 'json' };
import delighted from '../../../fixtures/surveys/delighted-survey-response-created.json' with { type: 'json' };
import typeform from '../../../fixtures/surveys/typeform-form-response-nps.json' with { type: 'json' };
import { readPayload, type ReadOptions } from '../../../support/survey-sources.ts';

const PAYLOADS = { 'cio-pulse': cioPulse, customergauge, delighted, typeform };

/** Any JSON, with the keys that reach prototypes among others. */
const anyJson = fc.oneof(
  fc.jsonValue(),
  fc.jsonValue({ noUnicodeString: false }),
  fc.constantFrom<unknown>(
    JSON.parse('{"__proto__": {"polluted": "yes"}, "constructor": {"prototype": 1}}'),
    JSON.parse('[{"__proto__": 1}]'),
    '__proto__',
    'toString',
  ),
);

/** Every path of a JSON value that leads to something. */
function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return [[...path], ...Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, [...path, name]))];
}

/** A copy with another value at one path. */
function replaced(value: unknown, [name, ...rest]: readonly string[], other: unknown): unknown {
  if (name === undefined) return other;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[name] = replaced(copy[name], rest, other);
  return copy;
}

/** A record that is complete and consistent, or an error of ours. */
function check(payload: unknown, options: ReadOptions): ReadPayload | undefined {
  try {
    const read = readPayload(payload, options);
    const { score, scale, class: surveyClass } = read.response;
    assert.deepEqual(parseSurveyResponse(read.response), read.response);
    assert.ok(score === null ? surveyClass === null : score >= scale.min && score <= scale.max);
    return read;
  } catch (error) {
    if (!(error instanceof HookError)) throw error;
    assert.equal(error.code, 'HOOK_MESSAGE_UNREADABLE');
    assert.doesNotMatch(error.message, /[<>]/);
    return undefined;
  } finally {
    assert.equal(({} as { polluted?: string }).polluted, undefined);
  }
}

describe('Any payload', () => {
  for (const source of ['auto', ...Object.keys(PAYLOADS)])
    it(`gives a record or an error of ours with source ${source}`, () => {
      fc.assert(fc.property(anyJson, (payload) => void check(payload, { source })));
    });

  for (const [source, payload] of Object.entries(PAYLOADS))
    it(`that is ${source}'s but for one value gives a record or an error of ours`, () => {
      const settings = fc.constantFrom<ReadOptions>(
        { source },
        { source: 'auto', metric: 'csat', factors: 'Speed' },
      );
      fc.assert(
        fc.property(fc.constantFrom(...pathsOf(payload)), anyJson, settings, (path, other, options) => {
          check(replaced(payload, path, other), options);
        }),
        { numRuns: 300 },
      );
    });

  it('gives a record or an error of ours by a mapping', () => {
    const mapped = fc.dictionary(
      fc.constantFrom(
        'score',
        'submittedAt',
        'drivers',
        'segments',
        'comment',
        'respondent.email',
        'links.x',
      ),
      fc.oneof(
        anyJson,
        fc.constantFrom<unknown>(NaN, new Date(NaN), undefined, Buffer.from('x'), 9n, Symbol('s')),
      ),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(mapped, (values) => void check({}, { source: 'generic', mapped: values, factors: ['a'] })),
    );
  });

  it('that is huge takes no longer than it is long', () => {
    const long = 'x'.repeat(400_000);
    const blank = ' '.repeat(400_000);
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`field ${index}`, 'x']));
    const answer = { type: 'text', text: 'x', field: { type: 'long_text', id: 'i' } };
    const answers = Array.from({ length: 10_000 }, () => answer);
    check({ ...cioPulse, Comments: long, Overall: blank, Speed: long }, { source: 'auto' });
    check({ ...customergauge, ...many, Email: long }, { source: 'auto' });
    check(replaced(delighted, ['event_data', 'person_properties'], many), { source: 'auto' });
    check(replaced(typeform, ['form_response', 'answers'], answers), { source: 'auto' });
    check({}, { source: 'generic', mapped: { drivers: long.replaceAll('x', 'x,'), score: long } });
    check({}, { source: 'generic', mapped: { submittedAt: `2026-01-31${blank}T`, segments: answers } });
    check({}, { source: 'customer-thermometer', mapped: { rating: `${blank}red` } });
  });
});
