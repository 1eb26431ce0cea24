import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nameIdentifier, nameKey, phoneIdentifier, phoneKey } from '../../../src/records/identifier.ts';

describe('The key of a name', () => {
  for (const [one, other] of [
    ['Acme', 'aCME'],
    ['Straße', 'STRASSE'],
    ['STRAẞE', 'straße'],
    ['caf\u00e9', 'CAFE\u0301'],
    ['  Acme\t', 'acme'],
    ['ΟΔΟΣ', 'οδος'],
    ['ſtone', 'STONE'],
  ])
    it(`is the same for ${JSON.stringify(one)} and ${JSON.stringify(other)}`, () => {
      assert.equal(nameKey(one!), nameKey(other!));
    });

  for (const [one, other] of [
    ['Acme', 'Acme Ltd'],
    ['cafe', 'café'],
    ['A B', 'AB'],
  ])
    it(`is another for ${JSON.stringify(one)} and ${JSON.stringify(other)}`, () => {
      assert.notEqual(nameKey(one!), nameKey(other!));
    });

  it('of every character is its own key, and does not know upper from lower case', () => {
    for (let code = 0; code <= 0x1ffff; code++) {
      const character = String.fromCodePoint(code);
      const key = nameKey(character);
      const others = [key, character.toUpperCase(), character.toLowerCase(), character.normalize('NFD')];
      if (others.some((other) => nameKey(other) !== key)) assert.fail(`U+${code.toString(16)}`);
    }
  });

  it('of every text is its own key, however its characters are put together', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const key = nameKey(text);
        assert.equal(nameKey(key), key);
        assert.equal(nameKey(text.toUpperCase()), key);
        assert.equal(nameKey(text.normalize('NFD')), key);
      }),
    );
  });

  it('of a very long text of marks is there at once', () => {
    const started = performance.now();
    nameKey(`a${'\u0301\u0316'.repeat(100_000)}`);
    assert.ok(performance.now() - started < 500);
  });

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
    assert.equal(phoneKey('none'), '');
  });

  it('keeps the text beside it', () => {
    assert.deepEqual(phoneIdentifier(' +1 555 '), { text: '+1 555', key: '1555' });
  });
});
