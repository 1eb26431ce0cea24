import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { describe, it } from 'mocha';
import { MAPPED_PROPERTIES } from '../../../../src/survey/record-property.ts';
import { compileSource, type SourceSettings } from '../../../../src/survey/sources/sources.ts';
import sample from '../../../fixtures/cio-pulse-survey.json' with { type: 'json' };
import { readPayload } from '../../../support/survey-sources.ts';

const read = (mapped: Readonly<Record<string, unknown>>, settings: SourceSettings = {}) =>
  readPayload({ any: 'thing' }, { source: 'generic', ...settings, mapped });

describe('A response of any system', () => {
  it('becomes the record by its mapping', () => {
    const { response, violations } = read({
      score: '9',
      comment: 'ok',
      responseId: 17,
      submittedAt: '2026-01-31 14:05:00',
      surveyName: 'After your ticket',
      'respondent.email': 'a@example.com',
      'supportGroup.name': 'Service Desk',
      drivers: 'Speed, Knowledge',
      segments: [{ code: 'NZ', name: 'New Zealand' }, 'South', { code: 5 }],
      'links.response': 'https://example.com/r/17',
      'links.empty': '',
      language: true,
    });
    assert.deepEqual(violations, []);
    assert.deepEqual(response, {
      source: 'generic',
      surveyId: '',
      surveyName: 'After your ticket',
      responseId: '17',
      eventId: '',
      eventType: '',
      submittedAt: '2026-01-31T14:05:00.000Z',
      metric: 'nps',
      score: 9,
      scale: { min: 0, max: 10, direction: 'higher-is-better' },
      class: 'promoter',
      rating: '',
      comment: 'ok',
      respondent: { id: '', email: 'a@example.com', phone: '', name: '' },
      account: '',
      agent: '',
      supportGroup: { code: '', name: 'Service Desk' },
      ticketId: '',
      drivers: { Speed: 1, Knowledge: 1 },
      segments: [
        { code: 'NZ', name: 'New Zealand' },
        { code: '', name: 'South' },
        { code: '5', name: '' },
      ],
      language: 'true',
      links: { response: 'https://example.com/r/17' },
      raw: { any: 'thing' },
    });
    assert.deepEqual(Object.keys(response), [
      ...['source', 'surveyId', 'surveyName', 'responseId', 'eventId', 'eventType', 'submittedAt', 'metric'],
      ...['score', 'scale', 'class', 'rating', 'comment', 'respondent', 'account', 'agent', 'supportGroup'],
      ...['ticketId', 'drivers', 'segments', 'language', 'links', 'raw'],
    ]);
  });

  for (const [sent, time] of [
    ['2026-01-31T14:05:00+01:00', '2026-01-31T13:05:00.000Z'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [1734830850, '2024-12-22T01:27:30.000Z'],
    [1734830850123, '2024-12-22T01:27:30.123Z'],
    ['1734830850', '2024-12-22T01:27:30.000Z'],
    [' 1734830850123 ', '2024-12-22T01:27:30.123Z'],
    [1734830850.5, '2024-12-22T01:27:30.500Z'],
    [100_000_000, '1973-03-03T09:46:40.000Z'],
    [1_000_000_000_000, '2001-09-09T01:46:40.000Z'],
    [9_999_999_999_999, '2286-11-20T17:46:39.999Z'],
    [null, ''],
    ['', ''],
  ] as const)
    it(`was submitted at ${time || 'no time'} where ${String(sent)} is sent`, () => {
      assert.equal(read({ submittedAt: sent }).response.submittedAt, time);
    });

  for (const [property, value] of [
    ['submittedAt', 'yesterday'],
    ['submittedAt', true],
    ['submittedAt', -1],
    ['submittedAt', 1e300],
    ['submittedAt', new Date(NaN)],
    ['submittedAt', NaN],
    ['submittedAt', 0],
    ['submittedAt', 20260131],
    ['submittedAt', '20260131'],
    ['submittedAt', '202601311405'],
    ['submittedAt', 202601311405],
    ['submittedAt', '20260131140500'],
    ['submittedAt', 20260131140500],
    ['score', true],
    ['score', 11],
    ['comment', {}],
    ['comment', ['a']],
    ['drivers', 5],
    ['drivers', [{}]],
    ['segments', [['a']]],
    ['segments', Array.from({ length: 201 }, () => 'a')],
    ['links.x', {}],
    ['respondent.email', Buffer.from('a')],
    ['agent', () => 'a'],
  ] as const)
    it(`cannot be read with ${inspect(value).slice(0, 30)} as ${property}`, () => {
      assert.throws(() => read({ [property]: value }), {
        code: 'HOOK_MESSAGE_UNREADABLE',
        message: new RegExp(`^The survey response \\(mapping\\) cannot be read\\. ${property} must be`),
      });
    });

  it('is none where the mapping finds nothing', () => {
    assert.throws(() => read({ score: undefined, comment: undefined }), {
      code: 'HOOK_MESSAGE_UNREADABLE',
      message: /finds none of its values/,
    });
    assert.equal(read({ score: undefined, comment: '' }).response.score, null);
  });
});

describe('A response of Customer Thermometer', () => {
  const thermometer = (mapped: Readonly<Record<string, unknown>>, settings: SourceSettings = {}) =>
    readPayload({}, { source: 'customer-thermometer', metric: 'csat', ...settings, mapped });

  for (const [rating, surveyClass, driver] of [
    ['gold', 'satisfied', 1],
    ['Green light', 'satisfied', 1],
    [' YELLOW', 'neutral', -1],
    ['red', 'dissatisfied', -1],
    ['Goldfish', null, 0],
    ['3', null, 0],
  ] as const)
    it(`with ${rating} is ${surveyClass ?? 'of no class'}`, () => {
      const { response } = thermometer({ rating, drivers: 'Speed' });
      assert.deepEqual([response.rating, response.class, response.score], [rating, surveyClass, null]);
      assert.deepEqual(response.drivers, { Speed: driver });
    });

  it('is of the class of its score where it has one', () => {
    const { response } = thermometer({ rating: 'gold', score: 1, drivers: ['Speed'] });
    assert.deepEqual([response.class, response.drivers], ['dissatisfied', { Speed: -1 }]);
  });

  it('says nothing of an NPS by its colour', () => {
    const { response } = thermometer({ rating: 'red', drivers: ['Speed'] }, { metric: 'nps' });
    assert.deepEqual([response.class, response.drivers], [null, { Speed: -1 }]);
  });
});

describe('A mapping', () => {
  it('takes the place of what the source found, but not where it finds nothing', () => {
    const { response, violations } = readPayload(sample, {
      source: 'auto',
      mapped: { comment: 'mapped', account: 'Acme', agent: undefined, ticketId: '', drivers: { Speed: -1 } },
    });
    assert.deepEqual(
      [
        response.source,
        response.comment,
        response.account,
        response.agent,
        response.ticketId,
        response.score,
      ],
      ['cio-pulse', 'mapped', 'Acme', 'adam.agent', '', 9],
    );
    assert.deepEqual(
      violations.map(({ field }) => field),
      ['Speed'],
    );
  });

  it('fills whatever a response has, and hands its rows to whoever evaluates them', () => {
    const map = [...MAPPED_PROPERTIES, 'links.x'].map((property) => ({
      property: ` ${property} `,
      value: 'payload.a',
    }));
    const { mappedRows } = compileSource({ source: 'typeform', map: [...map, { property: '', value: '' }] });
    assert.equal(mappedRows.length, MAPPED_PROPERTIES.length + 1);
    assert.ok(mappedRows.every(({ valueType }) => valueType === 'msg'));
    const answers = [{ property: 'score', value: 'q', valueType: 'answer' }];
    assert.deepEqual(compileSource({ source: 'typeform', map: answers }).mappedRows, []);
  });

  for (const [map, message] of [
    ['payload', /not a list/],
    [[5], /not an object/],
    [[{ property: 'colour', value: 'x' }], /fills "colour", which is nothing/],
    [[{ property: '', value: 'x' }], /fills "", which is nothing/],
    [[{ property: 'class', value: 'x' }], /"class"/],
    [[{ property: 'respondent', value: 'x' }], /"respondent"/],
    [[{ property: '__proto__', value: 'x' }], /"__proto__"/],
    [[{ property: 'links.__proto__', value: 'x' }], /"links.__proto__"/],
    [[{ property: 'links.', value: 'x' }], /"links."/],
    [[{ property: 'score', value: ' ' }], /no value for score/],
    [[{ property: 'score', value: 'x', valueType: 'flow' }], /must be one of msg, jsonata/],
    [[{ property: 'score', value: 'x', valueType: 'answer' }], /only the source typeform/],
    [
      [
        { property: 'score', value: 'x' },
        { property: 'score', value: 'y' },
      ],
      /fills score twice/,
    ],
    [Array.from({ length: 101 }, () => ({})), /more than 100 rows/],
  ] as const)
    it(`is refused: ${message.source}`, () => {
      assert.throws(() => compileSource({ source: 'generic', map }), {
        code: 'HOOK_CONFIG_INVALID',
        message,
      });
    });

  for (const source of ['generic', 'customer-thermometer'])
    it(`is needed by ${source}`, () => {
      for (const map of [undefined, '', []])
        assert.throws(() => compileSource({ source, map }), {
          code: 'HOOK_CONFIG_INVALID',
          message: /needs a mapping/,
        });
    });
});

describe('A source', () => {
  it('is refused where it is not known', () => {
    for (const source of ['carrier-pigeon', 'toString', '__proto__', 5])
      assert.throws(() => compileSource({ source }), {
        code: 'HOOK_CONFIG_INVALID',
        message: /auto, cio-pulse/,
      });
  });

  it('is refused with a scale or with factors that are none', () => {
    for (const settings of [
      { metric: 'csat', scaleMin: 5, scaleMax: 1 },
      { factors: 5 },
      { factors: [5] },
      { factors: ['Speed', 5] },
      { factors: '__proto__' },
      { factors: Array.from({ length: 201 }, (_, index) => `f${index}`) },
    ])
      assert.throws(() => compileSource(settings), { code: 'HOOK_CONFIG_INVALID' });
  });

  it('is not recognised in anything else, and the error says what is', () => {
    for (const payload of [{}, [], null, undefined, 'text', 5, { Overall: '9' }, { event_type: 'ping' }])
      assert.throws(() => readPayload(payload, { source: '' }), {
        code: 'HOOK_MESSAGE_UNREADABLE',
        message: /no known source\. Known are CIOPulse .* CustomerGauge .* Delighted .* Typeform/,
      });
  });
});
