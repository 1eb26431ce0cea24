import assert from 'node:assert/strict';
import { nameIdentifier, phoneIdentifier } from '../../../src/records/identifier.ts';
import { populateInvitation, type KnownParts } from '../../../src/records/populate-invitation.ts';
import type { ContactPart, Properties } from '../../../src/records/record-store.ts';

const account = { id: '9', name: 'Acme', properties: { region: 'NZ', owner: 'Bo', language: 'en' } };
const known: KnownParts = {
  contact: {
    id: '7',
    email: 'ann@x.org',
    phone: '+1 555',
    properties: { firstName: 'Ann', language: 'mi', vip: false },
  },
  account,
};
const bare: ContactPart = {
  email: nameIdentifier('Ann@X.org'),
  phone: undefined,
  account: undefined,
  properties: {},
};
const sentAccount = (name: string, properties: Properties = {}) => ({
  name: nameIdentifier(name),
  properties,
});

describe('An invitation', () => {
  it('holds what was sent, and nothing else where nothing is to be filled in', () => {
    const sent = { ...bare, properties: { firstName: 'Anna', note: null } };
    assert.deepEqual(populateInvitation({ sent, autoPopulate: [], known }), {
      contact: { id: '7', email: 'Ann@X.org', firstName: 'Anna' },
      account: { id: '9' },
      autoPopulated: [],
    });
  });

  it('is filled in from the contact, else from the account, in the order of the mapping', () => {
    const autoPopulate = ['region', 'email', 'phone', 'vip', 'firstName', 'language', 'accountName', 'none'];
    const sent = { ...bare, properties: { firstName: 'Anna' } };
    assert.deepEqual(populateInvitation({ sent, autoPopulate, known }), {
      contact: {
        id: '7',
        email: 'Ann@X.org',
        firstName: 'Anna',
        phone: '+1 555',
        vip: false,
        language: 'mi',
      },
      account: { id: '9', region: 'NZ', accountName: 'Acme' },
      autoPopulated: ['region', 'phone', 'vip', 'language', 'accountName'],
    });
  });

  it('to a phone number gets the email address', () => {
    const sent = { ...bare, email: undefined, phone: phoneIdentifier('555') };
    const { contact, autoPopulated } = populateInvitation({ sent, autoPopulate: ['email', 'phone'], known });
    assert.deepEqual(contact, { id: '7', phone: '555', email: 'ann@x.org' });
    assert.deepEqual(autoPopulated, ['email']);
  });

  it('names an account that was sent as it is stored, and says what was sent of it', () => {
    const sent = { ...bare, account: sentAccount('ACME Inc', { owner: 'Cy', region: null }) };
    const autoPopulate = ['accountName', 'owner', 'region'];
    const { account, contact, autoPopulated } = populateInvitation({ sent, autoPopulate, known });
    assert.deepEqual(account, { id: '9', accountName: 'Acme', owner: 'Cy', region: 'NZ' });
    assert.deepEqual(contact, { id: '7', email: 'Ann@X.org' });
    assert.deepEqual(autoPopulated, ['region']);
  });

  it('has no account where neither the record nor the store knows one', () => {
    const alone = { ...known, account: undefined };
    const autoPopulate = ['accountName', 'region'];
    const { account, autoPopulated } = populateInvitation({ sent: bare, autoPopulate, known: alone });
    assert.equal(account, null);
    assert.deepEqual(autoPopulated, []);
  });

  it('takes a value that was sent as null for one that was not sent', () => {
    const sent = { ...bare, properties: { firstName: null } };
    const { contact } = populateInvitation({ sent, autoPopulate: ['firstName'], known });
    assert.equal(contact['firstName'], 'Ann');
  });

  it('names a property once, though the mapping may list it twice', () => {
    const autoPopulate = ['firstName', 'firstName'];
    assert.deepEqual(populateInvitation({ sent: bare, autoPopulate, known }).autoPopulated, ['firstName']);
  });

  it('is not led astray by properties that are called like its own parts or those of every object', () => {
    const properties = { id: 'x', email: 'x', touchpoint: 'x', accountName: 'x' };
    const sent = { ...bare, properties };
    const autoPopulate = ['id', 'touchpoint', 'constructor', '__proto__', 'toString'];
    const parts = { ...known, contact: { ...known.contact, properties } };
    assert.deepEqual(populateInvitation({ sent, autoPopulate, known: parts }), {
      contact: { id: '7', email: 'Ann@X.org' },
      account: { id: '9' },
      autoPopulated: [],
    });
  });
});
