import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { compileZendeskComment } from '../../../../src/survey/formats/zendesk-comment.ts';
import { readCioPulse } from '../../../../src/survey/sources/cio-pulse.ts';
import type { SurveyResponse } from '../../../../src/survey/survey-response.ts';
import sample from '../../../fixtures/cio-pulse-survey.json' with { type: 'json' };
import { anySurvey, anyText } from '../../../support/any-survey.ts';

const format = (changes: Partial<SurveyResponse> = {}, options = {}, message = {}) =>
  compileZendeskComment(options)({ survey: { ...readCioPulse(sample), ...changes }, message });

describe('The Zendesk comment format', () => {
  it('adds a comment for agents to the ticket of the response', () => {
    const { payload, target } = format({ ticketId: ' #42 ' });
    const { comment } = (payload as { ticket: { comment: { body: string; public: boolean } } }).ticket;
    assert.match(comment.body, /^You guys rock!\n\n- Score: 9 of 10 \(promoter\)\n/);
    assert.deepEqual(payload, { ticket: { comment: { body: comment.body, public: false } } });
    assert.deepEqual(target, { method: 'PUT', path: '/api/v2/tickets/42.json', headers: {} });
  });

  it('takes the number from where it is set, and makes the comment public', () => {
    const { payload, target } = format(
      {},
      { ticketId: '{{hook.ticket}}', public: true },
      { hook: { ticket: 7 } },
    );
    assert.equal(target?.path, '/api/v2/tickets/7.json');
    assert.match(JSON.stringify(payload), /"public":true/);
  });

  it('is an error without the number of a ticket', () => {
    assert.throws(() => format({ ticketId: ' ' }), {
      code: 'HOOK_MESSAGE_INCOMPLETE',
      message: /needs the number of its ticket/,
    });
    for (const ticketId of ['INC123456', '4/2', '..', '4%2F2', '1'.repeat(20), '٤٢'])
      assert.throws(() => format({ ticketId }), {
        code: 'HOOK_MESSAGE_INCOMPLETE',
        message: /is not the number of a Zendesk ticket/,
      });
  });

  it('goes to a ticket’s path or is an error, whatever the number is', () => {
    fc.assert(
      fc.property(anySurvey, anyText, (survey, text) => {
        try {
          const path = format(survey, { ticketId: '{{payload}}' }, { payload: text }).target?.path;
          assert.match(path ?? '', /^\/api\/v2\/tickets\/\d+\.json$/);
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'HOOK_MESSAGE_INCOMPLETE');
        }
      }),
    );
  });

  it('refuses options that are none', () => {
    for (const options of [{ ticketId: [5] }, { ticketId: '{{#x}}' }, { public: 'yes' }])
      assert.throws(() => compileZendeskComment(options), { code: 'HOOK_CONFIG_INVALID' });
  });
});
