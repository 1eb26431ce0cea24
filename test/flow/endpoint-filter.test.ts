import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { NodeMessage } from 'node-red';
import hookStore from '../../nodes/hook-store/hook-store.ts';
import surveyResponse from '../../nodes/survey-response/survey-response.ts';
import surveyWebhookOut from '../../nodes/survey-webhook-out/survey-webhook-out.ts';
import webhookEndpoint from '../../nodes/webhook-endpoint/webhook-endpoint.ts';
import { globalConfigNode } from '../support/core-nodes.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { Receiver } from '../support/receiver.ts';
import { until } from '../support/until.ts';

const NODES = [hookStore, webhookEndpoint, surveyResponse, surveyWebhookOut, globalConfigNode];

interface AcceptedMessage {
  readonly payload: unknown;
  readonly delivery: { readonly endpoint: string } | undefined;
  readonly deliveries: readonly { readonly endpoint: string }[];
  readonly deliveriesSkipped: readonly { readonly endpoint: string; readonly reason: string }[];
}

describe('A filter on an endpoint', () => {
  let runtime: FlowRuntime;
  let receiver: Receiver;

  before(async () => (runtime = await FlowRuntime.start()));
  after(() => runtime.stop());
  beforeEach(async () => (receiver = await Receiver.start()));
  afterEach(async () => {
    await runtime.unload();
    await receiver.stop();
  });

  const endpoint = (id: string, filter?: unknown) => ({
    id,
    type: 'webhook-endpoint',
    name: `the ${id} ones`,
    url: `${receiver.url}/${id}`,
    retry: 'none',
    filter,
  });
  const red = () => endpoint('red', { ratings: ['red'] });

  async function run(endpoints: object[], ids: string[], more: { id: string; type: string }[] = []) {
    const out = { id: 'out', type: 'survey-webhook-out', endpoints: ids };
    await runtime.load(NODES, [
      ...(endpoints as { id: string; type: string }[]),
      { ...out, wires: [['accepted'], ['succeeded'], ['failed']] },
      ...['accepted', 'succeeded', 'failed'].map((id) => ({ id, type: 'helper' })),
      ...more,
    ]);
    return {
      accepted: runtime.messagesAt<AcceptedMessage>('accepted'),
      failed: runtime.messagesAt<{ delivery: { endpoint: string; error: string } }>('failed'),
    };
  }
  async function send(accepted: AcceptedMessage[], message: NodeMessage): Promise<AcceptedMessage> {
    const count = accepted.length;
    runtime.node('out').receive(message);
    await until(() => accepted.length > count, { what: () => 'a message at accepted' });
    return accepted[count]!;
  }
  const rated = (rating: string) => ({ payload: { rating }, survey: { source: 'generic', rating } });
  const endpointsOf = ({ deliveries }: AcceptedMessage) => deliveries.map((delivery) => delivery.endpoint);
  const bodiesAt = (path: string) =>
    receiver.requests.filter((request) => request.path === path).map(({ body }) => body.toString());

  it('brings the red ones to one endpoint and all to the other', async () => {
    const { accepted } = await run([red(), endpoint('all', {})], ['red', 'all']);
    for (const rating of ['gold', 'Red', 'green']) await send(accepted, rated(rating));
    await receiver.waitFor(4);
    assert.deepEqual(bodiesAt('/red'), ['{"rating":"Red"}']);
    assert.equal(bodiesAt('/all').length, 3);
    const [gold, wanted] = accepted;
    assert.deepEqual(endpointsOf(wanted!), ['red', 'all']);
    assert.deepEqual(wanted?.deliveriesSkipped, []);
    assert.deepEqual(endpointsOf(gold!), ['all']);
    assert.equal(gold?.delivery?.endpoint, 'all');
    assert.equal(gold.deliveriesSkipped[0]?.endpoint, 'red');
    assert.match(gold.deliveriesSkipped[0].reason, /filter .* does not let this survey response through/);
  });

  it('sends a message on that all endpoints skip', async () => {
    const { accepted } = await run([red()], ['red']);
    const message = await send(accepted, { ...rated('gold'), delivery: 'of a node before' });
    assert.deepEqual(message.deliveries, []);
    assert.equal(message.delivery, undefined);
    assert.deepEqual(
      message.deliveriesSkipped.map((skipped) => skipped.endpoint),
      ['red'],
    );
    assert.equal(receiver.requests.length, 0);
  });

  it('reads what survey-response makes of a payload', async () => {
    const reader = { id: 'reader', type: 'survey-response', source: 'auto', wires: [['out']] };
    const { accepted } = await run([endpoint('red', { scores: '0-6' })], ['red'], [reader]);
    const respond = (score: number) => ({
      event_type: 'survey_response.created',
      event_id: String(score),
      event_data: { id: '1', person: { id: '2' }, survey_type: 'nps', score, created_at: 1734830850 },
    });
    for (const score of [9, 3]) runtime.node('reader').receive({ payload: respond(score) });
    await until(() => accepted.length === 2, { what: () => 'both at accepted' });
    await receiver.waitFor(1);
    assert.deepEqual(accepted.map((message) => message.deliveries.length).sort(), [0, 1]);
    assert.match(bodiesAt('/red')[0] ?? '', /"score":3/);
  });

  it('skips a message without a survey response, says so, and warns once', async () => {
    const { accepted } = await run([red(), endpoint('all')], ['red', 'all']);
    for (const message of [{ payload: { rating: 'red' } }, { payload: 1, survey: { rating: 'red' } }])
      await send(accepted, message);
    await receiver.waitFor(2);
    assert.deepEqual(bodiesAt('/red'), []);
    for (const message of accepted)
      assert.match(message.deliveriesSkipped[0]?.reason ?? '', /put a survey-response node before/);
    const warnings = runtime.callsOf('out', 'warn').map(([words]) => words);
    assert.deepEqual(warnings, ['survey-webhook-out.warnings.no-survey']);
  });

  it('fills environment variables in', async () => {
    const env = [{ name: 'ALARMING', value: 'red', type: 'str' }];
    const everywhere = { id: 'everywhere', type: 'global-config', env };
    const filtered = endpoint('red', { ratings: ['${ALARMING}'], scores: '${NOT_SET}' });
    const { accepted } = await run([filtered], ['red'], [everywhere]);
    for (const rating of ['gold', 'red']) await send(accepted, rated(rating));
    assert.deepEqual(accepted.map(endpointsOf), [[], ['red']]);
  });

  it('that is not valid makes the endpoint invalid: nothing is sent as if it were not there', async () => {
    const { accepted, failed } = await run([endpoint('red', { classes: ['fan'] })], ['red']);
    await send(accepted, rated('red'));
    await until(() => failed.length > 0, { what: () => 'the failure' });
    assert.match(failed[0]!.delivery.error, /filter: .*There is no class "fan"/);
    assert.equal(receiver.requests.length, 0);
    await until(
      () => runtime.callsOf('red', 'error').some(([words]) => /no class "fan"/.test(String(words))),
      { what: () => 'the endpoint to say what is wrong' },
    );
  });
});
