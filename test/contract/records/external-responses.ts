import assert from 'node:assert/strict';
import {
  accountChange,
  aContact,
  anAccount,
  CONTACT_CONFLICT,
  contactChange,
  externalChange,
  STORED_AT,
  type RecordBench,
} from '../../support/records.ts';

/** What a record store promises of survey responses given elsewhere. */
export function externalResponsePromises(bench: RecordBench): void {
  it('is added with its contact where that is missing', async () => {
    const [email, account] = [bench.email('ann'), bench.name('Acme')];
    const contact = aContact({ email, account }, { firstName: 'Ann' });
    const { outcome } = await bench.put(externalChange(contact, { properties: { score: 9 } }));
    assert.equal(outcome, 'created');
    const stored = await bench.contact({ email });
    assert.deepEqual([stored?.accountName, stored?.properties], [account, { firstName: 'Ann' }]);
  });

  it('leaves a contact that is there as it is', async () => {
    const [email, phone] = [bench.email('ann'), bench.phone(1)];
    await bench.put(contactChange({ phone }, { firstName: 'Ann' }));
    const before = await bench.contact({ phone });
    await bench.put(externalChange(aContact({ email, phone }, { firstName: 'X' })), STORED_AT + 5);
    assert.deepEqual(await bench.contact({ phone }), before);
  });

  it('leaves an account that is there as it is', async () => {
    const account = bench.name('Acme');
    await bench.put(accountChange(account, { region: 'NZ' }));
    const before = await bench.account(account);
    const contact = {
      ...aContact({ email: bench.email('ann') }),
      account: anAccount(account.toUpperCase(), { region: 'AU' }),
    };
    await bench.put(externalChange(contact), STORED_AT + 5);
    assert.deepEqual(await bench.account(account), before);
    assert.equal((await bench.contact({ email: bench.email('ann') }))?.accountName, account);
  });

  it('is the same for its contact and time, however the contact is named', async () => {
    const [email, phone] = [bench.email('ann'), bench.phone(1)];
    await bench.put(contactChange({ email, phone }));
    const { id } = await bench.put(externalChange(aContact({ email })));
    const again = externalChange(aContact({ phone }), { properties: { comment: 'Quick.' } });
    assert.deepEqual(await bench.put(again), { kind: 'stored', id, outcome: 'updated' });
    assert.deepEqual(await bench.put(again), { kind: 'stored', id, outcome: 'updated' });
  });

  it('is another at another time, and of another contact', async () => {
    const first = await bench.put(externalChange(aContact({ email: bench.email('ann') })));
    const later = externalChange(aContact({ email: bench.email('ann') }), { respondedAt: STORED_AT });
    const others = [later, externalChange(aContact({ email: bench.email('bob') }))];
    for (const other of others) {
      const { id, outcome } = await bench.put(other);
      assert.equal(outcome, 'created');
      assert.notEqual(id, first.id);
    }
  });

  it('whose email address and phone number belong to two is a conflict, and changes nothing', async () => {
    const [email, phone] = [bench.email('ann'), bench.phone(2)];
    await bench.put(contactChange({ email }));
    await bench.put(contactChange({ phone }));
    assert.deepEqual(await bench.upsert(externalChange(aContact({ email, phone }))), CONTACT_CONFLICT);
    assert.equal((await bench.put(externalChange(aContact({ email })))).outcome, 'created');
  });
}
