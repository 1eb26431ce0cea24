import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { compileZendeskTicket } from '../../../../src/survey/formats/zendesk-ticket.ts';
import { readCioPulse } from '../../../../src/survey/sources/cio-pulse.ts';
import type { SurveyResponse } from '../../../../src/survey/survey-response.ts';
import sample from '../../../fixtures/cio-pulse-survey.json' with { type: 'json' };
import { anySurvey, anyText } from '../../../support/any-survey.ts';

interface Ticket {
  subject: string;
  comment: { body: string; public: boolean };
  requester: { name: string; email: string };
  priority: string;
  tags: string[];
  external_id?: string;
}

const jo = { id: 'jo', email: 'jo@example.com', phone: '', name: 'Jo Doe' };
const nobody = { id: '', email: '', phone: '', name: '' };

const run = (changes: Partial<SurveyResponse> = {}, options = {}, message = {}) =>
  compileZendeskTicket(options)({
    survey: { ...readCioPulse(sample), respondent: jo, ...changes },
    message,
  });
const format = (...parts: Parameters<typeof run>): Ticket =>
  (run(...parts).payload as { ticket: Ticket }).ticket;

describe('The Zendesk ticket format', () => {
  it('makes a ticket that a second request with the same key does not make again', () => {
    assert.deepEqual(run(), {
      payload: {
        ticket: {
          subject: 'Promoter 9/10 from Jo Doe (INC123456)',
          comment: {
            body: [
              'You guys rock!',
              '',
              '- Score: 9 of 10 (promoter)',
              '- Customer: Jo Doe, jo, jo@example.com',
              '- Ticket: INC123456',
              '- Agent: adam.agent',
              '- Support group: Service Desk',
              '- Because of: Responsiveness',
              '- Segment: New Zealand',
              '- Language: English',
              '- Answered: 2021-07-29T07:50:52.000Z',
              '',
              '- [Service recovery notes](https://app.cio-pulse.com/service-recovery-notes?id=%28etc%29)',
            ].join('\n'),
            public: false,
          },
          requester: { name: 'Jo Doe', email: 'jo@example.com' },
          priority: 'low',
          tags: ['nps_promoter'],
          external_id: '3690',
        },
      },
      target: {
        method: 'POST',
        path: '/api/v2/tickets.json',
        headers: { 'Idempotency-Key': '{{delivery.id}}' },
      },
    });
  });

  it('takes subject, priority, tags and a public comment from the options', () => {
    const options = {
      subject: ' {{surveyName}}:\n{{payload}} ',
      priority: 'urgent',
      tags: 'survey, red  alert,, nps_promoter ,',
      public: true,
    };
    const { subject, priority, tags, comment } = format({}, options, { payload: 'now' });
    assert.equal(subject, 'Survey for DemoCorp: now');
    assert.equal(priority, 'urgent');
    assert.deepEqual(tags, ['survey', 'red_alert', 'nps_promoter']);
    assert.equal(comment.public, true);
  });

  it('fills dynamic tags into its tags, each of which stays one', () => {
    const options = { tags: '{{source}}, from {{respondent.name}}, {{nothing}}, x{{payload}}' };
    const { tags } = format({ respondent: jo, class: null }, options, { payload: ' a, b\nc {{ticket.id}} ' });
    assert.deepEqual(tags, ['cio-pulse', 'from_Jo_Doe', 'x_a_b_c_{_ticket.id}}']);
    const [long] = format({}, { tags: '{{payload}}' }, { payload: '😀'.repeat(300) }).tags;
    assert.ok(long!.length <= 255 && long!.endsWith('😀…'));
  });

  for (const [surveyClass, priority, tags] of [
    ['detractor', 'high', ['nps_detractor']],
    ['passive', 'normal', ['nps_passive']],
    [null, 'low', []],
  ] as const)
    it(`gives ${surveyClass ?? 'a response without a class'} the priority ${priority}`, () => {
      const ticket = format({ class: surveyClass });
      assert.deepEqual([ticket.priority, ticket.tags], [priority, tags]);
    });

  it('gives the requester a name, and takes the address that is set where there is none', () => {
    const instead = { requesterEmail: '{{respondent.id}}@example.com' };
    assert.deepEqual(format({ respondent: { ...nobody, email: ' a@b.example ' } }).requester, {
      name: 'a@b.example',
      email: 'a@b.example',
    });
    assert.deepEqual(format({ respondent: { ...nobody, id: 'carole' } }, instead).requester, {
      name: 'carole',
      email: 'carole@example.com',
    });
    assert.equal(
      format({ respondent: { ...jo, email: 'no address' } }, instead).requester.email,
      'jo@example.com',
    );
  });

  it('is an error without any address', () => {
    for (const options of [{}, { requesterEmail: '{{nothing}}' }, { requesterEmail: 'no address' }])
      assert.throws(() => format({ respondent: { ...nobody, phone: '+49 30' } }, options), {
        code: 'HOOK_MESSAGE_INCOMPLETE',
        message: /needs the email address/,
      });
  });

  it('has no external id where the response has none', () =>
    assert.equal('external_id' in format({ responseId: ' ' }), false));

  it('is within Zendesk’s limits and holds no placeholder, whatever it is given', () => {
    fc.assert(
      fc.property(anySurvey, anyText, (survey, text) => {
        const options = {
          subject: '{{payload}}',
          requesterEmail: 'jo@example.com',
          tags: 'a,b c,{{payload}}',
        };
        const ticket = format(survey, options, { payload: text });
        assert.deepEqual(JSON.parse(JSON.stringify(ticket)), ticket);
        const { subject, comment, requester, external_id: externalId = '' } = ticket;
        for (const line of [subject, requester.name, externalId]) assert.doesNotMatch(line, /[\r\n]/);
        assert.ok(subject !== '' && subject.length <= 150);
        assert.ok(requester.name !== '' && requester.name.length <= 255 && externalId.length <= 255);
        assert.ok(comment.body !== '' && Buffer.byteLength(comment.body) <= 60_000);
        const texts = [subject, comment.body, requester.name, externalId];
        for (const one of texts) assert.doesNotMatch(one, /\{[{%]|\p{Cs}/u);
        for (const tag of ticket.tags) {
          assert.match(tag, /^[^\s,]{1,255}$/);
          assert.doesNotMatch(tag, /\{[{%]|\p{Cs}/u);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('says that a comment was cut, and keeps all the facts', () => {
    const { body } = format({ comment: 'ä*'.repeat(40_000) }).comment;
    assert.ok(Buffer.byteLength(body) > 59_900);
    assert.match(body, /…\s+\(cut, 80,000 characters in all\)\n\n- Score: 9 of 10/);
    assert.match(body, /- \[Service recovery notes\]/);
  });

  it('refuses options that are none', () => {
    for (const options of [
      { subject: [5] },
      { subject: '{{#x}}' },
      { priority: 'high!' },
      { public: 'yes' },
      { tags: [] },
      { tags: 'a,{{#x}}' },
    ])
      assert.throws(() => compileZendeskTicket(options), { code: 'HOOK_CONFIG_INVALID' });
  });
});
