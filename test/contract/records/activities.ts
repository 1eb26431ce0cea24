import assert from 'node:assert/strict';
import {
  accountChange,
  activityChange,
  anAccount,
  STORED_AT,
  type RecordBench,
} from '../../support/records.ts';

/** What a record store promises of activities. */
export function activityPromises(bench: RecordBench): void {
  const last = async (account: string) => (await bench.account(account))?.lastActivityAt;

  it('is added with its account where that is missing, at the time it happened or else was received', async () => {
    const [account, reference] = [bench.name('Acme'), bench.name('R')];
    const change = activityChange(account, reference, {
      properties: { contact: 'Ann', note: null },
      receivedAt: STORED_AT + 3,
    });
    const { outcome, id } = await bench.put(change, STORED_AT + 9);
    assert.equal(outcome, 'created');
    const stored = {
      id,
      reference,
      source: 'crm',
      type: 'call',
      accountName: account,
      happenedAt: STORED_AT + 3,
      properties: { contact: 'Ann' },
    };
    assert.deepEqual(await bench.activities(account), [stored]);
    assert.equal(await last(account), STORED_AT + 3);
  });

  it('is updated where its reference is there, in any letters, and keeps its time where none is sent', async () => {
    const account = bench.name('Acme');
    const first = activityChange(account, bench.name('ref-1'), {
      happenedAt: 500,
      properties: { a: 1, b: 2 },
    });
    const { id } = await bench.put(first);
    const second = activityChange(account, bench.name('REF-1'), {
      type: 'visit',
      receivedAt: STORED_AT + 9,
      properties: { b: 3, a: null },
    });
    assert.deepEqual(await bench.put(second), { kind: 'stored', id, outcome: 'updated' });
    const [activity, ...more] = await bench.activities(account);
    assert.deepEqual(more, []);
    assert.equal(activity?.type, 'visit');
    assert.equal(activity.happenedAt, 500);
    assert.deepEqual(activity.properties, { a: 1, b: 3 });
  });

  it('is the last activity of its account only while it is the newest', async () => {
    const account = bench.name('Acme');
    await bench.put(activityChange(account, bench.name('a'), { happenedAt: 500 }));
    await bench.put(activityChange(account, bench.name('b'), { happenedAt: 300 }));
    assert.equal(await last(account), 500);
    await bench.put(activityChange(account, bench.name('a'), { happenedAt: 100 }));
    assert.equal(await last(account), 300);
    await bench.put(activityChange(account, bench.name('b'), { happenedAt: 900 }));
    assert.equal(await last(account), 900);
  });

  it('that moves to another account counts there and no longer here', async () => {
    const [acme, other] = [bench.name('Acme'), bench.name('Other')];
    await bench.put(activityChange(acme, bench.name('a'), { happenedAt: 500 }));
    await bench.put(activityChange(acme, bench.name('b'), { happenedAt: 300 }));
    await bench.put(activityChange(other, bench.name('a')));
    assert.deepEqual([await last(acme), await last(other)], [300, 500]);
    await bench.put(activityChange(other, bench.name('b'), { happenedAt: 700 }));
    assert.deepEqual([await last(acme), await last(other)], [undefined, 700]);
    assert.deepEqual(await bench.activities(acme), []);
    assert.equal((await bench.activities(other)).length, 2);
  });

  it('is listed with the others of its account, newest first, since a time and no more than are wanted', async () => {
    const account = bench.name('Acme');
    for (const [index, happenedAt] of [10, 40, 20, 30, 40].entries())
      await bench.put(activityChange(account, bench.name(`r${index}`), { happenedAt }));
    await bench.put(activityChange(bench.name('Other'), bench.name('x'), { happenedAt: 50 }));
    const listed = async (since: number, limit?: number) =>
      (await bench.activities(account, since, limit)).map(
        ({ happenedAt, reference }) => `${reference.slice(0, 2)} ${happenedAt}`,
      );
    assert.deepEqual(await listed(0), ['r4 40', 'r1 40', 'r3 30', 'r2 20', 'r0 10']);
    assert.deepEqual(await listed(20), ['r4 40', 'r1 40', 'r3 30', 'r2 20']);
    assert.deepEqual(await listed(0, 1), ['r4 40']);
  });

  it('is of nobody where no account is called so', async () => {
    assert.deepEqual(await bench.activities(bench.name('Nobody')), []);
  });

  it('brings properties of its account', async () => {
    const name = bench.name('Acme');
    await bench.put(accountChange(name, { region: 'NZ' }));
    const account = anAccount(name, { owner: 'Bo' });
    await bench.put(activityChange(name, bench.name('r'), { account }));
    assert.deepEqual((await bench.account(name))?.properties, { region: 'NZ', owner: 'Bo' });
  });

  it('of a fraction of a millisecond is rounded, as clocks give fractions', async () => {
    const account = bench.name('Acme');
    await bench.put(activityChange(account, bench.name('r'), { happenedAt: 10.6 }), STORED_AT + 0.4);
    assert.equal((await bench.activities(account))[0]?.happenedAt, 11);
    assert.equal((await bench.account(account))?.createdAt, STORED_AT);
  });
}
