import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { NodeMessage } from 'node-red';
import payloadFormat from '../../nodes/payload-format/payload-format.ts';
import { readCioPulse } from '../../src/survey/sources/cio-pulse.ts';
import sample from '../fixtures/cio-pulse-survey.json' with { type: 'json' };
import { catchNode, completeNode, showsStatuses, statusesOf } from '../support/core-nodes.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { until } from '../support/until.ts';

interface FormattedMessage {
  payload: unknown;
  survey?: unknown;
  webhookId?: string;
  target?: { method: string; path: string; headers: object };
}

const survey = readCioPulse(sample);

describe('payload-format', () => {
  let runtime: FlowRuntime;

  before(async () => (runtime = await FlowRuntime.start()));
  after(() => runtime.stop());
  afterEach(() => runtime.unload());

  async function run(settings: object) {
    await runtime.load(
      [payloadFormat, catchNode, completeNode],
      [
        {
          id: 'tab',
          type: 'tab',
          env: [
            { name: 'TITLE', value: 'From ${x}', type: 'str' },
            { name: 'DESK', value: '10', type: 'num' },
            { name: 'BODY', value: '{"a":"{{comment}}"}', type: 'json' },
          ],
        },
        { id: 'f', z: 'tab', type: 'payload-format', ...settings, wires: [['out']] },
        { id: 'out', z: 'tab', type: 'helper', wires: [] },
        { id: 'errors', z: 'tab', type: 'catch', scope: ['f'], wires: [['caught']] },
        { id: 'caught', z: 'tab', type: 'helper', wires: [] },
        { id: 'ends', z: 'tab', type: 'complete', scope: ['f'], wires: [['completed']] },
        { id: 'completed', z: 'tab', type: 'helper', wires: [] },
      ],
    );
    const out = runtime.messagesAt<FormattedMessage>('out');
    const caught = runtime.messagesAt<{ error: { message: string } }>('caught');
    const completed = runtime.messagesAt('completed');
    const receive = async (message: object): Promise<void> => {
      const before = caught.length + completed.length;
      runtime.node('f').receive(message as NodeMessage);
      await until(() => caught.length + completed.length > before, { what: () => 'done' });
    };
    return { out, caught, receive };
  }

  it('writes the 25 keys of CIOPulse, and sets the webhook id once', async () => {
    const { out, receive } = await run({ format: 'cio-pulse', options: {} });
    await receive({ survey, payload: 'something else' });
    await receive({ survey, payload: survey, webhookId: 'given' });
    await receive({ payload: { ...survey, eventId: '' } });
    assert.equal(JSON.stringify(out[0]?.payload), JSON.stringify(sample));
    assert.deepEqual(out[0]?.survey, survey);
    assert.deepEqual(
      out.slice(0, 2).map(({ webhookId }) => webhookId),
      ['a65768befa38a', 'given'],
    );
    const { payload, webhookId } = out[2]!;
    assert.match(String(webhookId), /^msg_/);
    assert.equal((payload as typeof sample).Webhook_ID, webhookId);
  });

  it('writes a Slack message, with environment variables in its options', async () => {
    const { out, receive } = await run({ format: 'slack', options: { title: '${TITLE} {{agent}}' } });
    await receive({ survey });
    const { blocks } = out[0]!.payload as { blocks: { text: { text: string } }[] };
    assert.equal(blocks[0]?.text.text, 'From ${x} adam.agent');
    assert.equal(out[0]?.webhookId, undefined);
  });

  it('takes numbers and objects from the environment, as Node-RED fills them in', async () => {
    const options = { serviceDeskId: '${DESK}', requestTypeId: '2${DESK}' };
    const request = await run({ format: 'jira-request', options });
    await request.receive({ survey });
    const { serviceDeskId, requestTypeId } = request.out[0]!.payload as Record<string, unknown>;
    assert.deepEqual([serviceDeskId, requestTypeId], ['10', '210']);
    const body = await run({ format: 'template', template: '${BODY}', templateType: 'json' });
    await body.receive({ survey });
    assert.deepEqual(body.out[0]?.payload, { a: 'You guys rock!' });
  });

  it('writes a Freshdesk ticket, or says what is missing for one', async () => {
    const { out, caught, receive } = await run({ format: 'freshdesk-ticket', options: { tags: 'nps' } });
    await receive({ survey });
    assert.match(caught[0]!.error.message, /email address or the phone number/);
    assert.deepEqual(statusesOf(runtime.node('f')), ['payload-format.status.failed']);
    await receive({ survey: { ...survey, respondent: { email: 'jo@example.com' } } });
    const { email, tags } = out[0]!.payload as { email: string; tags: string[] };
    assert.deepEqual([email, tags], ['jo@example.com', ['nps']]);
    await showsStatuses(runtime.node('f'), 'payload-format.status.failed', '');
  });

  it('writes a card for Teams, and says that the whole URL is its target', async () => {
    const { out, receive } = await run({ format: 'teams', options: { title: '${TITLE} {{agent}}' } });
    await receive({ survey });
    const { attachments } = out[0]!.payload as { attachments: { content: { body: { text: string }[] } }[] };
    assert.equal(attachments[0]?.content.body[0]?.text, 'From ${x} adam.agent');
    assert.deepEqual(out[0]?.target, { method: 'POST', path: '', headers: {} });
  });

  it('writes a Freshdesk note and where it goes, or says that the ticket is missing', async () => {
    const { out, caught, receive } = await run({
      format: 'freshdesk-note',
      options: { ticketId: '{{payload.ticket}}' },
    });
    await receive({ survey, payload: {} });
    assert.match(caught[0]!.error.message, /number of its ticket/);
    await receive({ survey, payload: { ticket: 42 } });
    const { body, private: isPrivate } = out[0]!.payload as { body: string; private: boolean };
    assert.match(body, /^<p>You guys rock!<\/p>/);
    assert.equal(isPrivate, true);
    assert.equal(out[0]?.target?.path, '/api/v2/tickets/42/notes');
  });

  it('fills a JSON template', async () => {
    const template = '{"text":"{{comment}}","score":{{score}},"topic":"{{topic}}"}';
    const { out, receive } = await run({ format: 'template', template, templateType: 'json' });
    await receive({ survey: { ...survey, comment: 'a "quoted"\nline' }, topic: 't' });
    assert.deepEqual(out[0]?.payload, { text: 'a "quoted"\nline', score: 9, topic: 't' });
  });

  it('fills a text template', async () => {
    const { out, receive } = await run({
      format: 'template',
      template: '{{score}}: {{comment}}',
      templateType: 'str',
    });
    await receive({ survey });
    assert.equal(out[0]?.payload, '9: You guys rock!');
  });

  for (const [templateType, template] of [
    ['json', '{"text":"{{comment}}"}'],
    ['str', '{{comment}}'],
    ['jsonata', 'survey.comment'],
  ])
    it(`takes off what an earlier format said of its target, and leaves the flow's own headers, with a template as ${templateType}`, async () => {
      const { out, receive } = await run({ format: 'template', template, templateType });
      const headers = { 'Idempotency-Key': '{{delivery.id}}' };
      await receive({ survey, target: { method: 'POST', path: '/api/v2/tickets.json', headers } });
      await receive({ survey, target: { headers } });
      await receive({ survey, target: null });
      assert.equal('target' in out[0]!, false);
      assert.deepEqual(out[1]?.target, { headers });
      assert.deepEqual(out[2]?.target, null);
    });

  it('says of its own target what an earlier format said of another', async () => {
    const { out, receive } = await run({ format: 'slack' });
    const headers = { 'Idempotency-Key': '{{delivery.id}}' };
    await receive({ survey, webhookId: 'w1', target: { method: 'PUT', path: '/tickets/1', headers } });
    assert.deepEqual(out[0]?.target, { method: 'POST', path: '', headers: {} });
    assert.equal(out[0].webhookId, 'w1');
  });

  it('evaluates a JSONata expression on message and response, and gives a copy', async () => {
    const template = '{"s": survey.score, "t": topic, "segments": survey.segments, "e": $env("TITLE")}';
    const { out, receive } = await run({ format: 'template', template, templateType: 'jsonata' });
    await receive({ payload: survey, topic: 't' });
    assert.deepEqual(out[0]?.payload, { s: 9, t: 't', segments: survey.segments, e: 'From ${x}' });
    assert.notEqual((out[0].payload as { segments: unknown }).segments, survey.segments);
  });

  it('sends nothing where an expression fails or finds nothing', async () => {
    const { out, caught, receive } = await run({
      format: 'template',
      template: '$number(topic)',
      templateType: 'jsonata',
    });
    await receive({ survey, topic: 'x' });
    await receive({ survey });
    assert.match(caught[0]!.error.message, /JSONata expression failed: .+/);
    assert.match(caught[1]!.error.message, /found nothing/);
    assert.equal(out.length, 0);
  });

  it('sends nothing where there is no survey response', async () => {
    const { out, caught, receive } = await run({ format: 'slack' });
    await receive({ payload: { hello: 'world' } });
    assert.match(caught[0]!.error.message, /Neither msg.survey nor the payload/);
    assert.equal(out.length, 0);
  });

  for (const [settings, message] of [
    [{ format: 'pigeon' }, /format must be one of/],
    [{ format: 'template', template: '{', templateType: 'json' }, /not JSON/],
    [{ format: 'template', template: '{{#a}}', templateType: 'str' }, /no dynamic tag/],
    [{ format: 'template', template: ' ', templateType: 'jsonata' }, /template is empty/],
    [{ format: 'template', template: '(', templateType: 'jsonata' }, /JSONata expression failed: .+/],
    [{ format: 'slack', options: { showLinks: 'perhaps' } }, /showLinks/],
  ] as const)
    it(`is red from its deploy on with ${JSON.stringify(settings)}`, async () => {
      const { out, caught, receive } = await run(settings);
      assert.deepEqual(statusesOf(runtime.node('f')), ['payload-format.status.invalid-settings']);
      await receive({ survey });
      assert.match(caught.at(-1)!.error.message, message);
      assert.equal(out.length, 0);
    });
});
