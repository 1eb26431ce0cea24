import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { readCioPulse } from '../../../src/survey/sources/cio-pulse.ts';
import { parseSurveyResponse } from '../../../src/survey/survey-response.ts';
import sample from '../../fixtures/cio-pulse-survey.json' with { type: 'json' };

describe('A survey response on a message', () => {
  it('is taken as it is', () => {
    const response = readCioPulse(sample);
    assert.deepEqual(parseSurveyResponse(response), response);
  });

  it('is complete, whatever a flow has left of it', () => {
    const response = parseSurveyResponse({ source: 'mine', ticketId: 7, score: '9', drivers: { Speed: 2 } });
    assert.deepEqual(
      [response.ticketId, response.score, response.drivers, response.respondent.email, response.scale.max],
      ['7', null, { Speed: 0 }, '', 10],
    );
  });

  it('has no score that is no number', () => {
    for (const score of [NaN, Infinity, '9', true, [9]])
      assert.equal(parseSurveyResponse({ source: 'mine', score, scale: { max: NaN } }).score, null);
    assert.equal(parseSurveyResponse({ source: 'mine', scale: { max: Infinity } }).scale.max, 10);
    assert.equal(parseSurveyResponse({ source: 'mine', score: -0.5 }).score, -0.5);
  });

  it('is none without a source', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        fc.pre(typeof (value as { source?: unknown } | null | undefined)?.source !== 'string');
        assert.throws(() => parseSurveyResponse(value), { code: 'HOOK_MESSAGE_UNREADABLE' });
      }),
    );
  });
});
