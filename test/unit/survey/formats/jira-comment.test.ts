import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { compileJiraComment } from '../../../../src/survey/formats/jira-comment.ts';
import { readCioPulse } from '../../../../src/survey/sources/cio-pulse.ts';
import type { SurveyResponse } from '../../../../src/survey/survey-response.ts';
import sample from '../../../fixtures/cio-pulse-survey.json' with { type: 'json' };
import { anySurvey, anyText } from '../../../support/any-survey.ts';

const format = (changes: Partial<SurveyResponse> = {}, options = {}, message = {}) =>
  compileJiraComment(options)({ survey: { ...readCioPulse(sample), ...changes }, message });

describe('The Jira comment format', () => {
  it('adds an internal comment to the issue of the response', () => {
    const { payload, target } = format({ ticketId: ' SUP-12 ', comment: 'Ask [~jo] *now*' });
    const { body } = payload as { body: string };
    assert.match(body, /^Ask \\\[\\~jo\\\] \\\*now\\\*\n\n\* Score: 9 of 10/);
    assert.deepEqual(payload, { body, public: false });
    assert.deepEqual(target, {
      method: 'POST',
      path: '/rest/servicedeskapi/request/SUP-12/comment',
      headers: {},
    });
  });

  it('takes the key from where it is set, and makes the comment public', () => {
    const options = { issueKey: 'SUP-{{hook.issue}}', public: true };
    const { payload, target } = format({}, options, { hook: { issue: 7 } });
    assert.equal(target?.path, '/rest/servicedeskapi/request/SUP-7/comment');
    assert.equal((payload as { public: boolean }).public, true);
    assert.equal(format({ ticketId: '10042' }).target?.path, '/rest/servicedeskapi/request/10042/comment');
  });

  it('is an error without the key of an issue', () => {
    assert.throws(() => format({ ticketId: '' }), {
      code: 'HOOK_MESSAGE_INCOMPLETE',
      message: /needs the key of its issue/,
    });
    for (const ticketId of ['INC123456', 'SUP-', 'SUP 12', '../SUP-1', 'SUP-1/transitions', '..', 'S%2FP-1'])
      assert.throws(() => format({ ticketId }), {
        code: 'HOOK_MESSAGE_INCOMPLETE',
        message: /is not the key of a Jira issue/,
      });
  });

  it('goes to an issue’s path or is an error, whatever the key is', () => {
    fc.assert(
      fc.property(anySurvey, anyText, (survey, text) => {
        try {
          const path = format(survey, { issueKey: '{{payload}}' }, { payload: text }).target?.path;
          assert.match(path ?? '', /^\/rest\/servicedeskapi\/request\/[\w-]+\/comment$/);
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'HOOK_MESSAGE_INCOMPLETE');
        }
      }),
    );
  });

  it('refuses options that are none', () => {
    for (const options of [{ issueKey: [5] }, { issueKey: '{{#x}}' }, { public: 'yes' }])
      assert.throws(() => compileJiraComment(options), { code: 'HOOK_CONFIG_INVALID' });
  });
});
