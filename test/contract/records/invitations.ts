import assert from 'node:assert/strict';
import {
  accountChange,
  aContact,
  anAccount,
  CONTACT_CONFLICT,
  contactChange,
  invitationChange,
  STORED_AT,
  type RecordBench,
} from '../../support/records.ts';

/** What a record store promises of survey invitations. */
export function invitationPromises(bench: RecordBench): void {
  const ann = () => ({ email: bench.email('ann'), phone: bench.phone(1) });
  /** Ann of Acme, as she is stored. */
  async function putAnn(): Promise<{ contactId: string; accountId: string; acme: string }> {
    const acme = bench.name('Acme');
    const { id: accountId } = await bench.put(accountChange(acme, { region: 'NZ', owner: 'Bo' }));
    const { id: contactId } = await bench.put(
      contactChange({ ...ann(), account: acme }, { firstName: 'Ann' }),
    );
    return { contactId, accountId, acme };
  }

  it('is filled in from the store, and says what was, in the order of the mapping', async () => {
    const { contactId, accountId, acme } = await putAnn();
    const id = bench.name('i');
    const { email, phone } = ann();
    const change = invitationChange(id, aContact({ email }, { note: 'Late' }));
    assert.deepEqual(await bench.put(change), {
      kind: 'stored',
      id,
      outcome: 'updated',
      invitation: {
        id,
        contact: { id: contactId, email, note: 'Late', phone, firstName: 'Ann' },
        account: { id: accountId, accountName: acme, region: 'NZ' },
        touchpoint: 'Delivery',
        autoPopulated: ['phone', 'firstName', 'accountName', 'region'],
      },
    });
  });

  it('leaves a contact and an account that are there as they are; what was sent counts for it alone', async () => {
    const { accountId } = await putAnn();
    const other = bench.name('Other');
    await bench.put(accountChange(other, { region: 'AU' }));
    const before = [await bench.contact(ann()), await bench.account(other)];
    const contact = {
      ...aContact({ email: ann().email.toUpperCase(), phone: bench.phone(9) }, { firstName: 'Anna' }),
      account: anAccount(other.toUpperCase(), { owner: 'Cy' }),
    };
    const { invitation } = await bench.put(invitationChange(bench.name('i'), contact), STORED_AT + 5);
    assert.deepEqual([await bench.contact(ann()), await bench.account(other)], before);
    assert.notEqual(invitation?.account?.['id'], accountId);
    assert.deepEqual(
      { ...invitation?.contact, ...invitation?.account, id: '' },
      {
        id: '',
        email: ann().email.toUpperCase(),
        phone: bench.phone(9),
        firstName: 'Anna',
        accountName: other,
        owner: 'Cy',
        region: 'AU',
      },
    );
    assert.deepEqual(invitation?.autoPopulated, ['region']);
    assert.equal(await bench.contact({ phone: bench.phone(9) }), undefined);
  });

  it('adds a contact and an account that are missing', async () => {
    const account = bench.name('New');
    const contact = aContact({ ...ann(), account }, { firstName: 'Ann' });
    const { outcome, invitation } = await bench.put(invitationChange(bench.name('i'), contact));
    assert.equal(outcome, 'created');
    assert.deepEqual(invitation?.autoPopulated, []);
    const stored = await bench.contact(ann());
    assert.equal(stored?.accountName, account);
    assert.deepEqual(stored.properties, { firstName: 'Ann' });
    assert.equal(invitation.contact['id'], stored.id);
    assert.equal(invitation.account?.['id'], (await bench.account(account))?.id);
  });

  it('adds an account that is missing and leaves the contact at its own', async () => {
    const { acme } = await putAnn();
    const account = bench.name('New');
    const { invitation } = await bench.put(
      invitationChange(bench.name('i'), aContact({ email: ann().email, account })),
    );
    assert.equal(invitation?.account?.['accountName'], account);
    assert.ok(await bench.account(account));
    assert.equal((await bench.contact(ann()))?.accountName, acme);
  });

  it('without an account anywhere has none', async () => {
    await bench.put(contactChange({ email: ann().email }));
    const change = invitationChange(bench.name('i'), aContact({ email: ann().email }));
    const { invitation } = await bench.put(change);
    assert.equal(invitation?.account, null);
    assert.deepEqual(invitation.autoPopulated, []);
  });

  it('that updates its contact merges account and contact too, in one', async () => {
    const { contactId, acme } = await putAnn();
    const { email } = ann();
    const contact = {
      ...aContact({ email, phone: bench.phone(9) }, { lastName: 'Lee', firstName: null }),
      account: anAccount(acme.toUpperCase(), { owner: 'Cy' }),
    };
    const change = invitationChange(bench.name('i'), contact, { isContactUpdated: true });
    const { outcome, invitation } = await bench.put(change, STORED_AT + 5);
    assert.equal(outcome, 'updated');
    assert.deepEqual(invitation?.autoPopulated, ['firstName', 'region']);
    const stored = await bench.contact({ email });
    assert.equal(stored?.id, contactId);
    assert.deepEqual(stored.properties, { firstName: 'Ann', lastName: 'Lee' });
    assert.equal(stored.phone, bench.phone(9));
    const account = await bench.account(acme);
    assert.equal(account?.name, acme.toUpperCase());
    assert.deepEqual(account.properties, { region: 'NZ', owner: 'Cy' });
  });

  it('comes back as it was made when the same request comes again, whatever has changed since', async () => {
    const { acme } = await putAnn();
    const id = bench.name('i');
    const contact = aContact({ email: ann().email, account: acme }, { firstName: 'Anna' });
    const change = invitationChange(id, contact, { isContactUpdated: true });
    const first = await bench.put(change);
    await bench.put(contactChange(ann(), { firstName: 'Anne' }), STORED_AT + 5);
    await bench.put(accountChange(acme, { region: 'AU' }), STORED_AT + 5);
    const before = await bench.contact(ann());
    const again = await bench.put({ ...change, touchpoint: 'Other', autoPopulate: [] }, STORED_AT + 9);
    assert.deepEqual(again, { ...first, outcome: 'updated' });
    assert.deepEqual(await bench.contact(ann()), before);
    await bench.reopen();
    assert.deepEqual(await bench.put(change, STORED_AT + 9), again);
  });

  it('is one of many made at the same time with the same id', async () => {
    const change = invitationChange(bench.name('i'), aContact(ann(), { firstName: 'Ann' }));
    const results = await Promise.all(Array.from({ length: 20 }, () => bench.put(change)));
    assert.equal(results.filter(({ outcome }) => outcome === 'created').length, 1);
    for (const { invitation } of results) assert.deepEqual(invitation, results[0]?.invitation);
  });

  for (const isContactUpdated of [false, true])
    it(`whose email address and phone number belong to two is a conflict, and changes nothing (${isContactUpdated})`, async () => {
      await putAnn();
      const phone = bench.phone(2);
      await bench.put(contactChange({ phone }));
      const before = [await bench.contact(ann()), await bench.contact({ phone })];
      const [id, account] = [bench.name('i'), bench.name('New')];
      const contact = aContact({ email: ann().email, phone, account }, { firstName: 'X' });
      const change = invitationChange(id, contact, { isContactUpdated });
      assert.deepEqual(await bench.upsert(change), CONTACT_CONFLICT);
      assert.deepEqual([await bench.contact(ann()), await bench.contact({ phone })], before);
      assert.equal(await bench.account(account), undefined);
      const { invitation } = await bench.put(invitationChange(id, aContact({ phone })));
      assert.equal(invitation?.contact['phone'], phone, 'its id is still free');
    });
}
