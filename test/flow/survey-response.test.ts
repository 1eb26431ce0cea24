import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { NodeMessage } from 'node-red';
import surveyResponse from '../../nodes/survey-response/survey-response.ts';
import type { SurveyResponse } from '../../src/survey/survey-response.ts';
import sample from '../fixtures/cio-pulse-survey.json' with { type: 'json' };
import thermometer from '../fixtures/surveys/customer-thermometer-response.json' with { type: 'json' };
import customergauge from '../fixtures/surveys/customergauge-external-response.json' with { type: 'json' };
import delighted from '../fixtures/surveys/delighted-survey-response-updated.json' with { type: 'json' };
import typeform from '../fixtures/surveys/typeform-form-response-nps.json' with { type: 'json' };
import { argumentsOf, catchNode, completeNode, showsStatuses, statusesOf } from '../support/core-nodes.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { until } from '../support/until.ts';

interface ReadMessage {
  payload: SurveyResponse & { comment: string };
  survey: SurveyResponse;
  violations?: { field: string }[];
}

describe('survey-response', () => {
  let runtime: FlowRuntime;

  before(async () => (runtime = await FlowRuntime.start()));
  after(() => runtime.stop());
  afterEach(() => runtime.unload());

  async function run(source?: string, settings: object = {}) {
    await runtime.load(
      [surveyResponse, catchNode, completeNode],
      [
        { id: 'tab', type: 'tab', env: [{ name: 'DESK', value: 'Service ${x}', type: 'str' }] },
        { id: 's', z: 'tab', type: 'survey-response', source, ...settings, wires: [['out']] },
        { id: 'out', z: 'tab', type: 'helper', wires: [] },
        { id: 'errors', z: 'tab', type: 'catch', scope: ['s'], wires: [['caught']] },
        { id: 'caught', z: 'tab', type: 'helper', wires: [] },
        { id: 'ends', z: 'tab', type: 'complete', scope: ['s'], wires: [['completed']] },
        { id: 'completed', z: 'tab', type: 'helper', wires: [] },
      ],
    );
    const out = runtime.messagesAt<ReadMessage>('out');
    const caught = runtime.messagesAt<{ error: { message: string }; payload: unknown }>('caught');
    const completed = runtime.messagesAt('completed');
    const receive = async (message: object): Promise<void> => {
      const before = caught.length + completed.length;
      runtime.node('s').receive(message as NodeMessage);
      await until(() => caught.length + completed.length > before, { what: () => 'done' });
    };
    return { out, caught, completed, receive };
  }

  for (const source of ['cio-pulse', 'auto', undefined])
    it(`reads a CIOPulse survey into payload and msg.survey with source ${source ?? 'not set'}`, async () => {
      const { out, receive } = await run(source);
      await receive({ payload: { ...sample } });
      const { payload, survey, violations } = out[0]!;
      assert.deepEqual([survey.source, survey.score, survey.class], ['cio-pulse', 9, 'promoter']);
      assert.deepEqual(payload, survey);
      assert.deepEqual(survey.raw, sample);
      assert.equal(violations, undefined);
    });

  it('gives a payload that may be changed without changing msg.survey, and a record that is the message’s own', async () => {
    const { out, receive } = await run('cio-pulse');
    await receive({ payload: { ...sample } });
    const { payload, survey } = out[0]!;
    Object.assign(payload.drivers, { Speed: -1 });
    assert.equal(survey.drivers['Speed'], 0);
    Object.assign(survey.scale, { max: 5 });
    await receive({ payload: { ...sample } });
    assert.equal(out[1]?.survey.scale.max, 10);
    assert.deepEqual(argumentsOf(runtime.node('s'), 'warn'), []);
  });

  it('reports factors that contradict the score, and goes on', async () => {
    const { out, receive } = await run('cio-pulse');
    await receive({ payload: { ...sample, Overall: '3' } });
    await receive({ payload: { ...sample }, violations: ['left over'] });
    assert.deepEqual(
      out.map(({ violations }) => violations?.map(({ field }) => field)),
      [['Responsiveness'], undefined],
    );
    await showsStatuses(runtime.node('s'), 'survey-response.status.inconsistent', '');
    assert.match(
      argumentsOf(runtime.node('s'), 'warn')[0] as string,
      /Responsiveness is 1, but the factors that this respondent \(detractor, 3\) selected are -1/,
    );
  });

  it('sends nothing where the payload cannot be read', async () => {
    const { out, caught, receive } = await run('auto');
    for (const payload of ['text', { Overall: '9' }, { ...sample, Overall: '11' }])
      await receive({ payload });
    assert.deepEqual([out.length, caught.length], [0, 3]);
    assert.match(caught[1]!.error.message, /no known source/);
    assert.match(caught[2]!.error.message, /Overall must be a whole number from 0 to 10, not "11"/);
    assert.deepEqual((caught[2]!.payload as typeof sample).Overall, '11');
    assert.deepEqual(statusesOf(runtime.node('s')), ['survey-response.status.unreadable']);
  });

  for (const [source, payload, expected] of [
    ['customergauge', customergauge, ['customergauge', 9, 'promoter', 'All went well.']],
    ['delighted', delighted, ['delighted', 9, 'promoter', 'Your service is fast and flawless!']],
    ['typeform', typeform, ['typeform', 9, 'promoter', 'You guys rock!']],
  ] as const)
    for (const setting of [source, 'auto'])
      it(`reads a response of ${source} with source ${setting}`, async () => {
        const { out, receive } = await run(setting);
        await receive({ payload: structuredClone(payload) });
        const { survey } = out[0]!;
        assert.deepEqual([survey.source, survey.score, survey.class, survey.comment], expected);
        assert.deepEqual(out[0]?.payload, survey);
        const shown = setting === 'auto' ? [`survey-response.status.${source}`] : [];
        assert.deepEqual(statusesOf(runtime.node('s')), shown);
      });

  it('shows in grey what it took a payload for', async () => {
    const { receive } = await run('auto');
    await receive({ payload: { ...sample } });
    assert.deepEqual(argumentsOf(runtime.node('s'), 'status'), [
      { fill: 'grey', shape: 'dot', text: 'survey-response.status.cioPulse' },
    ]);
  });

  it('reads what a mapping-validator has renamed', async () => {
    const { out, receive } = await run('auto');
    const record = { dataType: 'external-responses', properties: { responseDate: 'answeredAt' } };
    const payload = { email: 'a@example.com', sentDate: '2026-01-30', answeredAt: '2026-01-31', score: 3 };
    await receive({ payload, record });
    assert.deepEqual([out[0]?.survey.submittedAt, out[0]?.survey.score], ['2026-01-31T00:00:00.000Z', 3]);
  });

  it('reads any system by values of each kind', async () => {
    const map = [
      { property: 'score', value: 'payload.rating', valueType: 'msg' },
      { property: 'comment', value: ' payload.texts[1] ' },
      { property: 'drivers', value: 'payload.reasons[chosen].label', valueType: 'jsonata' },
      { property: 'account', value: '$env("DESK")', valueType: 'jsonata' },
      { property: 'supportGroup.name', value: ' DESK ', valueType: 'env' },
      { property: 'language', value: '"${DESK}"', valueType: 'jsonata' },
      { property: 'surveyName', value: 'At ${DESK}', valueType: 'str' },
      { property: 'surveyId', value: '12', valueType: 'num' },
      { property: 'agent', value: 'nothing.here', valueType: 'msg' },
      { property: 'links.ticket', value: 'topic', valueType: 'msg' },
    ];
    const settings = {
      map,
      metric: 'ces',
      scaleMax: '5',
      direction: 'lower-is-better',
      factors: 'Speed, Price',
    };
    const { out, receive } = await run('generic', settings);
    const reasons = [
      { label: 'Speed', chosen: true },
      { label: 'Price', chosen: false },
    ];
    await receive({ payload: { rating: '1', texts: ['a', 'b'], reasons }, topic: 'https://example.com/1' });
    const { survey } = out[0]!;
    assert.deepEqual([survey.score, survey.scale.max, survey.class, survey.comment], [1, 5, 'easy', 'b']);
    assert.deepEqual(survey.drivers, { Speed: 1, Price: 0 });
    assert.deepEqual([survey.account, survey.supportGroup.name], ['Service ${x}', 'Service ${x}']);
    assert.deepEqual([survey.surveyName, survey.surveyId, survey.agent], ['At Service ${x}', '12', '']);
    assert.equal(survey.language, '${DESK}');
    assert.deepEqual(survey.links, { ticket: 'https://example.com/1' });
  });

  it('reads Customer Thermometer by a mapping', async () => {
    const map = [
      { property: 'rating', value: 'payload.response' },
      { property: 'comment', value: 'payload.comment' },
      { property: 'respondent.email', value: 'payload.email' },
      { property: 'drivers', value: 'payload.reasons' },
      { property: 'submittedAt', value: 'payload.when' },
    ];
    const { out, receive } = await run('customer-thermometer', { map, metric: 'csat' });
    await receive({ payload: { ...thermometer } });
    const { survey } = out[0]!;
    assert.deepEqual([survey.rating, survey.score, survey.class], ['Gold', null, 'satisfied']);
    assert.deepEqual(survey.drivers, { Speed: 1, Knowledge: 1 });
    assert.equal(survey.submittedAt, '2026-01-31T14:05:00.000Z');
  });

  it('takes the answers to named questions', async () => {
    const map = [{ property: 'drivers', value: 'reasons', valueType: 'answer' }];
    const { out, receive } = await run('typeform', { map, factors: 'Speed,Knowledge' });
    await receive({ payload: structuredClone(typeform) });
    assert.deepEqual(out[0]?.survey.drivers, { Speed: 1, Knowledge: 0 });
    assert.deepEqual(
      out[0].violations?.map(({ field }) => field),
      ['The hold music'],
    );
  });

  it('sends nothing where an expression of the mapping fails, and goes on with the next message', async () => {
    const map = [{ property: 'score', value: '$number(topic)', valueType: 'jsonata' }];
    const { out, caught, receive } = await run('generic', { map });
    await receive({ topic: 'x' });
    await receive({ topic: '7' });
    assert.match(caught[0]!.error.message, /JSONata expression failed: .+/);
    assert.deepEqual(
      out.map(({ survey }) => survey.score),
      [7],
    );
    await showsStatuses(runtime.node('s'), 'survey-response.status.unreadable', '');
  });

  it('says so where the source is not known', async () => {
    const { out, caught, receive } = await run('carrier-pigeon');
    assert.deepEqual(statusesOf(runtime.node('s')), ['survey-response.status.error']);
    await receive({ payload: { ...sample } });
    assert.match(caught[0]!.error.message, /source must be one of auto, cio-pulse/);
    assert.equal(out.length, 0);
  });

  for (const [source, settings, message] of [
    ['generic', { map: [] }, /needs a mapping/],
    [
      'customer-thermometer',
      {},
      /needs a mapping, since the payload of Customer Thermometer is not published/,
    ],
    ['delighted', { metric: 'csat', scaleMin: '5', scaleMax: '1' }, /lowest score \(5\) must be less/],
    ['generic', { map: [{ property: 'score', value: 'a..b' }] }, /mapping of score is no path/],
    [
      'generic',
      { map: [{ property: 'score', value: '(', valueType: 'jsonata' }] },
      /JSONata expression failed/,
    ],
    [
      'generic',
      { map: [{ property: 'score', value: 'nine', valueType: 'num' }] },
      /mapping of score is no number/,
    ],
    ['auto', { map: [{ property: 'colour', value: 'a' }] }, /"colour"/],
  ] as const)
    it(`is red from its deploy on: ${message.source}`, async () => {
      const { out, caught, receive } = await run(source, settings);
      assert.deepEqual(statusesOf(runtime.node('s')), ['survey-response.status.error']);
      await receive({ payload: structuredClone(delighted) });
      assert.match(caught.at(-1)!.error.message, message);
      assert.equal(out.length, 0);
    });
});
