import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { compileFreshdeskTicket } from '../../../../src/survey/formats/freshdesk-ticket.ts';
import { readCioPulse } from '../../../../src/survey/sources/cio-pulse.ts';
import type { SurveyResponse } from '../../../../src/survey/survey-response.ts';
import sample from '../../../fixtures/cio-pulse-survey.json' with { type: 'json' };
import { anySurvey, anyText } from '../../../support/any-survey.ts';

const jo = { id: 'jo', email: 'jo@example.com', phone: '', name: 'Jo Doe' };

const formatted = (changes: Partial<SurveyResponse> = {}, options = {}) =>
  compileFreshdeskTicket(options)({
    survey: { ...readCioPulse(sample), respondent: jo, ...changes },
    message: {},
  });

const format = (...given: Parameters<typeof formatted>) =>
  formatted(...given).payload as Record<string, unknown>;

describe('The Freshdesk ticket format', () => {
  it('makes a ticket', () => {
    assert.deepEqual(format(), {
      subject: 'Promoter 9/10 from Jo Doe (INC123456)',
      description:
        '<p>You guys rock!</p><p><b>Score:</b> 9 of 10 (promoter)<br><b>Customer:</b> Jo Doe, jo, jo@example.com<br>' +
        '<b>Ticket:</b> INC123456<br><b>Agent:</b> adam.agent<br><b>Support group:</b> Service Desk<br>' +
        '<b>Because of:</b> Responsiveness<br><b>Segment:</b> New Zealand<br><b>Language:</b> English<br>' +
        '<b>Answered:</b> 2021-07-29T07:50:52.000Z</p>' +
        '<p><a href="https://app.cio-pulse.com/service-recovery-notes?id=(etc)">Service recovery notes</a></p>',
      email: 'jo@example.com',
      name: 'Jo Doe',
      priority: 1,
      status: 2,
    });
  });

  it('escapes whatever others wrote', () => {
    const evil = `<img src=x onerror="alert('1')">&amp;\r\n<b>`;
    const { description, subject } = format({
      comment: evil,
      agent: evil,
      links: { [evil]: 'https://e.example/"><script>', js: 'javascript:alert(1)' },
    });
    const text = String(description).replace(/<\/?(?:p|b|a)>|<br>|<a href="https:[^"<>]*">/g, '');
    assert.doesNotMatch(text, /[<>"']/);
    assert.match(text, /&lt;img src=x onerror=&quot;alert\(&#39;1&#39;\)&quot;&gt;&amp;amp;/);
    assert.doesNotMatch(String(description), /javascript:/);
    assert.equal(typeof subject, 'string');
  });

  it('finds the requester by email, else by phone with a name', () => {
    const requester = (respondent: Partial<typeof jo>) => {
      const { email, phone, name } = format({
        respondent: { id: '', email: '', phone: '', name: '', ...respondent },
      });
      return { email, phone, name };
    };
    assert.deepEqual(requester(jo), { email: 'jo@example.com', phone: undefined, name: 'Jo Doe' });
    assert.deepEqual(requester({ phone: '123', name: 'Jo' }), { email: undefined, phone: '123', name: 'Jo' });
    assert.deepEqual(requester({ phone: '123' }), { email: undefined, phone: '123', name: '123' });
    assert.deepEqual(requester({ email: 'no address', phone: '1', id: 'jo' }), {
      email: undefined,
      phone: '1',
      name: 'jo',
    });
    assert.equal(requester({ email: ' jo@example.com\n' }).email, 'jo@example.com');
  });

  it('is an error without email and phone, or takes the one that is set', () => {
    const respondent = { id: 'carole.customer', email: '', phone: '', name: '' };
    assert.throws(() => format({ respondent }), { code: 'HOOK_MESSAGE_INCOMPLETE', message: /neither/ });
    assert.throws(() => format({ respondent }, { requesterEmail: '{{nothing}}' }), {
      code: 'HOOK_MESSAGE_INCOMPLETE',
    });
    const ticket = format({ respondent }, { requesterEmail: '{{respondent.id}}@example.com' });
    assert.deepEqual([ticket['email'], ticket['name']], ['carole.customer@example.com', 'carole.customer']);
    const broken = { ...respondent, email: 'carole at home' };
    assert.equal(
      format({ respondent: broken }, { requesterEmail: 'a@example.com' })['email'],
      'a@example.com',
    );
  });

  it('has a priority by class, or the one that is set', () => {
    assert.deepEqual(
      (['detractor', 'passive', 'promoter', null] as const).map(
        (npsClass) => format({ class: npsClass })['priority'],
      ),
      [3, 2, 1, 1],
    );
    assert.deepEqual(
      (['dissatisfied', 'neutral', 'satisfied', 'difficult', 'easy'] as const).map(
        (otherClass) => format({ class: otherClass })['priority'],
      ),
      [3, 2, 1, 3, 1],
    );
    assert.equal(format({}, { priority: '4' })['priority'], 4);
    assert.equal(format({}, { priority: 'auto', status: '5' })['status'], 5);
  });

  it('has tags and a subject of its own, in one line of at most 255 characters', () => {
    const ticket = format(
      { comment: 'a\nb' },
      { tags: ' nps, , survey ', subject: '{{class}}: {{comment}}' },
    );
    assert.deepEqual([ticket['tags'], ticket['subject']], [['nps', 'survey'], 'promoter: a b']);
    const long = String(format({}, { subject: `x${'😀'.repeat(300)}` })['subject']);
    assert.equal(long, `x${'😀'.repeat(126)}…`);
    assert.deepEqual(format({}, { tags: 'a,b,a' })['tags'], ['a', 'b']);
    assert.deepEqual(format({}, { tags: '{{class}}, by {{agent}}{{nothing}}, {{nothing}}' })['tags'], [
      'promoter',
      'by adam.agent',
    ]);
    assert.deepEqual(format({ comment: `a,\nb ${'😀'.repeat(30)}` }, { tags: '{{comment}}' })['tags'], [
      `a b ${'😀'.repeat(13)}…`,
    ]);
    assert.deepEqual(format({}, { tags: `${'x'.repeat(40)}{{nothing}}` })['tags'], [`${'x'.repeat(31)}…`]);
    assert.deepEqual(format({}, { tags: 'x'.repeat(32) })['tags'], ['x'.repeat(32)]);
  });

  it('goes to where Freshdesk takes tickets', () => {
    assert.deepEqual(formatted().target, { method: 'POST', path: '/api/v2/tickets', headers: {} });
  });

  it('keeps to the rules of Freshdesk, whatever it is given', () => {
    fc.assert(
      fc.property(anySurvey, anyText, (survey, subject) => {
        const ticket = format(survey, {
          subject: subject.replaceAll(/[{}]/g, ''),
          requesterEmail: 'a@example.com',
        });
        assert.deepEqual(JSON.parse(JSON.stringify(ticket)), ticket);
        for (const [name, limit] of [
          ['subject', 255],
          ['name', 255],
          ['email', 254],
          ['phone', 255],
        ] as const) {
          const text = (ticket[name] ?? 'x') as string;
          assert.ok(
            text.length <= limit && text.trim() === text && text !== '' && !/[\r\n\p{Cs}]/u.test(text),
          );
        }
        assert.ok('email' in ticket || ('phone' in ticket && 'name' in ticket));
      }),
      { numRuns: 150 },
    );
  });

  it('refuses options that are none', () => {
    for (const options of [
      { priority: '5' },
      { tags: `a,${'x'.repeat(33)}` },
      { status: 'open' },
      { tags: ['a'] },
      { subject: '{{#x}}' },
    ])
      assert.throws(() => compileFreshdeskTicket(options), { code: 'HOOK_CONFIG_INVALID' });
  });
});
