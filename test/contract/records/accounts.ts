import assert from 'node:assert/strict';
import {
  accountChange,
  activityChange,
  contactChange,
  STORED_AT,
  type RecordBench,
} from '../../support/records.ts';

/** What a record store promises of accounts. */
export function accountPromises(bench: RecordBench): void {
  it('is added where it is missing, and found with what was sent', async () => {
    const name = bench.name('Acme');
    const { outcome, id } = await bench.put(accountChange(name, { region: 'NZ', size: 7, tags: ['a'] }));
    assert.equal(outcome, 'created');
    assert.deepEqual(await bench.account(name), {
      id,
      name,
      aliases: [],
      properties: { region: 'NZ', size: 7, tags: ['a'] },
      lastActivityAt: undefined,
      createdAt: STORED_AT,
      updatedAt: STORED_AT,
    });
  });

  it('is undefined where nobody is called so', async () => {
    assert.equal(await bench.account(bench.name('Nobody')), undefined);
    assert.equal(await bench.account(''), undefined);
  });

  it('is updated where it is there: what was not sent, or sent as null, stays', async () => {
    const name = bench.name('Acme');
    const { id } = await bench.put(accountChange(name, { region: 'NZ', size: 7, vip: true }));
    const change = accountChange(name, { size: 8, region: null, vip: undefined, owner: 'Bo' });
    assert.deepEqual(await bench.put(change, STORED_AT + 5), { kind: 'stored', id, outcome: 'updated' });
    const account = await bench.account(name);
    assert.deepEqual(account?.properties, { region: 'NZ', size: 8, vip: true, owner: 'Bo' });
    assert.deepEqual([account.createdAt, account.updatedAt], [STORED_AT, STORED_AT + 5]);
  });

  it('keeps the time of its last change where a record says nothing new', async () => {
    const name = bench.name('Acme');
    await bench.put(accountChange(name, { region: 'NZ' }));
    await bench.put(accountChange(name, { region: 'NZ' }), STORED_AT + 5);
    assert.equal((await bench.account(name))?.updatedAt, STORED_AT);
  });

  for (const [one, other] of [
    ['Straße', 'STRASSE'],
    ['caf\u00e9', 'CAFE\u0301'],
    ['  Acme', 'aCME'],
    ['ΟΔΟΣ', 'οδος'],
  ] as const)
    it(`is the same for ${JSON.stringify(one)} and ${JSON.stringify(other)}`, async () => {
      const { id } = await bench.put(accountChange(bench.name(one), { a: 1 }));
      const again = await bench.put(accountChange(bench.name(other), { b: 2 }));
      assert.deepEqual(again, { kind: 'stored', id, outcome: 'updated' });
      assert.equal((await bench.account(bench.name(other)))?.id, id);
      assert.deepEqual((await bench.account(bench.name(one)))?.properties, { a: 1, b: 2 });
    });

  it('is another for a name with another accent', async () => {
    await bench.put(accountChange(bench.name('cafe')));
    assert.equal((await bench.put(accountChange(bench.name('café')))).outcome, 'created');
  });

  it('is spelt as its last own record spelt it, not as others mention it', async () => {
    const [first, last, mention] = [bench.name('acme'), bench.name('Acme'), bench.name('ACME')];
    await bench.put(accountChange(first));
    await bench.put(accountChange(last));
    await bench.put(contactChange({ email: bench.email('ann'), account: mention }));
    await bench.put(activityChange(mention, bench.name('r')));
    assert.equal((await bench.account(first))?.name, last);
  });

  it('keeps any JSON value, and any name of a property', async () => {
    const name = bench.name('Acme');
    const text = '"\\\' \n\u0000 é 漢字 🙂 %_';
    const properties = JSON.parse(
      JSON.stringify({ text, list: [1, null, { a: false }], deep: { a: { b: 1.5e300 } }, constructor: 1 }),
    ) as Record<string, unknown>;
    await bench.put(accountChange(name, { ...properties, [text]: text }));
    assert.deepEqual((await bench.account(name))?.properties, { ...properties, [text]: text });
  });

  it('takes a name that means something to SQL for a name', async () => {
    const name = bench.name(`%_' or 1=1; -- "`);
    await bench.put(accountChange(name));
    assert.equal((await bench.account(name))?.name, name);
    assert.equal(await bench.account(bench.name('%')), undefined);
  });

  describe('from which nothing is heard', () => {
    const DAY = 86_400_000;

    it('counts from its making where there has been no activity, and else from the last', async () => {
      const [never, called] = [bench.name('Never'), bench.name('Called')];
      const { id } = await bench.put(accountChange(never), STORED_AT - 30 * DAY);
      await bench.put(accountChange(called), STORED_AT - 90 * DAY);
      await bench.put(activityChange(called, bench.name('r'), { happenedAt: STORED_AT - 10 * DAY }));
      assert.deepEqual(await bench.silent(STORED_AT - 20 * DAY), [
        { id, name: never, lastActivityAt: undefined, createdAt: STORED_AT - 30 * DAY },
      ]);
      assert.deepEqual(
        (await bench.silent(STORED_AT)).map(({ name, lastActivityAt }) => [name, lastActivityAt]),
        [
          [never, undefined],
          [called, STORED_AT - 10 * DAY],
        ],
      );
    });

    it('is listed where that is before the time, not at it', async () => {
      await bench.put(accountChange(bench.name('Acme')), STORED_AT);
      assert.equal((await bench.silent(STORED_AT)).length, 0);
      assert.equal((await bench.silent(STORED_AT + 1)).length, 1);
    });

    it('is not heard of by what is still to come', async () => {
      const [never, long, lately] = ['Never', 'Long', 'Lately'].map((name) => bench.name(name));
      assert.ok(never && long && lately);
      await bench.put(accountChange(never), STORED_AT - 50 * DAY);
      const past = { [long]: STORED_AT - 40 * DAY, [lately]: STORED_AT };
      for (const [name, happenedAt] of Object.entries(past))
        await bench.put(activityChange(name, `past of ${name}`, { happenedAt }), STORED_AT - 90 * DAY);
      for (const name of [never, long, lately])
        await bench.put(activityChange(name, `future of ${name}`, { happenedAt: STORED_AT + 1 }));
      const silent = await bench.silent(STORED_AT - 30 * DAY, STORED_AT);
      assert.deepEqual(
        silent.map(({ name, lastActivityAt }) => [name, lastActivityAt]),
        [
          [never, undefined],
          [long, STORED_AT - 40 * DAY],
        ],
      );
      assert.deepEqual(await bench.silent(STORED_AT - 30 * DAY, STORED_AT + 1), [], 'by then it has come');
    });

    it('comes first where it has been silent the longest, and no more than are wanted', async () => {
      // Longer ago than the accounts of other tests.
      const long = [5, 3, 4].map((ms) => ({ name: bench.name(`A${ms}`), ms }));
      for (const { name, ms } of long) await bench.put(accountChange(name), ms);
      const first = await bench.records.listSilentAccounts({ before: STORED_AT, now: STORED_AT, limit: 2 });
      assert.deepEqual(
        first.map(({ name }) => name),
        [bench.name('A3'), bench.name('A4')],
      );
      const same = [bench.name('B'), bench.name('A')];
      for (const name of same) await bench.put(accountChange(name), 1);
      assert.deepEqual(
        (await bench.silent(2)).map(({ name }) => name),
        same,
        'of the same time in the order they came',
      );
    });
  });
}
