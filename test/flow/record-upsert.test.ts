import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { NodeMessage } from 'node-red';
import inboundMapping from '../../nodes/inbound-mapping/inbound-mapping.ts';
import mappingValidator from '../../nodes/mapping-validator/mapping-validator.ts';
import recordLookup from '../../nodes/record-lookup/record-lookup.ts';
import recordUpsert from '../../nodes/record-upsert/record-upsert.ts';
import surveyResponse from '../../nodes/survey-response/survey-response.ts';
import sample from '../fixtures/cio-pulse-survey.json' with { type: 'json' };
import { catchNode, completeNode } from '../support/core-nodes.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { until } from '../support/until.ts';

const NODES = [
  inboundMapping,
  mappingValidator,
  surveyResponse,
  recordLookup,
  recordUpsert,
  catchNode,
  completeNode,
];

interface StoredMessage {
  payload: unknown;
  record: { dataType: string; outcome: string; id: string; identifier: unknown };
  invitation?: {
    id: string;
    contact: Record<string, unknown>;
    account: Record<string, unknown> | null;
    touchpoint: string;
    autoPopulated: string[];
  };
}
interface FailedMessage {
  payload: { error: { code: string }; violations: unknown };
  violations: { field: string; path: string; rule: string; message: string }[];
  statusCode: number;
  headers?: unknown;
}

const DATA_TYPES = ['accounts', 'contacts', 'surveys', 'multi-object', 'account-aliases', 'activities'];
const inTab = (id: string, type: string, more: object = {}) => ({ id, type, z: 'tab', wires: [], ...more });

const flow = [
  { id: 'tab', type: 'tab' },
  ...DATA_TYPES.flatMap((dataType) => [
    { id: `map-${dataType}`, type: 'inbound-mapping', dataType, fields: [], unknownFields: 'keep' },
    inTab(dataType, 'mapping-validator', { mapping: `map-${dataType}`, wires: [['upsert'], []] }),
  ]),
  inTab('survey', 'survey-response', { source: 'cio-pulse', wires: [['upsert']] }),
  inTab('upsert', 'record-upsert', { wires: [['stored'], ['failed']] }),
  inTab('other', 'record-upsert', { wires: [['stored'], ['failed']] }),
  inTab('activity-list', 'record-lookup', {
    lookup: 'activities',
    value: 'payload',
    valueType: 'msg',
    days: 36_500,
    wires: [['found']],
  }),
  inTab('errors', 'catch', { scope: ['upsert'], wires: [['caught']] }),
  inTab('ends', 'complete', { scope: ['upsert', 'other', 'activity-list'], wires: [['completed']] }),
  ...['stored', 'failed', 'caught', 'completed', 'found'].map((id) => inTab(id, 'helper')),
];

describe('record-upsert', () => {
  let runtime: FlowRuntime;

  let stored: StoredMessage[];
  let failed: FailedMessage[];
  let caught: { error: { message: string } }[];
  let completed: NodeMessage[];
  let found: unknown[];

  before(async () => {
    runtime = await FlowRuntime.start();
    await run();
  });
  after(() => runtime.stop());
  beforeEach(() => {
    for (const messages of [stored, failed, caught, completed]) messages.length = 0;
  });

  async function run(): Promise<void> {
    await runtime.load(NODES, flow);
    stored = runtime.messagesAt('stored');
    failed = runtime.messagesAt('failed');
    caught = runtime.messagesAt('caught');
    completed = runtime.messagesAt('completed');
    found = runtime.messagesAt('found');
  }

  async function send(node: string, message: object): Promise<void> {
    const doneCount = (): number => caught.length + completed.length;
    const before = doneCount();
    runtime.node(node).receive(message as NodeMessage);
    await until(() => doneCount() > before, { what: () => 'the message to be done' });
  }

  async function store(node: string, payload: object, more: object = {}): Promise<StoredMessage> {
    await send(node, { payload, ...more });
    assert.deepEqual([...failed, ...caught], []);
    return stored.at(-1)!;
  }

  const statusOf = (id: string): string | undefined =>
    (runtime.callsOf(id, 'status').at(-1)?.[0] as { text?: string } | undefined)?.text;
  const shows = (text: string): Promise<void> =>
    until(() => statusOf('upsert') === text, {
      what: () => `${text}, where ${String(statusOf('upsert'))} is shown`,
    });

  async function activityTimes(account: string): Promise<unknown[]> {
    found.length = 0;
    await send('activity-list', { payload: account });
    const [{ payload } = { payload: [] }] = found as { payload: { happenedAt: string }[] }[];
    return payload.map(({ happenedAt }) => happenedAt);
  }

  it('is ready from the start of the flows on', async () => {
    await shows('record-upsert.status.ready');
  });

  it('stores a record and tells whether it was there, and which it is', async () => {
    const created = await store('accounts', { 'Account Name': 'Example Ltd', Region: 'North' });
    assert.deepEqual(created.payload, { accountName: 'Example Ltd', Region: 'North' });
    const { outcome, id, ...record } = created.record;
    assert.equal(outcome, 'created');
    assert.deepEqual(record, {
      dataType: 'accounts',
      identifier: { property: 'accountName', value: 'Example Ltd' },
      droppedFields: [],
    });
    const updated = await store('accounts', { 'account name': ' EXAMPLE LTD ' });
    assert.deepEqual([updated.record.outcome, updated.record.id], ['updated', id]);
    assert.ok(!('invitation' in updated));
  });

  it('makes an invitation of a survey, filled in with what the store knows of the contact', async () => {
    await store('contacts', { Email: 'jane@example.com', 'First Name': 'Jane', 'Account Name': 'Kept Ltd' });
    const sent = { Email: 'Jane@Example.com', 'First Name': 'J.', Touchpoint: 'Delivery' };
    const { invitation, record } = await store('surveys', sent);
    assert.equal(record.outcome, 'updated');
    assert.equal(record.id, invitation?.id);
    assert.equal(invitation?.contact['firstName'], 'J.');
    assert.equal(invitation.account?.['accountName'], 'Kept Ltd');
    assert.equal(invitation.touchpoint, 'Delivery');
    assert.deepEqual(invitation.autoPopulated, ['accountName']);
  });

  it('makes the same invitation when the same request comes again, and another for another', async () => {
    const invite = async (requestId: string | undefined, node = 'multi-object') => {
      const { invitation } = await store(node, { Phone: '+49 30 1' }, { hook: { requestId } });
      return invitation?.id;
    };
    const first = await invite('request-1');
    assert.equal(await invite('request-1'), first);
    assert.equal(new Set([first, await invite('request-2'), await invite(undefined)]).size, 3);
  });

  it('makes an invitation of each part of a request that was split, though they are for one contact', async () => {
    const invite = async (index: number) => {
      const more = { hook: { requestId: 'split' }, parts: { id: String(Math.random()), index, count: 2 } };
      const { invitation } = await store('multi-object', { Phone: '+49 30 1', Order: index }, more);
      return invitation;
    };
    const [first, second] = [await invite(0), await invite(1)];
    assert.deepEqual([first?.contact['Order'], second?.contact['Order']], [0, 1]);
    assert.deepEqual(await invite(1), second, 'also when the request comes again');
  });

  it('keeps an activity at the time at which its event came first, also when that comes again', async () => {
    const sent = { 'Account Name': 'Active Ltd', Reference: 'call-1', Source: 'CRM', Type: 'call' };
    const happenedAt = async (more: object) => {
      const { payload } = await store('activities', sent, more);
      return (payload as { happenedAt: string }).happenedAt;
    };
    const hook = { requestId: 'activity', receivedAt: '2026-01-31T14:05:00.000Z' };
    assert.equal(await happenedAt({ hook }), hook.receivedAt);
    assert.equal(await happenedAt({ hook: { ...hook, redelivered: true } }), hook.receivedAt);
    const now = new Date().toISOString();
    for (const receivedAt of ['9999-01-01T00:00:00Z', 'yesterday', 5])
      assert.ok((await happenedAt({ hook: { receivedAt } })) >= now, 'no time in the past');
    assert.deepEqual(await activityTimes('Active Ltd'), [hook.receivedAt], 'none of those moved it');
    await store('activities', { ...sent, 'Happened At': '2026-02-01' });
    assert.deepEqual(await activityTimes('Active Ltd'), ['2026-02-01T00:00:00.000Z']);
  });

  it('keeps a survey response, known by its source and id, and leaves the payload as it is', async () => {
    const { payload, record } = await store('survey', { ...sample });
    assert.deepEqual(record, {
      dataType: 'survey-responses',
      identifier: { property: 'responseId', value: '3690' },
      outcome: 'created',
      id: record.id,
    });
    assert.equal((payload as { comment: string }).comment, 'You guys rock!');
    const again = await store('survey', { ...sample, Comments: 'Later' });
    assert.deepEqual([again.record.outcome, again.record.id], ['updated', record.id]);
  });

  it('sends a record that contradicts what is stored out of the second output, and says which identifier', async () => {
    await store('contacts', { Email: 'one@example.com', 'Last Name': 'Hidden' });
    await store('contacts', { Phone: '999' });
    const count = stored.length;
    await send('contacts', {
      payload: { Email: 'one@example.com', Phone: '99-9' },
      headers: { 'content-length': '3' },
    });
    const [refused] = failed;
    assert.deepEqual(refused?.violations, [
      {
        field: 'email and phone',
        path: '',
        rule: 'identifier conflict',
        message:
          'email and phone belong to two contacts. Send only the one that is right, or correct the contacts first.',
      },
    ]);
    assert.deepEqual([refused.statusCode, refused.headers], [422, undefined]);
    assert.deepEqual(refused.payload, {
      error: { code: 'invalid_record', message: 'The record is not valid: 1 violation.' },
      violations: refused.violations,
    });
    assert.equal(stored.length, count);
    await shows('record-upsert.status.failed');
    for (const name of ['First Ltd', 'Second Ltd'])
      await send('accounts', { payload: { 'Account Name': name } });
    await send('account-aliases', { payload: { 'Account Name': 'First Ltd', Alias: 'second ltd' } });
    assert.deepEqual(
      [failed[1]?.violations[0]?.field, failed[1]?.violations[0]?.rule],
      ['alias', 'identifier conflict'],
    );
  });

  it('sends what a flow has spoilt out of the second output, with all that is wrong', async () => {
    const record = { dataType: 'contacts' };
    await send('upsert', { payload: { email: 'nobody', phone: '-', call: () => 1 }, record });
    assert.deepEqual(
      failed[0]?.violations.map(({ field, rule }) => `${field} ${rule}`),
      ['email format', 'phone format', 'call json'],
    );
    await send('upsert', { payload: 'no record at all' });
    assert.match(
      failed[1]?.violations[0]?.message ?? '',
      /put a mapping-validator or a survey-response node/,
    );
    assert.equal(caught.length, 0);
  });

  it('sends what would make a record too large out of the second output', async () => {
    const grown = (name: string) => ({ 'Account Name': 'Large Ltd', [name]: 'x'.repeat(600_000) });
    await send('accounts', { payload: grown('a') });
    await send('accounts', { payload: grown('b') });
    assert.deepEqual(
      failed.map(({ violations, statusCode }) => [violations.map(({ rule }) => rule), statusCode]),
      [[['size'], 422]],
    );
    assert.deepEqual([stored.length, caught.length], [1, 0]);
  });

  it('fails towards a Catch node while the store is down, and shows that', async () => {
    await runtime.unload();
    const file = path.join(runtime.userDir, 'survey-hooks.db');
    await rm(file);
    await mkdir(file);
    await run();
    await send('accounts', { payload: { 'Account Name': 'Lost Ltd' } });
    assert.equal(caught.length, 1);
    assert.match(caught[0]?.error.message ?? '', /survey-hooks\.db/);
    assert.deepEqual([stored.length, failed.length], [0, 0]);
    await shows('record-upsert.status.store-down');
  });
});
