import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import created from '../../../fixtures/surveys/delighted-survey-response-created.json' with { type: 'json' };
import updated from '../../../fixtures/surveys/delighted-survey-response-updated.json' with { type: 'json' };
import unsubscribed from '../../../fixtures/surveys/delighted-unsubscribe-created.json' with { type: 'json' };
import { readPayload, type ReadOptions } from '../../../support/survey-sources.ts';

const read = (data: object = {}, options: ReadOptions = {}) =>
  readPayload(
    { ...updated, event_data: { ...updated.event_data, ...data } },
    { source: 'delighted', ...options },
  ).response;

describe('A response of Delighted', () => {
  it('becomes the record', () => {
    assert.deepEqual(readPayload(updated, { source: 'delighted' }), {
      response: {
        source: 'delighted',
        surveyId: '',
        surveyName: '',
        responseId: '5435',
        eventId: 'b8d057c59327541d7ec2104c0a9a255ad1997fb00831b9c6bbf09561e6d5cbd0',
        eventType: 'survey_response.updated',
        submittedAt: '2024-12-22T01:27:30.000Z',
        metric: 'nps',
        score: 9,
        scale: { min: 0, max: 10, direction: 'higher-is-better' },
        class: 'promoter',
        rating: '',
        comment: 'Your service is fast and flawless!',
        respondent: { id: '5975', email: 'charlie_gravis@example.com', phone: '', name: 'Charlie Gravis' },
        account: '',
        agent: '',
        supportGroup: { code: '', name: '' },
        ticketId: '',
        drivers: {},
        segments: [],
        language: '',
        links: { response: 'https://app.delighted.com/r/5pFDpmlyC8GUc5oxU6USto5VonSKAqOa' },
        raw: updated,
      },
      violations: [],
    });
  });

  it('is recognised by its event, a score as well as the comment that comes later', () => {
    const first = readPayload(created, { source: 'auto' });
    const second = readPayload(updated, { source: 'auto' });
    assert.deepEqual([first.recognisedAs, second.recognisedAs], ['delighted', 'delighted']);
    assert.deepEqual([first.response.comment, second.response.comment], ['', updated.event_data.comment]);
    assert.equal(first.response.responseId, second.response.responseId);
    assert.equal(first.response.submittedAt, second.response.submittedAt);
    assert.notEqual(first.response.eventId, second.response.eventId);
  });

  it('takes what its person’s properties are called for, and keeps the others as segments', () => {
    const response = read({
      person_properties: {
        Company: 'Acme',
        locale: 'de',
        'Ticket ID': 7,
        country: 'USA',
        vip: true,
        empty: '',
        nested: { a: 1 },
        'Delighted Browser': 'Chrome',
        delighted_email_subject: 'Hello',
      },
    });
    const { account, language, ticketId, segments } = response;
    assert.deepEqual([account, language, ticketId], ['Acme', 'de', '7']);
    assert.deepEqual(segments, [
      { code: 'country', name: 'USA' },
      { code: 'vip', name: 'true' },
    ]);
  });

  it('takes a person that is only an id', () => {
    assert.deepEqual(read({ person: '10' }).respondent, { id: '10', email: '', phone: '', name: '' });
    assert.equal(read({ person: { id: 1, phone_number: '+6491234567' } }).respondent.phone, '+6491234567');
  });

  it('makes drivers of the additional answers that are called like a factor', () => {
    const { drivers } = read({}, { factors: 'friendly staff, Price' });
    assert.deepEqual(drivers, { 'friendly staff': 1, Price: 0 });
    assert.deepEqual(read({ score: 3 }, { factors: ['Yes'] }).drivers, { Yes: -1 });
  });

  for (const [type, score, expected] of [
    ['nps', 10, 'nps 0-10 promoter'],
    ['eNPS', 6, 'nps 0-10 detractor'],
    ['csat', 4, 'csat 1-5 satisfied'],
    ['ces', 2, 'ces 1-5 difficult'],
    ['5-star', 3, 'csat 1-5 neutral'],
    ['smileys', 1, 'csat 1-5 dissatisfied'],
    ['pmf', 3, 'csat 1-3 satisfied'],
  ] as const)
    it(`with survey type ${type} is ${expected}`, () => {
      const { metric, scale, class: surveyClass } = read({ survey_type: type, score });
      assert.equal(`${metric} ${scale.min}-${scale.max} ${surveyClass ?? ''}`, expected);
    });

  it('takes the scale that is set for its metric', () => {
    const { scale, class: surveyClass } = read(
      { survey_type: 'ces', score: 7 },
      { metric: 'ces', scaleMax: '7' },
    );
    assert.deepEqual([scale.max, surveyClass], [7, 'easy']);
    assert.throws(() => read({ survey_type: 'ces', score: 7 }), /score must be a number from 1 to 5, not 7/);
  });

  it('of a type without a known scale needs one that is set', () => {
    const thumbs = { survey_type: 'thumbs', score: 1 };
    assert.throws(() => read(thumbs), {
      code: 'HOOK_MESSAGE_UNREADABLE',
      message: /survey type "thumbs" is not known/,
    });
    assert.throws(() => read(thumbs, { metric: 'csat' }), /survey type "thumbs"/);
    const { scale, class: surveyClass } = read(thumbs, { metric: 'csat', scaleMin: '0', scaleMax: '1' });
    assert.deepEqual([scale.min, scale.max, surveyClass], [0, 1, 'satisfied']);
  });

  it('without a type is what is set', () => {
    const response = read({ survey_type: null, score: 2 }, { metric: 'ces', direction: 'lower-is-better' });
    assert.deepEqual([response.metric, response.class], ['ces', 'easy']);
  });

  it('may be without a score', () => {
    assert.deepEqual([read({ score: null }).score, read({ score: null }).class], [null, null]);
  });

  it('cannot be read where a value is none', () => {
    assert.throws(
      () => read({ score: 11, created_at: 'soon', comment: ['a'] }),
      (error: Error) => {
        assert.match(error.message, /^The survey response \(Delighted\) cannot be read\. /);
        assert.match(error.message, /score must be a whole number from 0 to 10, not 11\./);
        assert.match(error.message, /created_at must be a time such as .*, not "soon"\./);
        assert.match(error.message, /comment must be a text, not a list\./);
        return true;
      },
    );
  });

  for (const source of ['auto', 'delighted'])
    it(`is not that someone unsubscribed, with source ${source}`, () => {
      assert.throws(() => readPayload(unsubscribed, { source }), {
        code: 'HOOK_MESSAGE_UNREADABLE',
        message: /someone has unsubscribed, which is no survey response/,
      });
    });

  it('is no other payload', () => {
    for (const payload of [
      null,
      'text',
      {},
      { event_type: 'survey_response.updated' },
      { ...updated, event_type: 'x' },
    ])
      assert.throws(() => readPayload(payload, { source: 'delighted' }), {
        code: 'HOOK_MESSAGE_UNREADABLE',
        message: /no survey response of Delighted/,
      });
  });
});
