import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { describeInHtml } from '../../../../src/survey/formats/freshdesk.ts';
import { compileFreshdeskNote } from '../../../../src/survey/formats/freshdesk-note.ts';
import { readCioPulse } from '../../../../src/survey/sources/cio-pulse.ts';
import sample from '../../../fixtures/cio-pulse-survey.json' with { type: 'json' };
import { anySurvey } from '../../../support/any-survey.ts';

const survey = readCioPulse(sample);
const format = (changes = {}, options = {}, message = {}) =>
  compileFreshdeskNote(options)({ survey: { ...survey, ...changes }, message });

describe('The Freshdesk note format', () => {
  it('makes a private note on the ticket of the response', () => {
    assert.deepEqual(format({ ticketId: '42' }), {
      payload: { body: describeInHtml({ ...survey, ticketId: '42' }), private: true },
      target: { method: 'POST', path: '/api/v2/tickets/42/notes', headers: {} },
    });
  });

  it('makes a public one, and on another ticket, where that is asked', () => {
    const options = { ticketId: ' {{payload.ticket}} ', private: false };
    const { payload, target } = format({}, options, { payload: { ticket: 7 } });
    assert.equal((payload as { private: boolean }).private, false);
    assert.equal(target?.path, '/api/v2/tickets/7/notes');
  });

  it('says what is missing without a ticket', () => {
    for (const [changes, options] of [
      [{ ticketId: '' }, {}],
      [{ ticketId: ' ' }, { ticketId: '' }],
      [{}, { ticketId: '{{nothing}}' }],
    ])
      assert.throws(() => format(changes, options), {
        code: 'HOOK_MESSAGE_INCOMPLETE',
        message: /needs the number of its ticket/,
      });
  });

  it('never goes to another part of Freshdesk', () => {
    for (const ticketId of [
      '..',
      '.',
      '%2e%2e',
      '1/../../agents?x#y',
      '4 2',
      '４２',
      'INC123456',
      '1'.repeat(20),
    ])
      assert.throws(() => format({ ticketId }), {
        code: 'HOOK_MESSAGE_INCOMPLETE',
        message: /is not the number of a Freshdesk ticket/,
      });
    assert.equal(format({ ticketId: ' # 42' }).target?.path, '/api/v2/tickets/42/notes');
  });

  it('names a ticket that is none without its markup', () => {
    assert.throws(() => format({ ticketId: `<b>${'x'.repeat(500)}` }), { message: /^"‹b›x{57}…" is not/ });
  });

  it('writes any survey response', () => {
    fc.assert(
      fc.property(anySurvey, (any) => {
        const { payload, target } = compileFreshdeskNote({ ticketId: '7' })({ survey: any, message: {} });
        assert.deepEqual(JSON.parse(JSON.stringify(payload)), payload);
        assert.equal(target?.path, '/api/v2/tickets/7/notes');
      }),
      { numRuns: 100 },
    );
  });

  it('refuses options that are none', () => {
    for (const options of [{ ticketId: [5] }, { ticketId: '{{#x}}' }, { private: 'yes' }])
      assert.throws(() => compileFreshdeskNote(options), { code: 'HOOK_CONFIG_INVALID' });
  });
});
