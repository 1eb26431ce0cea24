import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { RecordMapping } from '../../../../src/mapping/record-mapping.ts';
import sample from '../../../fixtures/surveys/customergauge-external-response.json' with { type: 'json' };
import { readPayload, type ReadOptions } from '../../../support/survey-sources.ts';

const read = (payload: unknown = sample, options: ReadOptions = {}) =>
  readPayload(payload, { source: 'customergauge', ...options }).response;

describe('An external response of CustomerGauge', () => {
  it('becomes the record', () => {
    const { responseId, ...response } = read();
    assert.match(responseId, /^[0-9a-f]{32}$/);
    assert.deepEqual(response, {
      source: 'customergauge',
      surveyId: '',
      surveyName: '',
      eventId: '',
      eventType: 'external-response',
      submittedAt: '2026-01-31T14:05:00.000Z',
      metric: 'nps',
      score: 9,
      scale: { min: 0, max: 10, direction: 'higher-is-better' },
      class: 'promoter',
      rating: '',
      comment: 'All went well.',
      respondent: { id: '', email: 'john.doe@example.com', phone: '', name: '' },
      account: '',
      agent: '',
      supportGroup: { code: '', name: '' },
      ticketId: '',
      drivers: {},
      segments: [],
      language: '',
      links: {},
      raw: sample,
    });
  });

  it('is recognised by its dates, in any letters, or by its mapping', () => {
    const phone = { ' PHONE ': '1', 'sent date': '2026-01-01', 'RESPONSE DATE': '2026-01-02' };
    for (const payload of [
      sample,
      phone,
      { email: 'a@b.cd', sentDate: '2026-01-01', responseDate: '2026-01-02' },
    ])
      assert.equal(readPayload(payload, { source: 'auto' }).recognisedAs, 'customergauge');
    const message = { record: { dataType: 'external-responses' } };
    const renamed = { sentDate: '2026-01-01', email: 'a@b.cd', responseDate: '2026-01-02' };
    assert.equal(readPayload(renamed, { source: 'auto', message }).recognisedAs, 'customergauge');
  });

  it('is not recognised by one date alone', () => {
    for (const payload of [{ 'Sent Date': '2026-01-01' }, { responseDate: '2026-01-01', email: 'a@b.cd' }])
      assert.throws(() => readPayload(payload, { source: 'auto' }), { message: /no known source/ });
  });

  it('has email and phone without the spaces around them, and names a field so that it is no markup', () => {
    const { respondent } = read({ ...sample, Email: ' a@b.cd\n', Phone: ' 12 34 ' });
    assert.deepEqual([respondent.email, respondent.phone], ['a@b.cd', '12 34']);
    const message = {
      record: { dataType: 'external-responses', properties: { score: '<b>score' } },
    };
    assert.throws(() => read({ ...sample, '<b>score': 11 }, { message }), { message: /‹b›score must be/ });
  });

  it('is read as a mapping-validator passes it on, whatever its properties are called', () => {
    const fields = [
      { field: 'Response Date', property: 'answeredAt', type: 'date-time', required: true },
      { field: 'Comment', property: 'verbatim', type: 'string', required: false },
    ];
    const result = new RecordMapping({ dataType: 'external-responses', fields }).apply(sample, 0);
    assert.equal(result.kind, 'valid');
    const { payload, record } = result;
    for (const source of ['auto', 'customergauge']) {
      const response = read(payload, { source, message: { record } });
      assert.deepEqual(response, { ...read(), raw: payload });
    }
  });

  it('has the same id whenever it comes, and another for another contact or date', () => {
    const idOf = (changes: object) => read({ ...sample, ...changes }).responseId;
    const own = idOf({});
    assert.equal(idOf({ Email: ' John.Doe@Example.com', Score: '1', Comment: '' }), own);
    assert.equal(idOf({ 'Response Date': '2026-01-31T15:05:00+01:00' }), own);
    assert.notEqual(idOf({ Email: 'jane.doe@example.com' }), own);
    assert.notEqual(idOf({ 'Response Date': '2026-01-31 14:05:01' }), own);
    const byPhone = idOf({ Email: '', Phone: '+64 9 123' });
    assert.equal(idOf({ Email: null, Phone: '+64-9-123' }), byPhone);
    assert.notEqual(byPhone, own);
  });

  it('may have a scale of its own', () => {
    const response = read({ ...sample, Score: 4.5 }, { metric: 'csat' });
    assert.deepEqual([response.score, response.class], [4.5, 'satisfied']);
  });

  it('may be without a score, and takes the later of two names', () => {
    assert.equal(read({ ...sample, Score: ' ' }).score, null);
    assert.equal(read({ ...sample, score: 3 }).score, 3);
  });

  for (const [changes, message] of [
    [{ Email: ' ', Phone: null }, /Email or Phone is missing\./],
    [{ 'Sent Date': '' }, /Sent Date is missing\./],
    [{ 'Response Date': undefined }, /Response Date is missing\./],
    [{ 'Sent Date': 'then' }, /Sent Date must be a time such as/],
    [{ 'Response Date': '2026-02-30' }, /Response Date must be a time such as .*, not "2026-02-30"\./],
    [
      { 'Response Date': '2026-01-30 08:59:59' },
      /Response Date \(2026-01-30T08:59:59.000Z\) must not be before Sent Date/,
    ],
    [{ Score: 12 }, /Score must be a whole number from 0 to 10, not 12\./],
  ] as const)
    it(`cannot be read with ${JSON.stringify(changes)}`, () => {
      assert.throws(() => read({ ...sample, ...changes }), { code: 'HOOK_MESSAGE_UNREADABLE', message });
    });

  it('is an object of fields', () => {
    for (const payload of [null, 'Email', [sample], 5])
      assert.throws(() => read(payload), { code: 'HOOK_MESSAGE_UNREADABLE', message: /no object of fields/ });
  });
});
