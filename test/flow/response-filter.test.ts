import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { NodeMessage } from 'node-red';
import responseFilter from '../../nodes/response-filter/response-filter.ts';
import surveyResponse from '../../nodes/survey-response/survey-response.ts';
import sample from '../fixtures/cio-pulse-survey.json' with { type: 'json' };
import {
  argumentsOf,
  catchNode,
  completeNode,
  globalConfigNode,
  showsStatuses,
  statusesOf,
} from '../support/core-nodes.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { until } from '../support/until.ts';

interface Passed {
  readonly _msgid: string;
  readonly payload: unknown;
  readonly survey?: unknown;
}

const NODES = [responseFilter, surveyResponse, catchNode, completeNode, globalConfigNode];

describe('response-filter', () => {
  let runtime: FlowRuntime;

  before(async () => (runtime = await FlowRuntime.start()));
  after(() => runtime.stop());
  afterEach(() => runtime.unload());

  async function run(settings: object, more: readonly { id: string; type: string }[] = []) {
    await runtime.load(NODES, [
      { id: 'tab', type: 'tab' },
      { id: 'f', z: 'tab', type: 'response-filter', wires: [['match'], ['other']], ...settings },
      { id: 'match', z: 'tab', type: 'helper', wires: [] },
      { id: 'other', z: 'tab', type: 'helper', wires: [] },
      { id: 'errors', z: 'tab', type: 'catch', scope: ['f'], wires: [['caught']] },
      { id: 'caught', z: 'tab', type: 'helper', wires: [] },
      { id: 'ends', z: 'tab', type: 'complete', scope: ['f'], wires: [['completed']] },
      { id: 'completed', z: 'tab', type: 'helper', wires: [] },
      ...more,
    ]);
    const messages = {
      match: runtime.messagesAt<Passed>('match'),
      other: runtime.messagesAt<Passed>('other'),
      caught: runtime.messagesAt<{ error: { message: string } }>('caught'),
      completed: runtime.messagesAt('completed'),
    };
    const receive = async (message: object): Promise<void> => {
      const before = messages.caught.length + messages.completed.length;
      runtime.node('f').receive(message as NodeMessage);
      await until(() => messages.caught.length + messages.completed.length > before, { what: () => 'done' });
    };
    return { ...messages, receive };
  }

  it('sends each response out of one of its outputs, as it came', async () => {
    const { match, other, receive } = await run({ ratings: ['red'], comment: 'with' });
    const wanted = { source: 'customer-thermometer', rating: 'Red', comment: 'Too slow.', extra: [1] };
    const unwanted = { ...wanted, comment: ' ' };
    await receive({ _msgid: 'one', payload: 'a body', survey: wanted });
    await receive({ _msgid: 'two', payload: 'a body', survey: unwanted });
    assert.deepEqual(match, [{ _msgid: 'one', payload: 'a body', survey: wanted }]);
    assert.deepEqual(other, [{ _msgid: 'two', payload: 'a body', survey: unwanted }]);
    assert.deepEqual(statusesOf(runtime.node('f')), []);
  });

  it('reads a score that a flow file has as a number', async () => {
    const { match, receive } = await run({ scores: 9 });
    await receive({ payload: { source: 'generic', score: 9 } });
    assert.equal(match.length, 1);
  });

  it('takes the payload for the response where there is no other', async () => {
    const { match, receive } = await run({ scores: '0-6' });
    await receive({ payload: { source: 'generic', score: 3 } });
    assert.equal(match.length, 1);
  });

  it('reads what survey-response makes', async () => {
    const reader = { id: 's', z: 'tab', type: 'survey-response', source: 'auto', wires: [['f']] };
    const { match, other } = await run({ classes: ['promoter'], drivers: ['responsiveness'] }, [reader]);
    for (const changes of [{}, { Overall: '8' }])
      runtime.node('s').receive({ payload: { ...sample, ...changes } });
    await until(() => match.length + other.length === 2, { what: () => 'both to pass' });
    assert.deepEqual([match.length, other.length], [1, 1]);
  });

  it('lets everything through without settings', async () => {
    const { match, receive } = await run({ scores: ' ', comment: '', drivers: [] });
    await receive({ survey: { source: 'generic' } });
    assert.equal(match.length, 1);
  });

  it('sends nothing on that is no survey response, and is red until one comes', async () => {
    const { match, other, caught, receive } = await run({ scores: '0-6' });
    for (const message of [{ payload: 'text' }, { survey: {}, payload: { source: 'generic' } }, {}])
      await receive(message);
    assert.match(caught[0]!.error.message, /put a survey-response node before/);
    assert.deepEqual([match.length, other.length, caught.length], [0, 0, 3]);
    await receive({ survey: { source: 'generic', score: 7 } });
    assert.equal(other.length, 1);
    await showsStatuses(runtime.node('f'), 'response-filter.status.no-response', '');
  });

  it('sends nothing and says why where the settings are not valid', async () => {
    const { match, other, caught, receive } = await run({ scores: '9 or 10', classes: ['fan'] });
    assert.deepEqual(statusesOf(runtime.node('f')), ['response-filter.status.invalid-settings']);
    assert.match(argumentsOf(runtime.node('f'), 'error')[0] as string, /no class "fan".*such as 0-6,9/);
    await receive({ survey: { source: 'generic', score: 9 } });
    assert.match(caught[0]!.error.message, /scores: It must be/);
    assert.deepEqual([match.length, other.length], [0, 0]);
  });

  it('fills environment variables in, and does not take one that is not set for no filter', async () => {
    const env = [{ name: 'ALARMING', value: 'red', type: 'str' }];
    const everywhere = { id: 'everywhere', type: 'global-config', env };
    const { match, other, receive } = await run({ ratings: ['${ALARMING}'] }, [everywhere]);
    for (const rating of ['red', 'gold']) await receive({ survey: { source: 'generic', rating } });
    assert.deepEqual([match.length, other.length], [1, 1]);
    for (const settings of [
      { ratings: ['${NOT_SET_ANYWHERE}'] },
      { scores: '${NOT_SET_ANYWHERE}' },
      { scores: '0-6,${NOT_SET_ANYWHERE}' },
      { comment: ' ${NOT_SET_ANYWHERE}' },
      { drivers: ['Speed'], driversMode: '${NOT_SET_ANYWHERE}' },
    ]) {
      await run(settings);
      assert.deepEqual(statusesOf(runtime.node('f')), ['response-filter.status.invalid-settings']);
      const [name] = Object.keys(settings).slice(-1);
      assert.match(argumentsOf(runtime.node('f'), 'error')[0] as string, new RegExp(`${name}: `));
    }
  });
});
