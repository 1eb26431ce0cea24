import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { NodeMessage } from 'node-red';
import type { OutcomeMessage } from '../../src/delivery/outcome-message.ts';
import { askAdmin, EXTERNAL_NODES, inTab, openNodesStore, trackerGroup } from '../support/external-flow.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { Receiver, type Answer } from '../support/receiver.ts';
import { until } from '../support/until.ts';

const CREATED = { key: 'HELP-1', result: { number: 12 }, items: [{ due: '2026-01-31' }], open: true };
const SECRET = 'S3CR3T-value';

describe('Capture of return values', () => {
  let runtime: FlowRuntime;
  let receiver: Receiver;
  let succeeded: OutcomeMessage[];
  let failed: OutcomeMessage[];
  let commented: OutcomeMessage[];
  let caught: { error: { message: string } }[];

  before(async () => (runtime = await FlowRuntime.start()));
  after(() => runtime.stop());
  beforeEach(async () => (receiver = await Receiver.start()));
  afterEach(async () => {
    await runtime.unload();
    await receiver.stop();
  });

  const endpoint = (id: string, path: string, more: object = {}) =>
    inTab(id, 'webhook-endpoint', {
      name: `The ${id}`,
      url: `${receiver.url}${path}`,
      retry: 'none',
      ...more,
    });

  /** The macro of an issue tracker: a survey response makes a ticket, and what the tracker calls it leads to its comments. */
  async function run({ group = trackerGroup(), create = {}, comment = {} } = {}): Promise<void> {
    await runtime.load(EXTERNAL_NODES, [
      { id: 'tab', type: 'tab' },
      group,
      endpoint('tracker', '/issues'),
      endpoint('comments', '/issues/{{external.Tracker.key}}/comments?n={{external.Tracker.result.number}}'),
      inTab('create', 'survey-webhook-out', {
        endpoints: ['tracker'],
        capture: 'group',
        wires: [[], ['succeeded'], ['failed']],
        ...create,
      }),
      inTab('comment', 'survey-webhook-out', {
        endpoints: ['comments'],
        wires: [[], ['commented'], ['failed']],
        ...comment,
      }),
      inTab('words', 'payload-format', {
        format: 'template',
        template: '{"text":"{{external.Tracker.key}}, no. {{external.Tracker.result.number}}"}',
        templateType: 'json',
        wires: [['comment']],
      }),
      inTab('catcher', 'catch', { scope: null, wires: [['caught']] }),
      ...['succeeded', 'failed', 'commented', 'caught'].map((id) => inTab(id, 'helper')),
    ]);
    succeeded = runtime.messagesAt('succeeded');
    failed = runtime.messagesAt('failed');
    commented = runtime.messagesAt('commented');
    caught = runtime.messagesAt('caught');
  }

  const respond = (body: unknown): Answer => ({
    status: 201,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const send = (node: string, message: object): void =>
    runtime.node(node).receive(structuredClone(message) as NodeMessage);
  const about = (ticketId?: string) => ({ payload: { score: 3 }, survey: { ticketId } });
  const arrival = (messages: readonly unknown[], count = 1) =>
    until(() => messages.length >= count, { what: () => `message ${count}, of ${messages.length}` });
  async function create(message: object = about('T1')): Promise<OutcomeMessage> {
    const count = succeeded.length + 1;
    send('create', message);
    await arrival(succeeded, count);
    return succeeded.at(-1)!;
  }
  const kept = async (id = 'T1') => {
    const { externalData } = await openNodesStore();
    const row = await externalData.find({ groupId: 'group', subject: { kind: 'ticket', id } });
    return Object.fromEntries((row?.values ?? []).map(({ parameter, value }) => [parameter, value]));
  };
  const warnings = (): string[] => runtime.callsOf('create', 'warn').map(([words]) => String(words));
  const commentPath = async (count: number): Promise<string | undefined> =>
    (await receiver.waitFor(count)).at(-1)?.path;

  it('keeps what a receiver answers for the ticket, and tells it to the nodes that follow', async () => {
    receiver.answer(() => respond(CREATED));
    await run();
    const { external, externalData, payload } = await create();
    const due = '2026-01-31T00:00:00.000Z';
    assert.deepEqual(external, {
      Tracker: { key: 'HELP-1', 'result.number': 12, 'items.0.due': due, open: true },
    });
    assert.deepEqual(externalData, {
      group: 'Tracker',
      subject: { kind: 'ticket', id: 'T1' },
      favorites: { Key: 'HELP-1', Due: due },
      problems: [],
    });
    assert.deepEqual(payload, CREATED);
    assert.deepEqual(await kept(), { key: 'HELP-1', 'result.number': 12, '/items/0/due': due, open: true });
    assert.deepEqual(warnings(), []);
  });

  it('leads the next delivery of the flow to the ticket that was made', async () => {
    receiver.answer(() => respond(CREATED));
    await run();
    send('words', await create());
    assert.equal(await commentPath(2), '/issues/HELP-1/comments?n=12');
    assert.equal(receiver.requests[1]?.body.toString(), '{"text":"HELP-1, no. 12"}');
  });

  it('leads a later message about the ticket there, also after a restart', async () => {
    receiver.answer(() => respond(CREATED));
    await run();
    await create();
    await run();
    send('comment', about('T1'));
    assert.equal(await commentPath(2), '/issues/HELP-1/comments?n=12');
    await arrival(commented);
    assert.equal('external' in commented[0]!, false);
  });

  it('fails a message about a ticket of which nothing is kept, and says what is missing', async () => {
    await run();
    send('comment', about('unknown'));
    await arrival(failed);
    const words = 'The path of the URL needs {{external.Tracker.key}}, which has no value.';
    assert.equal(failed[0]?.delivery.error, words);
  });

  it('finds the values by the name that the group has by then', async () => {
    receiver.answer(() => respond(CREATED));
    await run({ group: trackerGroup({ name: 'Before' }) });
    assert.deepEqual(Object.keys((await create()).external ?? {}), ['Before']);
    await run();
    send('comment', about('T1'));
    assert.equal(await commentPath(2), '/issues/HELP-1/comments?n=12');
  });

  it('leaves what was there where a value is of another type, and tells that without the value', async () => {
    receiver.answer(() => respond(CREATED));
    await run();
    await create();
    receiver.answer(() =>
      respond({ ...CREATED, key: { id: SECRET }, result: { number: SECRET }, open: null }),
    );
    for (let count = 0; count < 2; count += 1) {
      const { external, externalData } = await create();
      assert.deepEqual(external, { Tracker: { 'items.0.due': '2026-01-31T00:00:00.000Z' } });
      assert.deepEqual(
        externalData?.problems.map(({ label, message }) => `${label}: ${message.split(';')[0]}`),
        ['Key: It is an object', 'Number: It is a text', 'Open: It is not in the response.'],
      );
    }
    assert.deepEqual(
      [(await kept())['key'], (await kept())['result.number'], (await kept())['open']],
      ['HELP-1', 12, true],
    );
    assert.equal(warnings().length, 3, 'each problem is warned of once');
    assert.equal(JSON.stringify(warnings()).includes(SECRET), false);
  });

  for (const [title, answer, words] of [
    ['is not JSON', respond(`<html>${SECRET}</html>`), /response is not JSON/],
    ['is empty', { status: 204 }, /response is not JSON/],
    [
      'is cut, as it is longer than 64 KB',
      respond({ ...CREATED, more: 'x'.repeat(70_000) }),
      /longer than 64 KB/,
    ],
  ] as const)
    it(`takes nothing from a response that ${title}, and the delivery succeeds all the same`, async () => {
      receiver.answer(() => answer);
      await run();
      const { externalData, delivery } = await create(about(title));
      assert.deepEqual([delivery.status, externalData?.subject], ['Succeeded', null]);
      assert.equal(externalData?.problems.length, 1);
      assert.match(externalData.problems[0]?.message ?? '', words);
      assert.deepEqual(await kept(title), {});
      assert.match(warnings().join(), words);
      assert.equal(JSON.stringify(warnings()).includes(SECRET), false);
    });

  for (const message of [about(), about(' '), { payload: 1 }, { payload: 1, survey: { ticketId: ['T'] } }])
    it(`takes nothing where the message names no ticket: ${JSON.stringify(message)}`, async () => {
      receiver.answer(() => respond(CREATED));
      await run();
      const { externalData } = await create(message);
      assert.match(externalData?.problems[0]?.message ?? '', /does not say which ticket it is about/);
      assert.equal(externalData?.problems.length, 1);
    });

  for (const [title, subject] of [
    ['a text', { subject: 'T9', subjectType: 'str' }],
    ['a variable', { subject: 'SURVEY_HOOKS_TICKET', subjectType: 'env' }],
    ['an expression', { subject: "'T' & payload.score", subjectType: 'jsonata' }],
    ['another property', { subject: 'payload.id', subjectType: 'msg' }],
  ] as const)
    it(`takes ${title} as the subject`, async () => {
      process.env['SURVEY_HOOKS_TICKET'] = 'T9';
      receiver.answer(() => respond({ key: title }));
      await run({ create: subject });
      await create({ payload: { score: 9, id: 'T9' } });
      assert.equal((await kept('T9'))['key'], title);
      delete process.env['SURVEY_HOOKS_TICKET'];
    });

  it('refuses a message whose subject cannot be read towards a Catch node, and sends nothing', async () => {
    await run({ create: { subject: '$sum(payload)', subjectType: 'jsonata' } });
    send('create', about('T1'));
    await arrival(caught);
    assert.match(caught[0]?.error.message ?? '', /JSONata/);
    assert.equal(receiver.requests.length, 0);
  });

  it('tells where the group is gone, and delivers all the same', async () => {
    receiver.answer(() => respond(CREATED));
    await run({ create: { capture: '${NO_SUCH_GROUP}' } });
    const { externalData } = await create();
    assert.match(externalData?.problems[0]?.message ?? '', /group is not in the flows/);
  });

  it('tells nothing of external data where nothing is captured', async () => {
    receiver.answer(() => respond(CREATED));
    await run({ create: { capture: '' } });
    const message = await create();
    assert.deepEqual(['external' in message, 'externalData' in message], [false, false]);
  });

  it('captures again when a person sends it again, and shows each attempt’s values', async () => {
    receiver.answer((_, earlier) => respond({ ...CREATED, key: `HELP-${earlier}`, open: 'no' }));
    await run();
    const { delivery } = await create();
    const path = `deliveries/${delivery.id}`;
    assert.equal((await askAdmin(`${path}/resend`, { method: 'POST' })).status, 202);
    await arrival(succeeded, 2);
    assert.deepEqual(
      [succeeded[1]?.delivery.manual, succeeded[1]?.external?.['Tracker']?.['key']],
      [true, 'HELP-1'],
    );
    assert.equal((await kept())['key'], 'HELP-1');
    const { body } = await askAdmin(path);
    const { attemptLog } = body as { attemptLog: { captured: { values: object[]; problems: object[] } }[] };
    assert.deepEqual(
      attemptLog.map(({ captured }) => captured.values[0]),
      ['HELP-0', 'HELP-1'].map((value) => ({
        label: 'Key',
        parameter: 'key',
        type: 'string',
        favorite: true,
        value,
      })),
    );
    assert.equal(attemptLog[0]?.captured.problems.length, 1);
  });

  it('shows null for an attempt that nothing was to be captured of', async () => {
    await run({ create: { capture: '' } });
    const { delivery } = await create();
    const { body } = await askAdmin(`deliveries/${delivery.id}`);
    assert.deepEqual(
      (body as { attemptLog: { captured: unknown }[] }).attemptLog.map(({ captured }) => captured),
      [null],
    );
  });
});
