import assert from 'node:assert/strict';
import {
  accountChange,
  activityChange,
  ALIAS_CONFLICT,
  aliasChange,
  aContact,
  anAccount,
  contactChange,
  invitationChange,
  STORED_AT,
  type RecordBench,
} from '../../support/records.ts';
import { nameIdentifier } from '../../../src/records/identifier.ts';

/** What a record store promises of aliases. */
export function aliasPromises(bench: RecordBench): void {
  const names = () => ({
    acme: bench.name('Acme'),
    alias: bench.name('ACME Inc'),
    other: bench.name('Other'),
  });

  it('finds its account, which is added where it is missing', async () => {
    const { acme, alias } = names();
    const { outcome } = await bench.put(aliasChange(acme, alias));
    assert.equal(outcome, 'created');
    const account = await bench.account(acme);
    assert.deepEqual(account?.aliases, [alias]);
    assert.deepEqual(await bench.account(alias.toUpperCase()), account);
  });

  it('is compared as names are, and spelt as it came last', async () => {
    const { acme } = names();
    const { id } = await bench.put(aliasChange(acme, bench.name('Gro\u00df e\u0301')));
    const again = await bench.put(aliasChange(acme, bench.name('GROSS \u00e9')));
    assert.deepEqual(again, { kind: 'stored', id, outcome: 'updated' });
    assert.deepEqual((await bench.account(acme))?.aliases, [bench.name('GROSS \u00e9')]);
  });

  it('is listed with the others in the order they came', async () => {
    const { acme } = names();
    const aliases = ['c', 'a', 'b'].map((text) => bench.name(text));
    for (const alias of aliases) await bench.put(aliasChange(acme, alias));
    assert.deepEqual((await bench.account(acme))?.aliases, aliases);
  });

  it('never makes a second account, whatever record names it', async () => {
    const { acme, alias } = names();
    await bench.put(aliasChange(acme, alias));
    const id = (await bench.account(acme))?.id;
    const changed = await bench.put(accountChange(alias, { region: 'NZ' }));
    assert.deepEqual(changed, { kind: 'stored', id, outcome: 'updated' });
    const email = bench.email('ann');
    await bench.put(contactChange({ email, account: alias }));
    await bench.put(activityChange(alias, bench.name('r'), { happenedAt: STORED_AT + 1 }));
    await bench.put(aliasChange(alias, bench.name('Third')));
    const { invitation } = await bench.put(
      invitationChange(bench.name('i'), aContact({ email, account: alias })),
    );
    assert.deepEqual(invitation?.account, { id, accountName: acme, region: 'NZ' });
    const account = await bench.account(alias);
    assert.deepEqual(account, {
      id,
      name: acme,
      aliases: [alias, bench.name('Third')],
      properties: { region: 'NZ' },
      lastActivityAt: STORED_AT + 1,
      createdAt: STORED_AT,
      updatedAt: STORED_AT,
    });
    assert.equal((await bench.contact({ email }))?.accountName, acme);
    assert.deepEqual(await bench.activities(alias), await bench.activities(acme));
    assert.equal((await bench.silent(STORED_AT + 10)).length, 1);
  });

  it('that is the name of another account is a conflict, and changes nothing', async () => {
    const { acme, other } = names();
    await bench.put(accountChange(acme, { region: 'NZ' }));
    await bench.put(accountChange(other));
    const change = { ...aliasChange(other, acme.toUpperCase()), account: anAccount(other, { region: 'AU' }) };
    const before = [await bench.account(acme), await bench.account(other)];
    assert.deepEqual(await bench.upsert(change as ReturnType<typeof aliasChange>), ALIAS_CONFLICT);
    assert.deepEqual([await bench.account(acme), await bench.account(other)], before);
    const missing = bench.name('Missing');
    assert.deepEqual(await bench.upsert(aliasChange(missing, acme)), ALIAS_CONFLICT);
    assert.equal(await bench.account(missing), undefined);
  });

  it('that is the name of its own account is nothing to do', async () => {
    const { acme, alias } = names();
    const { id } = await bench.put(accountChange(acme));
    assert.deepEqual(await bench.put(aliasChange(acme, acme)), { kind: 'stored', id, outcome: 'updated' });
    await bench.put(aliasChange(acme, alias));
    assert.equal((await bench.put(aliasChange(alias, acme))).outcome, 'updated');
    assert.equal((await bench.put(aliasChange(alias, alias))).outcome, 'updated');
    assert.deepEqual((await bench.account(acme))?.aliases, [alias]);
    const fresh = bench.name('Fresh');
    assert.equal((await bench.put(aliasChange(fresh, fresh))).outcome, 'created');
    assert.deepEqual((await bench.account(fresh))?.aliases, []);
  });

  it('of another account moves to the one it is given last, also to a new one', async () => {
    const { acme, alias, other } = names();
    const { id } = await bench.put(aliasChange(acme, alias));
    await bench.put(accountChange(other));
    assert.deepEqual(await bench.put(aliasChange(other, alias)), { kind: 'stored', id, outcome: 'updated' });
    assert.equal((await bench.account(alias))?.name, other);
    assert.deepEqual((await bench.account(acme))?.aliases, []);
    const fresh = bench.name('Fresh');
    assert.equal((await bench.put(aliasChange(fresh, alias))).outcome, 'updated');
    assert.equal((await bench.account(alias))?.name, fresh);
  });

  it('leaves the name of its account as it is spelt', async () => {
    const { acme, alias } = names();
    await bench.put(accountChange(acme));
    await bench.put(aliasChange(acme.toUpperCase(), alias));
    assert.equal((await bench.account(alias))?.name, acme);
  });

  it('brings properties of its account', async () => {
    const { acme, alias } = names();
    const account = anAccount(acme, { region: 'NZ' });
    await bench.put({ kind: 'alias', account, alias: nameIdentifier(alias) });
    assert.deepEqual((await bench.account(alias))?.properties, { region: 'NZ' });
  });
}
