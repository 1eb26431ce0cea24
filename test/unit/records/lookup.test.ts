import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { HookError } from '../../../src/errors.ts';
import { lookUp, type Lookup } from '../../../src/records/lookup.ts';
import type { RecordStore } from '../../../src/records/record-store.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 0, 31);
const NOW_TEXT = '2026-01-31T00:00:00.000Z';

/** What the store is asked, as a look-up sees it: whatever is not given here is not there. */
function aStore(answers: Partial<Record<keyof RecordStore, unknown>> = {}) {
  const asked: unknown[] = [];
  const answer =
    (name: keyof RecordStore, nothing: unknown) =>
    (request: unknown): Promise<never> => {
      asked.push([name, request]);
      return Promise.resolve((answers[name] ?? nothing) as never);
    };
  const store: RecordStore = {
    upsert: answer('upsert', undefined),
    findAccount: answer('findAccount', undefined),
    findContact: answer('findContact', undefined),
    listActivities: answer('listActivities', { items: [], isCut: false }),
    listSilentAccounts: answer('listSilentAccounts', []),
    listSurveyResponses: answer('listSurveyResponses', { items: [], isCut: false }),
  };
  return { store, asked };
}

async function run(lookup: Lookup, value: unknown, answers = {}) {
  const { store, asked } = aStore(answers);
  return { asked, ...(await lookUp(store, { lookup, value, days: 30, now: NOW })) };
}

describe('The value of a look-up', () => {
  for (const [value, key] of [
    [' Example Ltd', 'example ltd'],
    [4711, '4711'],
    [{ accountName: 'Example', email: 'x' }, 'example'],
  ] as const)
    it(`names an account as ${JSON.stringify(value)}`, async () => {
      assert.deepEqual((await run('account', value)).asked, [['findAccount', { key }]]);
      const [[, activities]] = (await run('activities', value)).asked as [[string, { accountKey: string }]];
      assert.equal(activities.accountKey, key);
    });

  for (const [value, emailKey, phoneKey] of [
    ['Jane@Example.com ', 'jane@example.com', ''],
    ['+49 (30) 12', '', '493012'],
    [12, '', '12'],
    [{ email: 'Jane@Example.com' }, 'jane@example.com', ''],
    [{ email: 'jane@example.com', phone: '1 2', name: 'Jane' }, 'jane@example.com', '12'],
    [{ email: '', phone: 12 }, '', '12'],
  ] as const)
    it(`names a contact as ${JSON.stringify(value)}`, async () => {
      assert.deepEqual((await run('contact', value)).asked, [['findContact', { emailKey, phoneKey }]]);
    });

  it('may be nothing: then nothing is asked and nothing found', async () => {
    for (const value of [undefined, null, ' ', {}, { email: '', phone: null }]) {
      for (const lookup of ['account', 'contact'] as const)
        assert.deepEqual(await run(lookup, value), {
          asked: [],
          payload: null,
          count: 0,
          isCut: false,
          isWithoutValue: true,
        });
      assert.deepEqual((await run('activities', value)).payload, []);
    }
  });

  it('is refused where it can name nothing', async () => {
    const refused = { code: 'HOOK_MESSAGE_UNREADABLE', name: HookError.name };
    for (const value of [true, ['a'], Buffer.from('a'), 'x'.repeat(1001), { accountName: [] }])
      await assert.rejects(run('account', value), refused);
    for (const value of [false, ['a@example.com'], 'nobody', { email: {} }])
      await assert.rejects(run('contact', value), refused);
  });

  it('is of no meaning for accounts without a signal and for responses', async () => {
    for (const lookup of ['absence-of-signal', 'responses'] as const)
      assert.equal((await run(lookup, ['anything'])).isWithoutValue, false);
  });
});

describe('What is found', () => {
  const times = { createdAt: NOW - DAY_MS, updatedAt: NOW };
  const timeTexts = { createdAt: '2026-01-30T00:00:00.000Z', updatedAt: NOW_TEXT };

  it('is an account with its times as text and its properties beside what the store says', async () => {
    const properties = { region: 'North', id: 'mine', aliases: 'mine' };
    const account = { id: '1', name: 'Example', aliases: ['EX'], lastActivityAt: undefined, properties };
    const { payload, count } = await run('account', 'ex', { findAccount: { ...account, ...times } });
    assert.deepEqual(payload, {
      id: '1',
      accountName: 'Example',
      aliases: ['EX'],
      lastActivityAt: null,
      ...timeTexts,
      region: 'North',
    });
    assert.equal(count, 1);
  });

  it('is a contact, with null for what it does not have', async () => {
    const contact = { id: '1', email: undefined, phone: '1', accountName: undefined };
    const properties = { firstName: 'Jane' };
    const { payload } = await run('contact', '1', { findContact: { ...contact, ...times, properties } });
    assert.deepEqual(payload, {
      id: '1',
      email: null,
      phone: '1',
      accountName: null,
      ...timeTexts,
      firstName: 'Jane',
    });
  });

  it('is a list of activities since so many days', async () => {
    const activity = { id: '1', reference: 'R', source: 'S', type: 'T', accountName: 'A' };
    const items = [{ ...activity, happenedAt: NOW, properties: { contact: 'Jane' } }];
    const listActivities = { items, isCut: false };
    const { payload, asked, count } = await run('activities', 'A', { listActivities });
    assert.deepEqual(asked, [['listActivities', { accountKey: 'a', since: NOW - 30 * DAY_MS, limit: 1000 }]]);
    assert.deepEqual(payload, [{ ...activity, happenedAt: NOW_TEXT, contact: 'Jane' }]);
    assert.equal(count, 1);
  });

  it('is how long accounts have been silent, from their making where they never gave a signal', async () => {
    const listSilentAccounts = [
      { id: '1', name: 'Never', lastActivityAt: undefined, createdAt: NOW - 40.9 * DAY_MS },
      { id: '2', name: 'Once', lastActivityAt: NOW - 31 * DAY_MS, createdAt: 0 },
    ];
    const { payload, asked } = await run('absence-of-signal', undefined, { listSilentAccounts });
    assert.deepEqual(asked, [['listSilentAccounts', { before: NOW - 30 * DAY_MS, now: NOW, limit: 1001 }]]);
    assert.deepEqual(payload, [
      { id: '1', accountName: 'Never', lastActivityAt: null, silentDays: 40 },
      { id: '2', accountName: 'Once', lastActivityAt: '2025-12-31T00:00:00.000Z', silentDays: 31 },
    ]);
  });

  it('is survey responses as they were normalised', async () => {
    const response = { source: 'cio-pulse', score: 9 };
    const listSurveyResponses = { items: [{ id: '1', response, ...times }], isCut: true };
    const { payload, asked, isCut } = await run('responses', undefined, { listSurveyResponses });
    assert.equal(isCut, true, 'as the store says');
    assert.deepEqual(asked, [['listSurveyResponses', { since: NOW - 30 * DAY_MS, limit: 10_000 }]]);
    assert.deepEqual(payload, [response]);
  });

  it('is cut where there is more than a message should hold, and says so', async () => {
    const account = { id: '1', name: 'A', lastActivityAt: undefined, createdAt: 0 };
    const silent = (length: number) =>
      run('absence-of-signal', undefined, { listSilentAccounts: Array.from({ length }, () => account) });
    const whole = await silent(1000);
    assert.deepEqual([whole.count, whole.isCut], [1000, false]);
    const cut = await silent(1001);
    assert.deepEqual([cut.count, cut.isCut, (cut.payload as unknown[]).length], [1000, true, 1000]);
  });
});
