import assert from 'node:assert/strict';
import fc from 'fast-check';
import { textKey } from '../../src/text-key.ts';

describe('The key of a text', () => {
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
      assert.equal(textKey(one!), textKey(other!));
    });

  for (const [one, other] of [
    ['Acme', 'Acme Ltd'],
    ['cafe', 'café'],
    ['A B', 'AB'],
  ])
    it(`is another for ${JSON.stringify(one)} and ${JSON.stringify(other)}`, () => {
      assert.notEqual(textKey(one!), textKey(other!));
    });

  it('of every character is its own key, and does not know upper from lower case', () => {
    for (let code = 0; code <= 0x1ffff; code++) {
      const character = String.fromCodePoint(code);
      const key = textKey(character);
      const others = [key, character.toUpperCase(), character.toLowerCase(), character.normalize('NFD')];
      if (others.some((other) => textKey(other) !== key)) assert.fail(`U+${code.toString(16)}`);
    }
  });

  it('of every text is its own key, however its characters are put together', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const key = textKey(text);
        assert.equal(textKey(key), key);
        assert.equal(textKey(text.toUpperCase()), key);
        assert.equal(textKey(text.normalize('NFD')), key);
      }),
    );
  });

  it('of a very long text of marks is there at once', () => {
    const started = performance.now();
    textKey(`a${'\u0301\u0316'.repeat(100_000)}`);
    assert.ok(performance.now() - started < 500);
  });
});
