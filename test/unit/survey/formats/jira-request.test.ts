import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { compileJiraRequest } from '../../../../src/survey/formats/jira-request.ts';
import { readCioPulse } from '../../../../src/survey/sources/cio-pulse.ts';
import type { SurveyResponse } from '../../../../src/survey/survey-response.ts';
import sample from '../../../fixtures/cio-pulse-survey.json' with { type: 'json' };
import { anySurvey, anyText } from '../../../support/any-survey.ts';

interface Request {
  serviceDeskId: string;
  requestTypeId: string;
  requestFieldValues: { summary: string; description: string };
  raiseOnBehalfOf?: string;
}

const IDS = { serviceDeskId: ' 10 ', requestTypeId: '25' };

const run = (changes: Partial<SurveyResponse> = {}, options = {}, message = {}) =>
  compileJiraRequest({ ...IDS, ...options })({ survey: { ...readCioPulse(sample), ...changes }, message });
const format = (...parts: Parameters<typeof run>) => run(...parts).payload as Request;

describe('The Jira request format', () => {
  it('makes a request', () => {
    const { payload, target } = run();
    const { description } = (payload as Request).requestFieldValues;
    assert.match(description, /^You guys rock!\n\n\* Score: 9 of 10/);
    assert.deepEqual(payload, {
      serviceDeskId: '10',
      requestTypeId: '25',
      requestFieldValues: { summary: 'Promoter 9/10 from carole.customer (INC123456)', description },
    });
    assert.deepEqual(target, { method: 'POST', path: '/rest/servicedeskapi/request', headers: {} });
  });

  it('takes the summary and whom it is for from the options', () => {
    const options = { summary: '{{surveyName}}:\r\n {{payload}} ', raiseOnBehalfOf: ' {{respondent.id}} ' };
    const request = format({}, options, { payload: 'now' });
    assert.equal(request.requestFieldValues.summary, 'Survey for DemoCorp: now');
    assert.equal(request.raiseOnBehalfOf, 'carole.customer');
  });

  it('is the account’s own where nobody is named', () =>
    assert.equal('raiseOnBehalfOf' in format({}, { raiseOnBehalfOf: '{{nothing}}' }), false));

  it('keeps to Jira’s limits, whatever it is given', () => {
    fc.assert(
      fc.property(anySurvey, anyText, (survey, text) => {
        const options = { summary: '{{payload}}', raiseOnBehalfOf: '{{payload}}' };
        const request = format(survey, options, { payload: text });
        assert.deepEqual(JSON.parse(JSON.stringify(request)), request);
        const { summary, description } = request.requestFieldValues;
        assert.ok(summary !== '' && summary.length <= 255);
        assert.doesNotMatch(summary, /[\r\n]|\p{Cs}/u);
        assert.ok(description !== '' && description.length <= 32_767);
        assert.ok((request.raiseOnBehalfOf ?? '').length <= 128);
      }),
      { numRuns: 100 },
    );
  });

  it('takes the ids from the message where the options say so', () => {
    const options = { serviceDeskId: '{{payload.desk}}', requestTypeId: ' 2{{payload.type}} ' };
    const { serviceDeskId, requestTypeId } = format({}, options, { payload: { desk: 7, type: '5\n' } });
    assert.deepEqual([serviceDeskId, requestTypeId], ['7', '25']);
    assert.throws(() => format({}, options, { payload: {} }), {
      code: 'HOOK_MESSAGE_INCOMPLETE',
      message: /id of its service desk, and this message has none/,
    });
  });

  it('needs the ids of service desk and request type', () => {
    assert.throws(() => compileJiraRequest({ requestTypeId: '25' }), {
      code: 'HOOK_CONFIG_INVALID',
      message: /id of its service desk/,
    });
    assert.throws(() => compileJiraRequest({ serviceDeskId: '10', requestTypeId: ' ' }), {
      code: 'HOOK_CONFIG_INVALID',
      message: /id of its request type/,
    });
  });

  it('refuses options that are none', () => {
    for (const options of [{ serviceDeskId: [10] }, { summary: '{{#x}}' }, { raiseOnBehalfOf: [] }])
      assert.throws(() => compileJiraRequest({ ...IDS, ...options }), { code: 'HOOK_CONFIG_INVALID' });
  });
});
