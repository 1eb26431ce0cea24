import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { compileServiceNowIncident } from '../../../../src/survey/formats/servicenow-incident.ts';
import { readCioPulse } from '../../../../src/survey/sources/cio-pulse.ts';
import type { SurveyResponse } from '../../../../src/survey/survey-response.ts';
import sample from '../../../fixtures/cio-pulse-survey.json' with { type: 'json' };
import { anySurvey, anyText } from '../../../support/any-survey.ts';

const run = (changes: Partial<SurveyResponse> = {}, options = {}, message = {}) =>
  compileServiceNowIncident(options)({ survey: { ...readCioPulse(sample), ...changes }, message });
const format = (...parts: Parameters<typeof run>) => run(...parts).payload as Record<string, string>;

/** The most that a column holds, in characters. */
const LIMITS: Readonly<Record<string, number>> = {
  short_description: 160,
  description: 4000,
  urgency: 1,
  impact: 1,
  correlation_id: 100,
  caller_id: 255,
  category: 255,
  comments: 4000,
};

describe('The ServiceNow incident format', () => {
  it('makes an incident', () => {
    assert.deepEqual(run(), {
      payload: {
        short_description: 'Promoter 9/10 from carole.customer (INC123456)',
        description: [
          'You guys rock!',
          '',
          'Score: 9 of 10 (promoter)',
          'Customer: carole.customer',
          'Ticket: INC123456',
          'Agent: adam.agent',
          'Support group: Service Desk',
          'Because of: Responsiveness',
          'Segment: New Zealand',
          'Language: English',
          'Answered: 2021-07-29T07:50:52.000Z',
          '',
          'Service recovery notes: https://app.cio-pulse.com/service-recovery-notes?id=%28etc%29',
        ].join('\n'),
        urgency: '3',
        impact: '3',
        correlation_id: '3690',
      },
      target: { method: 'POST', path: '/api/now/table/incident', headers: {} },
    });
  });

  it('takes title, caller, category, urgency and a comment from the options', () => {
    const options = {
      shortDescription: '{{surveyName}}:\n{{payload}}',
      callerId: ' {{respondent.id}} ',
      category: ' inquiry of\n{{agent}} ',
      urgency: '1',
      comments: true,
    };
    const { description, ...incident } = format({}, options, { payload: 'now' });
    assert.match(description ?? '', /^You guys rock!/);
    assert.deepEqual(incident, {
      short_description: 'Survey for DemoCorp: now',
      urgency: '1',
      impact: '1',
      correlation_id: '3690',
      caller_id: 'carole.customer',
      category: 'inquiry of adam.agent',
      comments: 'You guys rock!',
    });
  });

  it('is more urgent for the unhappy', () => {
    const urgencyOf = (surveyClass: SurveyResponse['class']) => format({ class: surveyClass })['urgency'];
    assert.deepEqual(
      ['detractor', 'passive', 'promoter'].map((one) => urgencyOf(one as 'passive')),
      ['2', '3', '3'],
    );
    assert.equal(urgencyOf(null), '3');
  });

  it('can be found again by what names the response', () => {
    const idOf = (changes: Partial<SurveyResponse>, message = {}) =>
      format(changes, {}, message)['correlation_id'];
    assert.equal(idOf({ responseId: '', eventId: 'evt_1' }), 'evt_1');
    assert.equal(idOf({ responseId: '', eventId: '' }, { webhookId: 'msg_1' }), 'msg_1');
    assert.equal(idOf({ responseId: '', eventId: '' }, { webhookId: 7 }), undefined);
  });

  it('leaves out what is empty, so that ServiceNow fills it in itself', () => {
    const options = { callerId: '{{nothing}}', category: ' ', comments: true };
    const incident = format({ comment: ' ' }, options);
    assert.deepEqual(Object.keys(incident), [
      'short_description',
      'description',
      'urgency',
      'impact',
      'correlation_id',
    ]);
  });

  it('has no code tags, which ServiceNow shows as HTML', () => {
    const evil = '[code]<script>alert(1)</script>[/code] [CODE]x[ /Code][[code]';
    const incident = format(
      { comment: evil, agent: evil, links: { [evil]: 'https://e.example/[code]' } },
      {
        shortDescription: '{{agent}}',
        callerId: '{{agent}}',
        category: evil,
        comments: true,
      },
    );
    assert.equal(incident['comments'], '[ code]<script>alert(1)</script>[ /code] [ CODE]x[ /Code][[ code]');
    assert.doesNotMatch(JSON.stringify(incident), /\[\/?code/i);
  });

  it('keeps to the columns, whatever it is given', () => {
    fc.assert(
      fc.property(anySurvey, anyText, (survey, text) => {
        const options = {
          shortDescription: '{{payload}}',
          callerId: '{{payload}}',
          category: 'x',
          comments: true,
        };
        const incident = format(survey, options, { payload: text });
        assert.deepEqual(JSON.parse(JSON.stringify(incident)), incident);
        for (const [name, value] of Object.entries(incident)) {
          assert.ok(value !== '' && value.length <= (LIMITS[name] ?? 0), `${name}: ${value.length}`);
          assert.doesNotMatch(value, /\[\/?code\b|\p{Cs}|[\0-\x08]/iu);
        }
        for (const name of ['short_description', 'correlation_id', 'caller_id'])
          assert.doesNotMatch(incident[name] ?? '', /[\r\n]/);
      }),
      { numRuns: 200 },
    );
  });

  it('says that a comment was cut, and keeps all the facts', () => {
    const { description = '', comments } = format({ comment: 'x'.repeat(9000) }, { comments: true });
    assert.equal(description.length, 4000);
    assert.match(description, /…\n\(cut, 9,000 characters in all\)\n\nScore: 9 of 10/);
    assert.match(description, /Service recovery notes: https/);
    assert.equal(comments?.length, 4000);
  });

  it('refuses options that are none', () => {
    for (const options of [
      { shortDescription: [5] },
      { callerId: '{{#x}}' },
      { urgency: '4' },
      { category: {} },
      { comments: 'yes' },
    ])
      assert.throws(() => compileServiceNowIncident(options), { code: 'HOOK_CONFIG_INVALID' });
  });
});
