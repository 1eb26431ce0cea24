import assert from 'node:assert/strict';
import { chooseContact, type KnownContact } from '../../../src/records/choose-contact.ts';

const email = { text: 'Ann@x.org', key: 'ann@x.org' };
const ann: KnownContact = { id: 1, emailKey: 'ann@x.org' };
const bob: KnownContact = { id: 2, emailKey: 'bob@x.org' };
const nameless: KnownContact = { id: 3, emailKey: undefined };

describe('The contact a record is about', () => {
  it('is a new one where nothing is found', () => {
    assert.deepEqual(chooseContact({ sent: { email }, byEmail: undefined, byPhone: undefined }), {
      kind: 'new',
    });
  });

  it('is the one that the email address finds, whose phone number may be another by now', () => {
    const choice = chooseContact({ sent: { email }, byEmail: ann, byPhone: undefined });
    assert.deepEqual(choice, { kind: 'found', contact: ann });
  });

  it('is the one that both find', () => {
    const choice = chooseContact({ sent: { email }, byEmail: ann, byPhone: { ...ann } });
    assert.deepEqual(choice, { kind: 'found', contact: ann });
  });

  it('is the one that the phone number finds where no email address is sent', () => {
    const sent = { email: undefined };
    for (const byPhone of [ann, nameless])
      assert.deepEqual(chooseContact({ sent, byEmail: undefined, byPhone }), {
        kind: 'found',
        contact: byPhone,
      });
  });

  it('is the one that the phone number finds where that has no email address, and now gets one', () => {
    const choice = chooseContact({ sent: { email }, byEmail: undefined, byPhone: nameless });
    assert.deepEqual(choice, { kind: 'found', contact: nameless });
  });

  it('is in conflict where email address and phone number find two', () => {
    for (const byPhone of [bob, nameless])
      assert.deepEqual(chooseContact({ sent: { email }, byEmail: ann, byPhone }), { kind: 'conflict' });
  });

  it('is in conflict where the phone number finds someone with another email address', () => {
    const choice = chooseContact({ sent: { email }, byEmail: undefined, byPhone: bob });
    assert.deepEqual(choice, { kind: 'conflict' });
  });
});
