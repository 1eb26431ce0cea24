import assert from 'node:assert/strict';
import {
  accountChange,
  CONTACT_CONFLICT,
  contactChange,
  STORED_AT,
  type RecordBench,
} from '../../support/records.ts';

/** What a record store promises of contacts. */
export function contactPromises(bench: RecordBench): void {
  const ann = () => ({ email: bench.email('ann'), phone: bench.phone(1) });
  const bob = () => ({ email: bench.email('bob'), phone: bench.phone(2) });

  it('is added where it is missing, with its account, and found by email address and by phone number', async () => {
    const [{ email, phone }, account] = [ann(), bench.name('Acme')];
    const { outcome, id } = await bench.put(contactChange({ email, phone, account }, { firstName: 'Ann' }));
    assert.equal(outcome, 'created');
    const stored = {
      id,
      email,
      phone,
      accountName: account,
      properties: { firstName: 'Ann' },
      createdAt: STORED_AT,
      updatedAt: STORED_AT,
    };
    assert.deepEqual(await bench.contact({ email }), stored);
    assert.deepEqual(await bench.contact({ phone }), stored);
    assert.equal((await bench.account(account))?.name, account);
  });

  it('may have an email address alone, or a phone number alone', async () => {
    const [{ email }, { phone }] = [ann(), bob()];
    await bench.put(contactChange({ email }));
    await bench.put(contactChange({ phone }));
    const [one, other] = [await bench.contact({ email }), await bench.contact({ phone })];
    assert.deepEqual([one?.email, one?.phone, one?.accountName], [email, undefined, undefined]);
    assert.deepEqual([other?.email, other?.phone], [undefined, phone]);
    assert.notEqual(one?.id, other?.id);
  });

  it('is undefined where nothing finds it, and by keys that are empty', async () => {
    await bench.put(contactChange({ email: ann().email }));
    await bench.put(contactChange({ phone: bob().phone }));
    assert.equal(await bench.contact({ email: bench.email('nobody'), phone: bench.phone(9) }), undefined);
    assert.equal(await bench.contact({}), undefined);
  });

  it('is updated where it is there: what was not sent, or sent as null, stays', async () => {
    const [{ email, phone }, account] = [ann(), bench.name('Acme')];
    const first = await bench.put(contactChange({ email, phone, account }, { firstName: 'Ann', vip: true }));
    const second = contactChange({ email }, { firstName: 'Anna', vip: null, lastName: 'Lee' });
    assert.deepEqual(await bench.put(second, STORED_AT + 5), { ...first, outcome: 'updated' });
    const contact = await bench.contact({ email });
    assert.deepEqual(contact, {
      id: first.id,
      email,
      phone,
      accountName: account,
      properties: { firstName: 'Anna', vip: true, lastName: 'Lee' },
      createdAt: STORED_AT,
      updatedAt: STORED_AT + 5,
    });
    await bench.put(second, STORED_AT + 9);
    assert.deepEqual(await bench.contact({ email }), contact);
  });

  it('is the same for an email address in other letters and a phone number in another form', async () => {
    const email = bench.email('grüße');
    const { id } = await bench.put(contactChange({ email, phone: bench.phone(1555010) }));
    const upper = email.toUpperCase().normalize('NFD');
    const digits = bench.phone(1555010).replace(/\D/g, '');
    for (const keys of [{ email: upper }, { phone: digits }, { email: upper, phone: `tel ${digits}` }]) {
      assert.equal((await bench.contact(keys))?.id, id);
      assert.equal((await bench.put(contactChange(keys))).id, id);
    }
    const contact = await bench.contact({ email });
    assert.deepEqual([contact?.email, contact?.phone], [upper, `tel ${digits}`], 'as it was sent last');
  });

  it('changes its account where another is sent', async () => {
    const [{ email }, acme, other] = [ann(), bench.name('Acme'), bench.name('Other')];
    await bench.put(contactChange({ email, account: acme }));
    await bench.put(accountChange(other));
    await bench.put(contactChange({ email, account: other.toUpperCase() }));
    assert.equal((await bench.contact({ email }))?.accountName, other);
  });

  it('gets the phone number that is sent with its email address, where nobody else has it', async () => {
    const { email, phone } = ann();
    const { id } = await bench.put(contactChange({ email, phone }));
    await bench.put(contactChange({ email, phone: bench.phone(9) }));
    assert.equal((await bench.contact({ phone: bench.phone(9) }))?.id, id);
    assert.equal(await bench.contact({ phone }), undefined);
    assert.equal((await bench.put(contactChange({ phone }))).outcome, 'created', 'the old number is free');
  });

  it('that has a phone number alone gets the email address that is sent with it', async () => {
    const { email, phone } = ann();
    const { id } = await bench.put(contactChange({ phone }));
    assert.deepEqual(await bench.put(contactChange({ email, phone })), {
      kind: 'stored',
      id,
      outcome: 'updated',
    });
    assert.equal((await bench.contact({ email }))?.id, id);
  });

  it('is found by its email address before a phone number', async () => {
    await bench.put(contactChange(ann()));
    const { id } = await bench.put(contactChange(bob()));
    assert.equal((await bench.contact({ email: bob().email, phone: ann().phone }))?.id, id);
    assert.equal((await bench.contact({ email: bench.email('nobody'), phone: bob().phone }))?.id, id);
  });

  it('is in conflict where email address and phone number belong to two, and nothing changes', async () => {
    await bench.put(contactChange(ann(), { firstName: 'Ann' }));
    await bench.put(contactChange(bob(), { firstName: 'Bob' }));
    const before = [await bench.contact(ann()), await bench.contact(bob())];
    const account = bench.name('Acme');
    const change = contactChange({ email: ann().email, phone: bob().phone, account }, { firstName: 'X' });
    assert.deepEqual(await bench.upsert(change, STORED_AT + 5), CONTACT_CONFLICT);
    assert.deepEqual([await bench.contact(ann()), await bench.contact(bob())], before);
    assert.equal(await bench.account(account), undefined, 'its account is not added either');
  });

  it('is in conflict where the phone number belongs to one with another email address', async () => {
    await bench.put(contactChange(ann()));
    const before = await bench.contact(ann());
    const change = contactChange({ email: bench.email('new'), phone: ann().phone }, { firstName: 'X' });
    assert.deepEqual(await bench.upsert(change), CONTACT_CONFLICT);
    assert.deepEqual(await bench.contact(ann()), before);
    assert.equal(await bench.contact({ email: bench.email('new') }), undefined);
  });
}
