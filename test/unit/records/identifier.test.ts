import assert from 'node:assert/strict';
import { nameIdentifier, phoneIdentifier, phoneKey } from '../../../src/records/identifier.ts';

describe('A name', () => {
  it('keeps the text without its outer spaces beside it', () => {
    assert.deepEqual(nameIdentifier(' Acme '), { text: 'Acme', key: 'acme' });
    assert.deepEqual(nameIdentifier('  '), { text: '', key: '' });
  });
});

describe('The key of a phone number', () => {
  it('is its digits', () => {
    assert.equal(phoneKey('+1 (555) 010'), '1555010');
    assert.equal(phoneKey('1555010'), '1555010');
    assert.equal(phoneKey('１５５-５０１０'), '1555010');
    assert.equal(phoneKey('+٤٩ (۳۰) ०१'), '493001');
    assert.equal(phoneKey('𝟗𞥙'), '99');
    assert.equal(phoneKey('none'), '');
  });

  it('keeps the text beside it', () => {
    assert.deepEqual(phoneIdentifier(' +1 555 '), { text: '+1 555', key: '1555' });
  });
});
