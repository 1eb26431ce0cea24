import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import type { NodeAPI, NodeMessage } from 'node-red';
import recordLookup from '../../nodes/record-lookup/record-lookup.ts';
import { engineHost } from '../../nodes/shared/runtime/engine/engine-host.ts';
import { nameIdentifier } from '../../src/records/identifier.ts';
import type { RecordStore } from '../../src/records/record-store.ts';
import { catchNode, completeNode } from '../support/core-nodes.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';
import { until } from '../support/until.ts';

interface FoundMessage {
  payload: unknown;
  lookup: unknown;
  record?: unknown;
}

const DAY_MS = 86_400_000;
const NOW = Date.now();

let openRecords = (): Promise<RecordStore> => Promise.reject(new Error('No store is open.'));

/** Gives the test the store that the nodes use. */
const reachStore = (RED: NodeAPI): void => {
  openRecords = async () => (await engineHost(RED).get()).store.records;
};

const NODES = [reachStore, recordLookup, catchNode, completeNode];

const inTab = (id: string, type: string, more: object = {}) => ({ id, type, z: 'tab', wires: [], ...more });
const lookup = (id: string, more: object) =>
  inTab(id, 'record-lookup', { value: 'payload', valueType: 'msg', days: 30, wires: [['found']], ...more });

const WRONG_DAYS = [0, '0', '-1', '1.5', '36501', '1e2', 'soon', '${NO_SUCH_DAYS}'];
const LOOKUPS = [
  lookup('by-account', { lookup: 'account' }),
  lookup('by-contact', { lookup: 'contact' }),
  lookup('by-activities', { lookup: 'activities', days: '10' }),
  lookup('silent', { lookup: 'absence-of-signal' }),
  lookup('by-responses', { lookup: 'responses' }),
  lookup('deep', { lookup: 'account', value: 'payload.account.name' }),
  lookup('written', { lookup: 'account', value: 'Exa${REST}', valueType: 'str' }),
  lookup('variable', { lookup: 'account', value: 'NAME', valueType: 'env' }),
  lookup('expression', {
    lookup: 'account',
    value: "$join([payload.first, payload.last], ' ')",
    valueType: 'jsonata',
  }),
  lookup('broken-expression', { lookup: 'account', value: '$sum(payload)', valueType: 'jsonata' }),
  lookup('flow-value', { lookup: 'account', value: 'wanted', valueType: 'flow' }),
  lookup('no-lookup', { lookup: 'everything' }),
  ...WRONG_DAYS.map((days) => lookup(`days ${days}`, { lookup: 'responses', days })),
  lookup('set-days', { lookup: 'activities', days: '${DAYS}' }),
  lookup('no-expression', { lookup: 'account', value: '((', valueType: 'jsonata' }),
];
const env = [
  { name: 'REST', value: 'mple', type: 'str' },
  { name: 'NAME', value: 'EX', type: 'str' },
  { name: 'DAYS', value: ' 10 ', type: 'str' },
];
const flow = [
  { id: 'tab', type: 'tab', env },
  ...LOOKUPS,
  inTab('errors', 'catch', { scope: LOOKUPS.map(({ id }) => id), wires: [['caught']] }),
  inTab('ends', 'complete', { scope: LOOKUPS.map(({ id }) => id), wires: [['completed']] }),
  ...['found', 'caught', 'completed'].map((id) => inTab(id, 'helper')),
];

/** An account with an alias, a contact and an activity 5 days ago; one that is silent for 40 days; a survey response. */
async function fill(): Promise<void> {
  const records = await openRecords();
  const account = (name: string) => ({ name: nameIdentifier(name), properties: {} });
  await records.upsert({
    change: { kind: 'account', account: { ...account('Silent'), properties: { region: 'North' } } },
    now: NOW - 40.5 * DAY_MS,
  });
  await records.upsert({
    change: { kind: 'alias', account: account('Example'), alias: nameIdentifier('EX') },
    now: NOW,
  });
  await records.upsert({
    change: {
      kind: 'contact',
      contact: {
        email: nameIdentifier('Jane@Example.com'),
        phone: { text: '+49 30 12', key: '493012' },
        account: account('ex'),
        properties: { firstName: 'Jane' },
      },
    },
    now: NOW,
  });
  for (const [reference, days] of [
    ['R-1', 5],
    ['R-2', 20],
  ] as const)
    await records.upsert({
      change: {
        kind: 'activity',
        account: account('Example'),
        reference: nameIdentifier(reference),
        source: 'CRM',
        type: 'call',
        happenedAt: NOW - days * DAY_MS,
        receivedAt: NOW,
        properties: {},
      },
      now: NOW,
    });
  for (const [responseId, days] of [
    ['1', 1],
    ['2', 31],
  ] as const)
    await records.upsert({
      change: {
        kind: 'survey-response',
        source: 'generic',
        responseId,
        response: { source: 'generic', responseId, score: 9 },
        submittedAt: NOW - days * DAY_MS,
      },
      now: NOW,
    });
}

describe('record-lookup', () => {
  let runtime: FlowRuntime;
  let found: FoundMessage[];
  let caught: { error: { message: string } }[];
  let completed: NodeMessage[];

  before(async () => {
    runtime = await FlowRuntime.start();
    await run();
    await fill();
  });
  after(() => runtime.stop());
  beforeEach(() => {
    for (const messages of [found, caught, completed]) messages.length = 0;
  });

  async function run(): Promise<void> {
    await runtime.load(NODES, flow);
    found = runtime.messagesAt('found');
    caught = runtime.messagesAt('caught');
    completed = runtime.messagesAt('completed');
  }

  async function send(node: string, message: object): Promise<void> {
    const doneCount = (): number => caught.length + completed.length;
    const before = doneCount();
    runtime.node(node).receive(message as NodeMessage);
    await until(() => doneCount() > before, { what: () => 'the message to be done' });
  }

  async function find(node: string, payload: unknown): Promise<unknown> {
    await send(node, { payload });
    assert.deepEqual(caught, []);
    return found.at(-1)?.payload;
  }

  const nameOf = (payload: unknown): unknown => (payload as { accountName?: string } | null)?.accountName;
  const statusOf = (id: string): string | undefined =>
    (runtime.callsOf(id, 'status').at(-1)?.[0] as { text?: string } | undefined)?.text;
  const shows = (id: string, status: string): Promise<void> =>
    until(() => statusOf(id) === `record-lookup.status.${status}`, {
      what: () => `${status} at ${id}, where ${String(statusOf(id))} is shown`,
    });

  it('finds an account by its name or an alias, and says that it did', async () => {
    await shows('by-account', 'ready');
    const account = await find('by-account', ' silent');
    assert.ok(typeof account === 'object' && account && 'id' in account);
    const { id, createdAt, ...rest } = account as Record<string, unknown>;
    assert.equal(typeof id, 'string');
    assert.equal(createdAt, new Date(NOW - 40.5 * DAY_MS).toISOString());
    assert.deepEqual(rest, {
      accountName: 'Silent',
      aliases: [],
      lastActivityAt: null,
      updatedAt: createdAt,
      region: 'North',
    });
    await shows('by-account', 'found');
    assert.equal(nameOf(await find('by-account', { accountName: 'ex' })), 'Example');
    assert.deepEqual(found[1]?.lookup, { lookup: 'account', count: 1, isCut: false });
  });

  it('finds a contact by email address or phone number, and leaves msg.record as it is', async () => {
    const contact = await find('by-contact', 'JANE@example.com');
    const { id, createdAt, updatedAt, ...rest } = contact as Record<string, unknown>;
    assert.deepEqual([typeof id, createdAt, updatedAt], ['string', new Date(NOW).toISOString(), createdAt]);
    assert.deepEqual(rest, {
      email: 'Jane@Example.com',
      phone: '+49 30 12',
      accountName: 'Example',
      firstName: 'Jane',
    });
    assert.deepEqual(await find('by-contact', '49 (30) 1-2'), contact);
    await send('by-contact', { payload: { phone: '493012' }, record: 'as it was' });
    assert.deepEqual([found.at(-1)?.payload, found.at(-1)?.record], [contact, 'as it was']);
  });

  it('goes on with null where there is none or the message names none, and shows which', async () => {
    assert.equal(await find('by-account', 'Nobody'), null);
    await shows('by-account', 'not-found');
    assert.equal(await find('by-contact', 'nobody@example.com'), null);
    assert.equal(await find('deep', 'no object'), null);
    await shows('deep', 'no-value');
    assert.deepEqual(found.at(-1)?.lookup, { lookup: 'account', count: 0, isCut: false });
  });

  for (const node of ['by-activities', 'set-days'])
    it(`lists the activities of the last days, however the account is called (${node})`, async () => {
      const activities = (await find(node, 'EX')) as { reference: string; happenedAt: string }[];
      assert.deepEqual(
        activities.map(({ reference, happenedAt }) => [reference, happenedAt]),
        [['R-1', new Date(NOW - 5 * DAY_MS).toISOString()]],
      );
      await shows(node, 'number-found');
    });

  it('lists accounts without a signal and survey responses, without asking for a value', async () => {
    const [silent, ...others] = (await find('silent', undefined)) as Record<string, unknown>[];
    assert.deepEqual([silent?.['accountName'], silent?.['silentDays'], others], ['Silent', 40, []]);
    assert.deepEqual(await find('by-responses', undefined), [
      { source: 'generic', responseId: '1', score: 9 },
    ]);
    assert.deepEqual(found.at(-1)?.lookup, { lookup: 'responses', count: 1, isCut: false });
  });

  it('takes the value from wherever its setting says', async () => {
    assert.equal(nameOf(await find('deep', { account: { name: 'Example' } })), 'Example');
    assert.equal(nameOf(await find('written', undefined)), 'Example');
    assert.equal(nameOf(await find('variable', undefined)), 'Example');
    runtime.node('flow-value').context().flow.set('wanted', 'example');
    assert.equal(nameOf(await find('flow-value', undefined)), 'Example');
    const records = await openRecords();
    const two = { name: nameIdentifier('Two Words'), properties: {} };
    await records.upsert({ change: { kind: 'account', account: two }, now: NOW });
    assert.equal(nameOf(await find('expression', { first: 'two', last: 'WORDS' })), 'Two Words');
  });

  for (const [node, payload, words] of [
    ['by-account', ['Example'], /must be the name of an account, or an object with accountName, not a list/],
    ['by-contact', 'nobody', /must be an email address, a phone number/],
    ['broken-expression', 'text', /JSONata/],
    ['no-lookup', 'Example', /What to look up must be one of account, contact/],
    ...WRONG_DAYS.map(
      (days) => [`days ${days}`, 'Example', /Days must be a whole number from 1 to 36500/] as const,
    ),
    ['no-expression', 'Example', /JSONata/],
  ] as const)
    it(`fails towards a Catch node where ${node} cannot look up ${JSON.stringify(payload)}`, async () => {
      await send(node, { payload });
      assert.match(caught[0]?.error.message ?? '', words);
      assert.equal(found.length, 0);
      await shows(node, 'error');
    });

  it('fails towards a Catch node while the store is down, and shows that', async () => {
    await runtime.unload();
    const file = path.join(runtime.userDir, 'survey-hooks.db');
    await rm(file);
    await mkdir(file);
    await run();
    await send('by-account', { payload: 'Example' });
    assert.match(caught[0]?.error.message ?? '', /survey-hooks\.db/);
    assert.equal(found.length, 0);
    await shows('by-account', 'store-down');
  });
});
