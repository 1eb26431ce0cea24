import assert from 'node:assert/strict';
import { textKey } from '../../../src/text-key.ts';
import type { RecordChange } from '../../../src/records/record-store.ts';
import { aDelivery } from '../../support/deliveries.ts';
import {
  accountChange,
  aContact,
  activityChange,
  aliasChange,
  contactChange,
  externalChange,
  invitationChange,
  responseChange,
  STORED_AT,
  type RecordBench,
} from '../../support/records.ts';
import { batchOf, scheduledAt } from '../../support/store.ts';

const refused = { code: 'HOOK_STORE_ROW_REFUSED' };

/** What a record store promises of calls, whatever they are about. */
export function callPromises(bench: RecordBench): void {
  const ann = () => ({ email: bench.email('ann'), phone: bench.phone(1), account: bench.name('Acme') });
  /** A change of each kind, all of which name one account and one contact. */
  const oneOfEach = (): RecordChange[] => [
    accountChange(bench.name('Acme'), { region: 'NZ' }),
    contactChange(ann(), { firstName: 'Ann' }),
    aliasChange(bench.name('Acme'), bench.name('ACME Inc')),
    activityChange(bench.name('Acme'), bench.name('R'), { happenedAt: 500 }),
    externalChange(aContact(ann())),
    invitationChange(bench.name('i'), aContact(ann())),
    responseChange(bench.name('r'), { score: 9 }),
  ];
  const everything = async () => ({
    account: await bench.account(bench.name('Acme')),
    contact: await bench.contact(ann()),
    activities: await bench.activities(bench.name('Acme')),
    responses: await bench.records.listSurveyResponses({ since: 0, limit: 100_000 }),
  });

  it('can be made again and changes nothing then', async () => {
    const results = [];
    for (const change of oneOfEach()) results.push(await bench.put(change));
    const before = await everything();
    for (const [index, change] of oneOfEach().entries())
      assert.deepEqual(await bench.put(change, STORED_AT + 5), { ...results[index], outcome: 'updated' });
    assert.deepEqual(await everything(), before);
  });

  it('has kept everything when the store is opened again', async () => {
    const results = [];
    for (const change of oneOfEach()) results.push(await bench.put(change));
    const before = await everything();
    await bench.reopen();
    assert.deepEqual(await everything(), before);
    for (const [index, change] of oneOfEach().entries())
      assert.equal((await bench.put(change)).id, results[index]?.id);
    assert.deepEqual(await everything(), before);
  });

  it('is seen by a look-up that begins after it, each time', async () => {
    const name = bench.name('Acme');
    for (let count = 0; count < 50; count++) {
      await bench.put(accountChange(name, { count }));
      assert.equal((await bench.account(name))?.properties['count'], count);
    }
  });

  it('finds what those made before it at the same time have made', async () => {
    const changes = Array.from({ length: 40 }, (_, index) => contactChange(ann(), { [`p${index}`]: index }));
    const results = await Promise.all(changes.map((change) => bench.put(change)));
    assert.deepEqual(
      results.map(({ outcome }) => outcome),
      ['created', ...Array.from({ length: 39 }, () => 'updated')],
    );
    assert.equal(new Set(results.map(({ id }) => id)).size, 1);
    const contact = await bench.contact({ email: ann().email });
    assert.equal(Object.keys(contact?.properties ?? {}).length, 40);
  });

  it('shares a commit with others made at the same time, also with those of deliveries', async () => {
    const before = await bench.store.info();
    const changes = Array.from({ length: 50 }, (_, index) => accountChange(bench.name(`A${index}`)));
    const delivery = aDelivery(scheduledAt(STORED_AT), { id: bench.name('d'), eventId: bench.name('e') });
    await Promise.all([
      ...changes.map((change) => bench.put(change)),
      bench.store.deliveries.enqueue(batchOf([delivery])),
    ]);
    const after = await bench.store.info();
    assert.equal(after.callCount - before.callCount, 51);
    assert.ok(after.commitCount - before.commitCount <= 2);
  });

  it('fails alone among those made at the same time', async () => {
    const spoilt = accountChange(bench.name('spoilt'), { size: 1n });
    const calls = [accountChange(bench.name('a')), spoilt, accountChange(''), accountChange(bench.name('b'))];
    const results = await Promise.allSettled(calls.map((change) => bench.put(change)));
    assert.deepEqual(
      results.map(({ status }) => status),
      ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
    );
    assert.ok(await bench.account(bench.name('b')));
  });

  it('does all or nothing', async () => {
    const account = bench.name('Acme');
    const changes: RecordChange[] = [
      activityChange(account, '', { happenedAt: 5 }),
      activityChange(account, bench.name('r'), { happenedAt: NaN }),
      externalChange(aContact(ann()), { respondedAt: NaN }),
      invitationChange('', aContact(ann()), { isContactUpdated: true }),
      contactChange({ account }),
      contactChange({ email: ' ', account }),
      contactChange({ phone: 'none', account }),
      aliasChange(account, ' '),
    ];
    for (const change of changes) await assert.rejects(bench.upsert(change), refused, change.kind);
    await assert.rejects(bench.upsert(contactChange(ann()), NaN), refused);
    assert.equal(await bench.account(account), undefined);
    assert.equal(await bench.contact(ann()), undefined);
  });

  it('refuses what JSON cannot hold', async () => {
    const loop: Record<string, unknown> = {};
    loop['loop'] = loop;
    for (const value of [loop, 1n, NaN, Infinity])
      await assert.rejects(bench.upsert(accountChange(bench.name('Acme'), { value })), refused);
    assert.equal(await bench.account(bench.name('Acme')), undefined);
  });

  it('has read its change before it returns', async () => {
    const properties: Record<string, unknown> = { region: 'NZ' };
    const stored = bench.put(accountChange(bench.name('Acme'), properties));
    properties['region'] = 'AU';
    await stored;
    assert.deepEqual((await bench.account(bench.name('Acme')))?.properties, { region: 'NZ' });
  });

  it('is refused where more than 64 MB would wait', async () => {
    const text = 'x'.repeat(950_000);
    const names = Array.from({ length: 72 }, (_, index) => bench.name(`a${index}`));
    const calls = names.map((name) => bench.put(accountChange(name, { text })));
    const results = await Promise.allSettled(calls);
    const last = results.at(-1);
    assert.ok(last?.status === 'rejected');
    assert.equal((last.reason as { code?: string }).code, 'HOOK_STORE_OVERLOADED');
    const isStored = results.map(({ status }) => status === 'fulfilled');
    assert.deepEqual(
      isStored.slice(0, 66),
      Array.from({ length: 66 }, () => true),
    );
    assert.equal(await bench.account(names.at(-1) ?? ''), undefined);
  });

  it('is listed with others only as far as a message can hold them, and says so', async () => {
    const account = bench.name('Acme');
    const properties = { text: 'x'.repeat(950_000) };
    for (let index = 0; index < 17; index++) {
      await bench.put(activityChange(account, bench.name(`r${index}`), { happenedAt: index, properties }));
      await bench.put(responseChange(bench.name(`r${index}`), properties, { submittedAt: STORED_AT * 2 }));
    }
    const accountKey = textKey(account);
    const activities = (limit: number) => bench.records.listActivities({ accountKey, since: 0, limit });
    const responses = (limit: number) => bench.records.listSurveyResponses({ since: STORED_AT * 2, limit });
    for (const listOf of [activities, responses])
      for (const [limit, count, isCut] of [
        [100, 16, true],
        [17, 16, true],
        [3, 3, true],
      ] as const) {
        const list = await listOf(limit);
        assert.deepEqual([list.items.length, list.isCut], [count, isCut], `${limit} are wanted`);
      }
    const { isCut } = await bench.records.listActivities({ accountKey, since: 15, limit: 2 });
    assert.equal(isCut, false, 'there are just as many');
  });

  it('lets no record grow beyond a million characters, and changes nothing then', async () => {
    const grown = (name: string) => ({ [name]: 'x'.repeat(600_000) });
    const changesOf = (name: string): RecordChange[] => [
      accountChange(bench.name('Acme'), grown(name)),
      contactChange({ ...ann(), account: bench.name(name) }, grown(name)),
      activityChange(bench.name('Acme'), bench.name('R'), { type: name, properties: grown(name) }),
      externalChange(aContact(ann()), { properties: grown(name) }),
      invitationChange(bench.name(name), aContact({ ...ann(), account: bench.name(name) }, grown(name)), {
        isContactUpdated: true,
      }),
      responseChange(bench.name('r'), { links: grown(name) }),
    ];
    for (const change of changesOf('a')) await bench.put(change);
    const before = await everything();
    for (const change of changesOf('b')) await assert.rejects(bench.upsert(change), refused, change.kind);
    assert.deepEqual(await everything(), before);
    assert.equal(await bench.account(bench.name('b')), undefined);
  });
}
