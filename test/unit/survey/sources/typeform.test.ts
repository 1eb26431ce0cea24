import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { compileSource, type SourceSettings } from '../../../../src/survey/sources/sources.ts';
import npsForm from '../../../fixtures/surveys/typeform-form-response-nps.json' with { type: 'json' };
import published from '../../../fixtures/surveys/typeform-form-response.json' with { type: 'json' };
import { readPayload } from '../../../support/survey-sources.ts';

const read = (payload: unknown, settings: SourceSettings = {}) =>
  readPayload(payload, { source: 'typeform', ...settings }).response;

/** The answer to a question, in a row of the mapping. */
const answerRow = (property: string, value: string) => ({ property, value, valueType: 'answer' });

/** A form of questions with an answer each; null = not answered. */
function form(...questions: readonly (readonly [kind: string, answer: unknown, properties?: object])[]) {
  const fields = questions.map(([type, , properties = {}], index) => ({
    id: `id${index}`,
    ref: `ref${index}`,
    title: `Question ${index}`,
    type,
    properties,
  }));
  const answers = questions.flatMap(([type, answer], index) =>
    answer === null
      ? []
      : [{ type: 'number', number: answer, field: { id: `id${index}`, type, ref: `ref${index}` } }],
  );
  return { event_type: 'form_response', form_response: { token: 't', definition: { fields }, answers } };
}

describe('A response of Typeform', () => {
  it('becomes the record, as Typeform shows it', () => {
    assert.deepEqual(read(published, { metric: 'csat' }), {
      source: 'typeform',
      surveyId: 'lT4Z3j',
      surveyName: 'Webhooks example',
      responseId: 'a3a12ec67a1365927098a606107fac15',
      eventId: 'LtWXD3crgy',
      eventType: 'form_response',
      submittedAt: '2018-01-18T18:17:02.000Z',
      metric: 'csat',
      score: 2,
      scale: { min: 1, max: 5, direction: 'higher-is-better' },
      class: 'dissatisfied',
      rating: '',
      comment:
        "It's cold right now! I live in an older medium-sized city with a university. Geographically, the area is hilly.",
      respondent: { id: 'abc123456', email: 'laura@example.com', phone: '', name: '' },
      account: '',
      agent: '',
      supportGroup: { code: '', name: '' },
      ticketId: '',
      drivers: {},
      segments: [],
      language: '',
      links: {},
      raw: published,
    });
  });

  it('finds score, contact and hidden fields', () => {
    const response = read(npsForm);
    assert.deepEqual(
      [response.score, response.class, response.comment, response.ticketId, response.account],
      [9, 'promoter', 'You guys rock!', 'INC123456', 'Acme'],
    );
    assert.deepEqual(response.respondent, {
      id: '4711',
      email: 'carole@example.com',
      phone: '+6491234567',
      name: 'Carole Customer',
    });
    assert.deepEqual(response.segments, [{ code: 'region', name: 'Oceania' }]);
    assert.match(response.links['response'] ?? '', /^https:\/\/admin\.typeform\.com\//);
  });

  it('is of who answers, else of who was invited', () => {
    const hidden = { email: 'invited@example.com', name: 'Jo', Phone_Number: '+64', 'user-id': 5 };
    const withHidden = (payload: { form_response: object }) =>
      read({ ...payload, form_response: { ...payload.form_response, hidden } }).respondent;
    const invited = { id: '5', email: 'invited@example.com', phone: '+64', name: 'Jo' };
    assert.deepEqual(withHidden(form(['nps', 9])), invited);
    assert.deepEqual(withHidden(npsForm), {
      id: '5',
      email: 'carole@example.com',
      phone: '+6491234567',
      name: 'Carole Customer',
    });
  });

  it('is recognised, also where it is a part of one', () => {
    for (const payload of [published, { ...published, event_type: 'form_response_partial' }])
      assert.equal(readPayload(payload, { source: 'auto' }).recognisedAs, 'typeform');
    for (const payload of [null, [], { ...published, event_type: 'ping' }, { event_type: 'form_response' }])
      assert.throws(() => read(payload), {
        code: 'HOOK_MESSAGE_UNREADABLE',
        message: /no response of Typeform/,
      });
  });

  it('has the answers that a mapping names by ref or id', () => {
    const map = [
      answerRow('drivers', 'reasons'),
      answerRow('score', 'Fy8nPsX2kQ1a'),
      answerRow('rating', 'effort'),
      answerRow('agent', 'nobody asked'),
      answerRow('ticketId', 'anything'),
    ];
    const response = read(npsForm, { map, metric: 'ces' });
    assert.deepEqual(response.drivers, { Speed: 1, 'The hold music': 1 });
    assert.deepEqual([response.score, response.scale.max, response.class], [6, 7, 'easy']);
    assert.deepEqual([response.rating, response.agent, response.ticketId], ['6', '', 'You guys rock!']);
  });

  it('reports a choice that is no factor', () => {
    const map = [answerRow('drivers', 'reasons')];
    const { response, violations } = compileSource({
      source: 'typeform',
      map,
      factors: 'Speed,Knowledge',
    }).read({ payload: npsForm, message: {} });
    assert.deepEqual(response.drivers, { Speed: 1, Knowledge: 0 });
    assert.deepEqual(
      violations.map(({ field, rule }) => [field, rule]),
      [['The hold music', 'unknown']],
    );
  });

  it('has one choice as a text', () => {
    assert.equal(read(published, { map: [answerRow('account', 'k6TP9oLGgHjl')] }).account, 'London');
    assert.equal(read(published, { map: [answerRow('account', ' k6TP9oLGgHjl ')] }).account, 'London');
  });
});

describe('The comment of a response of Typeform', () => {
  const texts = (...kinds: string[]) => ({
    event_type: 'form_response',
    form_response: {
      definition: {
        fields: kinds.map((type, at) => ({
          id: `id${at}`,
          type,
          ...(type === 'short_text' && at === 0 ? { subfield_key: 'first_name' } : {}),
        })),
      },
      answers: kinds.map((_, at) => ({ type: 'text', text: `text ${at}`, field: { id: `id${at}` } })),
    },
  });

  it('is the first long text, else the first short one that is no part of a name', () => {
    const kinds = ['short_text', 'email', 'short_text', 'long_text', 'long_text'];
    assert.equal(read(texts(...kinds)).comment, 'text 3');
    assert.equal(read(texts(...kinds.slice(0, 3))).comment, 'text 2');
    assert.equal(read(texts(...kinds.slice(0, 2))).comment, '');
  });

  it('is found by the ref of the definition where the answer has an id alone', () => {
    const payload = texts('email', 'short_text');
    const fields = payload.form_response.definition.fields.map((field, at) => ({ ...field, ref: `r${at}` }));
    const form_response = { ...payload.form_response, definition: { fields } };
    assert.equal(read({ ...payload, form_response }, { map: [answerRow('agent', 'r0')] }).agent, 'text 0');
  });
});

describe('A response of Typeform whose questions have no ids', () => {
  it('finds each question by its ref', () => {
    const fields = [
      { ref: 'why', type: 'long_text', title: 'Why?' },
      { ref: 'how', type: 'opinion_scale', title: 'How likely?' },
    ];
    const answers = [
      { type: 'text', text: 'Fast.', field: { ref: 'why' } },
      { type: 'number', number: 7, field: { ref: 'how' } },
    ];
    const { score, comment } = read({
      event_type: 'form_response',
      form_response: { definition: { fields }, answers },
    });
    assert.deepEqual([score, comment], [7, 'Fast.']);
  });
});

describe('The score of a response of Typeform', () => {
  const steps = (count: number, startsAtOne = true): object => ({ steps: count, start_at_one: startsAtOne });

  for (const [title, payload, settings, expected] of [
    ['an NPS question before others', form(['opinion_scale', 3], ['nps', 8]), {}, '8 0-10 passive'],
    [
      'a scale from 0 to 10',
      form(['rating', 5], ['opinion_scale', 9, steps(11, false)]),
      {},
      '9 0-10 promoter',
    ],
    [
      'a scale that the payload does not say',
      form(['number', 40], ['opinion_scale', 9]),
      {},
      '9 0-10 promoter',
    ],
    ['no number that nobody asked for a score with', form(['number', 7]), {}, 'null 0-10 null'],
    [
      'the number that is mapped',
      form(['number', 7]),
      { map: [answerRow('score', 'ref0')] },
      '7 0-10 passive',
    ],
    ['the first answered one', form(['opinion_scale', null], ['opinion_scale', 4]), {}, '4 0-10 detractor'],
    [
      'a scale and its steps',
      form(['nps', 9], ['opinion_scale', 7, steps(7)]),
      { metric: 'csat' },
      '7 1-7 satisfied',
    ],
    ['a scale from 0', form(['opinion_scale', 0, steps(6, false)]), { metric: 'ces' }, '0 0-5 difficult'],
    ['a rating and its steps', form(['rating', 2, steps(3)]), { metric: 'csat' }, '2 1-3 neutral'],
    [
      'the scale that is set',
      form(['rating', 6, steps(5)]),
      { metric: 'csat', scaleMax: 7 },
      '6 1-7 satisfied',
    ],
    [
      'nothing where nobody answered',
      form(['nps', null], ['number', 5], ['rating', 3]),
      {},
      'null 0-10 null',
    ],
    ['nothing where nothing asked for one', form(['short_text', null]), {}, 'null 0-10 null'],
  ] as const)
    it(`is ${title}`, () => {
      const { score, scale, class: surveyClass } = read(payload, settings);
      assert.equal(`${String(score)} ${scale.min}-${scale.max} ${String(surveyClass)}`, expected);
    });

  for (const [payload, settings, message] of [
    [form(['rating', 4, steps(5)]), {}, /question "Question 0" is from 1 to 5, which is none for NPS/],
    [form(['rating', 4]), {}, /is of another kind, which is none for NPS/],
    [form(['opinion_scale', 4, steps(5)]), {}, /is from 1 to 5, which is none for NPS/],
    [form(['opinion_scale', 4, steps(10)]), {}, /is from 1 to 10, which is none for NPS/],
    [form(['opinion_scale', 4, steps(6, false)]), {}, /is from 0 to 5, which is none for NPS/],
    [form(['nps', 4]), { metric: 'csat' }, /is from 0 to 10, which is none for CSAT/],
    [form(['rating', 4, steps(5)]), { map: [answerRow('score', 'ref0')] }, /which is none for NPS/],
    [
      form(['opinion_scale', 8, steps(7)]),
      { metric: 'ces' },
      /Question 0 must be a number from 1 to 7, not 8/,
    ],
    [
      form(['number', 40]),
      { map: [answerRow('score', 'id0')] },
      /Question 0 must be a whole number from 0 to 10, not 40/,
    ],
  ] as const)
    it(`cannot be read: ${message.source}`, () => {
      assert.throws(() => read(payload, settings), { code: 'HOOK_MESSAGE_UNREADABLE', message });
    });
});
