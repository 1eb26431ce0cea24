import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { cut, cutUnescaped, oneLine, split, wellFormed } from '../../../../src/survey/formats/cut.ts';
import { anyText } from '../../../support/any-survey.ts';

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const unescape = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&amp;', '&');
const bytes = (text: string): number => Buffer.byteLength(JSON.stringify(text));
const family = '👩‍👩‍👧‍👦';

describe('Cutting a text', () => {
  it('leaves what fits as it is', () => {
    assert.equal(cut('abc', { limit: 3 }), 'abc');
    assert.equal(cut('', { limit: 3 }), '');
    assert.equal(cut('a&b', { limit: 7, escape }), 'a&amp;b');
  });

  it('ends in an ellipsis what does not fit', () => {
    assert.equal(cut('abcd', { limit: 3 }), 'ab…');
    assert.equal(cut('a&b', { limit: 6, escape }), 'a…');
  });

  it('says how long the text was where there is room', () => {
    const text = cut('x'.repeat(12_345), { limit: 600 });
    assert.equal(text.length, 600);
    assert.match(text, /^x+…\n\(cut, 12,345 characters in all\)$/);
    assert.match(cut('😀'.repeat(600), { limit: 500 }), /^(?:😀)+…\n\(cut, 600 characters in all\)$/u);
  });

  it('never cuts an entity, a surrogate pair or a character of several in two', () => {
    for (let lead = 0; lead < 12; lead++) {
      const start = 'x'.repeat(lead);
      assert.match(cut(start + '<'.repeat(50), { limit: 40, escape }), /^x*(?:&lt;)+…$/);
      assert.match(cut(start + '😀'.repeat(50), { limit: 40 }), /^x*(?:😀)+…$/u);
      assert.match(cut(start + family.repeat(9), { limit: 40 }), new RegExp(`^x*(?:${family})+…$`, 'u'));
      assert.match(cut(start + '🇩🇪'.repeat(20), { limit: 40 }), /^x*(?:🇩🇪)+…$/u);
    }
  });

  it('cuts what no one writes as one character, however long it is', () => {
    assert.equal(cut(`e${'\u0301'.repeat(1000)}`, { limit: 100 }).length, 100);
  });

  it('counts as it is told to', () => {
    assert.equal(cut('ää"ä', { limit: 9, measure: bytes }), 'ää…');
    assert.equal(bytes(cut('ä\u0001"'.repeat(2000), { limit: 1000, measure: bytes })) <= 1000, true);
  });

  it('replaces what a receiver cannot decode or show', () => {
    assert.equal(wellFormed('a\ud83db\ude00😀\0\u001b\t\r\n'), 'a�b�😀��\t\r\n');
    assert.equal(cut('\ud83d', { limit: 5 }), '�');
  });

  it('keeps to its limit and to the text, whatever that is', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 10, max: 3000 }), fc.boolean(), (text, limit, isBytes) => {
        const options = { limit, escape, ...(isBytes ? { measure: bytes } : {}) };
        const result = cut(text, options);
        assert.ok((isBytes ? bytes(result) : result.length) <= limit);
        assert.equal(result, escape(cutUnescaped(text, options)));
        const whole = wellFormed(text);
        const shown = unescape(result);
        if (shown === whole) return;
        const [, start] = /^([^]*)…(?:\n\(cut, [\d,]+ characters in all\))?$/.exec(shown) ?? [];
        assert.ok(start !== undefined && whole.startsWith(start));
        assert.ok((isBytes ? bytes(escape(whole)) : escape(whole).length) > limit);
        assert.doesNotMatch(result, /\p{Cs}/u);
      }),
      { numRuns: 150 },
    );
  });
});

describe('Splitting a text', () => {
  it('gives parts that keep to the limit, with nothing left out', () => {
    fc.assert(
      fc.property(anyText.map(wellFormed), fc.integer({ min: 400, max: 3000 }), (text, limit) => {
        const parts = split(text, { limit, escape });
        assert.equal(parts.join(''), text);
        assert.ok(parts.every((part) => escape(part).length <= limit && !/\p{Cs}/u.test(part)));
      }),
      { numRuns: 100 },
    );
  });

  it('begins a part after a space where there is one near', () => {
    assert.deepEqual(split('one two three', { limit: 9 }), ['one two ', 'three']);
    assert.deepEqual(split('onetwothree', { limit: 9 }), ['onetwothr', 'ee']);
    assert.deepEqual(split('', { limit: 9 }), ['']);
  });
});

describe('One line', () => {
  it('has neither ends of lines nor spaces around it', () => {
    assert.equal(oneLine(' a\r\n\tb\u2028c '), 'a b c');
  });
});
