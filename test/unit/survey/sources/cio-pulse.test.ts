import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { compileSource, type SourceSettings } from '../../../../src/survey/sources/sources.ts';
import sample from '../../../fixtures/cio-pulse-survey.json' with { type: 'json' };

const readPayload = (payload: unknown, settings: SourceSettings = { source: 'cio-pulse' }) =>
  compileSource(settings).read({ payload, message: { payload } });
const read = (changes: Record<string, unknown> = {}) => readPayload({ ...sample, ...changes });

describe('A CIOPulse survey', () => {
  it('becomes the record', () => {
    const { response, violations } = read();
    assert.deepEqual(violations, []);
    assert.deepEqual(response, {
      source: 'cio-pulse',
      surveyId: '',
      surveyName: 'Survey for DemoCorp',
      responseId: '3690',
      eventId: 'a65768befa38a',
      eventType: 'completed',
      submittedAt: '2021-07-29T07:50:52.000Z',
      metric: 'nps',
      score: 9,
      scale: { min: 0, max: 10, direction: 'higher-is-better' },
      class: 'promoter',
      rating: '',
      comment: 'You guys rock!',
      respondent: { id: 'carole.customer', email: '', phone: '', name: '' },
      account: '',
      agent: 'adam.agent',
      supportGroup: { code: 'SDESK', name: 'Service Desk' },
      ticketId: 'INC123456',
      drivers: {
        Responsiveness: 1,
        Interpersonal: 0,
        Knowledge: 0,
        Communication: 0,
        Speed: 0,
        Confirmation: 0,
        Effort: 0,
        Other: 0,
      },
      segments: [
        { code: 'NZ', name: 'New Zealand' },
        { code: 'NONE', name: 'No Segment' },
      ],
      language: 'English',
      links: { serviceRecoveryNotes: 'https://app.cio-pulse.com/service-recovery-notes?id=(etc)' },
      raw: sample,
    });
  });

  it('is recognised by its keys', () => {
    const { recognisedAs, response } = readPayload(sample, { source: 'auto' });
    assert.deepEqual([recognisedAs, response.source], ['cio-pulse', 'cio-pulse']);
    for (const payload of [{}, [], null, 'text', 5, { Overall: '9' }])
      assert.throws(() => readPayload(payload), { code: 'HOOK_MESSAGE_UNREADABLE', message: /no CIOPulse/ });
  });

  it('gives the customer’s email address where that is what the customer is called', () => {
    const { respondent } = read({ Customer: 'carole@example.com' }).response;
    assert.deepEqual(respondent, {
      id: 'carole@example.com',
      email: 'carole@example.com',
      phone: '',
      name: '',
    });
  });

  for (const [overall, score, npsClass] of [
    ['0', 0, 'detractor'],
    ['6', 6, 'detractor'],
    ['7', 7, 'passive'],
    ['8', 8, 'passive'],
    ['9', 9, 'promoter'],
    ['10', 10, 'promoter'],
    [10, 10, 'promoter'],
    ['', null, null],
  ] as const)
    it(`with ${JSON.stringify(overall)} overall is ${npsClass ?? 'of no class'}`, () => {
      const { response } = read({ Overall: overall, Responsiveness: '0' });
      assert.deepEqual([response.score, response.class], [score, npsClass]);
    });

  for (const [key, value] of [
    ['Overall', '11'],
    ['Overall', '-1'],
    ['Overall', '9.5'],
    ['Overall', 'nine'],
    ['Response_Datetime_UTC', '2021-02-30 07:50:52'],
    ['Speed', '2'],
    ['Speed', 'yes'],
    ['Comments', { text: 'x' }],
  ] as const)
    it(`cannot be read with ${JSON.stringify(value)} as ${key}`, () => {
      assert.throws(() => read({ [key]: value }), {
        code: 'HOOK_MESSAGE_UNREADABLE',
        message: new RegExp(`${key} must be`),
      });
    });

  it('names everything that cannot be read', () => {
    assert.throws(() => read({ Overall: '11', Speed: '2' }), /Overall must be .*"11".* Speed must be .*"2"/);
  });

  it('counts missing keys as empty', () => {
    const { response } = readPayload({ Response_ID: '1', Response_Datetime_UTC: '', Overall: '' });
    assert.deepEqual(
      [response.submittedAt, response.comment, response.drivers['Speed'], response.links],
      ['', '', 0, {}],
    );
  });
});

describe('Experience factors', () => {
  const rulesBroken = (changes: Record<string, string>): string[] =>
    read({ Responsiveness: '0', ...changes }).violations.map(({ field, rule }) => `${field} ${rule}`);

  it('that a promoter chose are good ones', () => {
    assert.deepEqual(rulesBroken({ Overall: '9', Speed: '1', Effort: '0' }), []);
    assert.deepEqual(rulesBroken({ Overall: '10', Speed: '-1', Other: '-1' }), [
      'Speed factor',
      'Other factor',
    ]);
  });

  for (const overall of ['0', '6', '7', '8'])
    it(`that someone with ${overall} chose are bad ones`, () => {
      assert.deepEqual(rulesBroken({ Overall: overall, Speed: '-1' }), []);
      assert.deepEqual(rulesBroken({ Overall: overall, Speed: '1' }), ['Speed factor']);
    });

  it('contradict nothing without a score', () => {
    assert.deepEqual(rulesBroken({ Overall: '', Speed: '1', Effort: '-1' }), []);
  });

  it('that contradict are reported in words', () => {
    assert.deepEqual(read({ Overall: '7' }).violations, [
      {
        field: 'Responsiveness',
        path: '/Responsiveness',
        rule: 'factor',
        message: 'Responsiveness is 1, but the factors that this respondent (passive, 7) selected are -1.',
      },
    ]);
  });

  it('have the names that the product was given', () => {
    const { Speed, Effort, ...others } = sample;
    const payload = { ...others, Tempo: Speed, '__proto__ of it': Effort, Overall: '3' };
    const { response, violations } = readPayload(payload, {
      source: 'cio-pulse',
      factors: 'Responsiveness, Tempo;__proto__ of it',
    });
    assert.deepEqual(response.drivers, { Responsiveness: 1, Tempo: 0, '__proto__ of it': 0 });
    assert.deepEqual(
      violations.map(({ field }) => field),
      ['Responsiveness'],
    );
  });
});
