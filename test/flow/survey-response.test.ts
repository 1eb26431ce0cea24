import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { NodeMessage } from 'node-red';
import surveyResponse from '../../nodes/survey-response/survey-response.ts';
import type { SurveyResponse } from '../../src/survey/survey-response.ts';
import sample from '../fixtures/cio-pulse-survey.json' with { type: 'json' };
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

  async function run(source?: string) {
    await runtime.load(
      [surveyResponse, catchNode, completeNode],
      [
        { id: 'tab', type: 'tab' },
        { id: 's', z: 'tab', type: 'survey-response', source, wires: [['out']] },
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

  it('says so where the source is not known', async () => {
    const { out, caught, receive } = await run('carrier-pigeon');
    assert.deepEqual(statusesOf(runtime.node('s')), ['survey-response.status.error']);
    await receive({ payload: { ...sample } });
    assert.match(caught[0]!.error.message, /source must be one of auto, cio-pulse/);
    assert.equal(out.length, 0);
  });
});
