import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { NodeMessage } from 'node-red';
import hookStore from '../../nodes/hook-store/hook-store.ts';
import payloadFormat from '../../nodes/payload-format/payload-format.ts';
import surveyWebhookOut from '../../nodes/survey-webhook-out/survey-webhook-out.ts';
import webhookEndpoint from '../../nodes/webhook-endpoint/webhook-endpoint.ts';
import { readCioPulse } from '../../src/survey/sources/cio-pulse.ts';
import sample from '../fixtures/cio-pulse-survey.json' with { type: 'json' };
import { FlowRuntime } from '../support/flow-runtime.ts';
import { inTurn, Receiver } from '../support/receiver.ts';
import { until } from '../support/until.ts';

const NODES = [hookStore, payloadFormat, webhookEndpoint, surveyWebhookOut];

interface AcceptedMessage {
  survey: object;
  target?: { method: string; path: string };
}

describe('Dynamic tags in a flow', () => {
  let runtime: FlowRuntime;
  let receiver: Receiver;

  before(async () => (runtime = await FlowRuntime.start()));
  after(() => runtime.stop());
  beforeEach(async () => (receiver = await Receiver.start()));
  afterEach(async () => {
    await runtime.unload();
    await receiver.stop();
  });

  const survey = { ...readCioPulse(sample), ticketId: '123' };
  const endpoint = (settings: object) => ({
    id: 'a',
    type: 'webhook-endpoint',
    name: 'Desk',
    retry: 'none',
    ...settings,
  });

  async function run(endpointSettings: object, format: object = { format: 'cio-pulse' }, credentials = {}) {
    const tab = { id: 'tab', type: 'tab', env: [{ name: 'TENANT', value: 'S3CR3T', type: 'str' }] };
    const flow = [
      tab,
      endpoint({ z: 'tab', ...endpointSettings }),
      { id: 'f', z: 'tab', type: 'payload-format', options: {}, ...format, wires: [['out']] },
      {
        id: 'out',
        z: 'tab',
        type: 'survey-webhook-out',
        endpoints: ['a'],
        wires: [['accepted'], [], ['failed']],
      },
      ...['accepted', 'failed'].map((id) => ({ id, z: 'tab', type: 'helper', wires: [] })),
    ];
    await runtime.load(NODES, flow, credentials);
    return {
      accepted: runtime.messagesAt<AcceptedMessage>('accepted'),
      failed: runtime.messagesAt<{ delivery: { error: string } }>('failed'),
    };
  }
  const send = (message: object) => runtime.node('f').receive(structuredClone(message) as NodeMessage);

  for (const [format, method, path] of [
    ['zendesk-comment', 'PUT', '/api/v2/tickets/{{ticketId}}.json'],
    ['freshdesk-note', 'POST', '/api/v2/tickets/{{ticketId}}/notes'],
    ['jira-comment', 'POST', '/rest/servicedeskapi/request/{{ticketId}}/comment'],
  ] as const)
    it(`take a ${format} to the ticket of its response`, async () => {
      const { accepted } = await run({ url: `${receiver.url}${path}`, method }, { format });
      const ticketId = format === 'jira-comment' ? 'HELP-123' : '123';
      send({ survey: { ...survey, ticketId } });
      const [request] = await receiver.waitFor(1);
      assert.deepEqual([request?.method, request?.path], [method, path.replace('{{ticketId}}', ticketId)]);
      assert.deepEqual(accepted[0]?.target && [accepted[0].target.method, accepted[0].target.path], [
        method,
        request?.path,
      ]);
      assert.match(request?.body.toString() ?? '', /You guys rock!/);
    });

  it('tell the failed output where a response has no ticket', async () => {
    const { failed } = await run({ url: `${receiver.url}/tickets/{{ticketId}}` });
    send({ survey: { ...survey, ticketId: '' } });
    await until(() => failed.length > 0, { what: () => 'a failure' });
    assert.equal(failed[0]?.delivery.error, 'The path of the URL needs {{ticketId}}, which has no value.');
    assert.equal(receiver.requests.length, 0);
  });

  for (const method of ['GET', 'DELETE'])
    it(`are all that ${method} sends of a response`, async () => {
      await run({ url: `${receiver.url}/find?email={{respondent.email}}&q={{comment}}&x={{topic}}`, method });
      send({ survey: { ...survey, respondent: { email: 'jo+nps@example.com' } }, topic: 'a&b=c#d' });
      const [request] = await receiver.waitFor(1);
      assert.equal(request?.method, method);
      assert.equal(request.path, '/find?email=jo%2Bnps%40example.com&q=You%20guys%20rock!&x=a%26b%3Dc%23d');
      assert.equal(request.body.length, 0);
      assert.equal(request.headers['content-type'], undefined);
    });

  it('read the environment of the endpoint, also in a secret URL', async () => {
    const headers = [{ name: 'X-Tenant', value: '{{env.TENANT}} {{account}}' }];
    const secretUrl = `${receiver.url}/{{env.TENANT}}/{{ticketId}}`;
    await run({ url: receiver.url, headers }, { format: 'cio-pulse' }, { a: { secretUrl } });
    send({ survey: { ...survey, account: 'Example' }, env: { TENANT: 'theirs' } });
    const [request] = await receiver.waitFor(1);
    assert.equal(request?.path, '/S3CR3T/123');
    assert.equal(request.headers['x-tenant'], 'S3CR3T Example');
  });

  it('leave ${NAME} to the deploy, also in the host', async () => {
    process.env['SURVEY_HOOKS_TEST_HOST'] = receiver.url;
    await run({ url: '${SURVEY_HOOKS_TEST_HOST}/${TENANT}/{{ticketId}}' });
    delete process.env['SURVEY_HOOKS_TEST_HOST'];
    send({ survey });
    const [request] = await receiver.waitFor(1);
    assert.equal(request?.path, '/S3CR3T/123');
  });

  it('make a form of a JSON template, in which no value adds a field', async () => {
    const template =
      '{"note":"{{comment}} from {{agent}}","score":{{score}},"none":{{nope}},"drivers":{{drivers}}}';
    await run(
      { url: receiver.url, contentType: 'form' },
      { format: 'template', template, templateType: 'json' },
    );
    send({ survey: { ...survey, comment: 'x&score=10\r\n', drivers: { Speed: 1 } } });
    const [request] = await receiver.waitFor(1);
    assert.equal(request?.headers['content-type'], 'application/x-www-form-urlencoded');
    assert.deepEqual(
      [...new URLSearchParams(request.body.toString())],
      [
        ['note', 'x&score=10\r\n from adam.agent'],
        ['score', '9'],
        ['drivers', '{"Speed":1}'],
      ],
    );
  });

  it('are filled in for a retry as they were, though the flow went on with the message', async () => {
    receiver.answer(inTurn({ status: 500 }, { status: 200 }));
    const { accepted } = await run({
      url: `${receiver.url}/{{ticketId}}`,
      retry: 'custom',
      retryDelays: '1s',
    });
    send({ survey });
    await until(() => accepted.length > 0, { what: () => 'a message at accepted' });
    Object.assign(accepted[0]!.survey, { ticketId: '999' });
    const requests = await receiver.waitFor(2);
    assert.deepEqual(
      requests.map(({ path }) => path),
      ['/123', '/123'],
    );
  });

  for (const [settings, problem] of [
    [{ url: 'http://{{topic}}/x' }, /url: A dynamic tag stands before its path/],
    [{ url: 'http://127.0.0.1:9/{{{topic}}}' }, /url: .+ is no dynamic tag/],
    [{ url: 'http://127.0.0.1:9/{{req.headers.authorization}}' }, /url: .+ can hold a credential/],
    [
      { url: 'http://127.0.0.1:9/', headers: [{ name: 'X-A', value: '{{#a}}' }] },
      /headers: Header 1: .+ is no dynamic tag/,
    ],
  ] as const)
    it(`are judged at the deploy: ${JSON.stringify(settings)}`, async () => {
      await run(settings);
      await until(() => runtime.callsOf('a', 'error').length > 0, { what: () => 'an error' });
      assert.match(String(runtime.callsOf('a', 'error')[0]), problem);
      await until(() => JSON.stringify(runtime.callsOf('out', 'status')).includes('endpoint-unusable'), {
        what: () => 'the status of an endpoint that cannot be used',
      });
    });

  it('put nothing of the environment into a body, which is stored', async () => {
    await run(
      { url: receiver.url },
      { format: 'template', template: '{"t":"{{env.TENANT}}"}', templateType: 'json' },
    );
    assert.match(String(runtime.callsOf('f', 'error')[0]), /\{\{env\.TENANT\}\} cannot stand in a body/);
    assert.match(JSON.stringify(runtime.callsOf('f', 'status')), /invalid-settings/);
  });
});
