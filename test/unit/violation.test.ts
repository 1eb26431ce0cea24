import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { describeValue, pointerTo, printable } from '../../src/violation.ts';

describe('What a violation repeats', () => {
  it('is cut, on one line and no markup, whatever was sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const shown = printable(text);
        return Array.from(shown).length <= 61 && !/[<>\r\n\0]/.test(shown);
      }),
    );
  });

  it('says what a value is without printing whole objects', () => {
    assert.deepEqual(['a', '', 9.5, true, null, [1], { secret: 1 }, Buffer.from('x')].map(describeValue), [
      '"a"',
      'an empty text',
      '9.5',
      'true',
      'null',
      'a list',
      'an object',
      'a buffer',
    ]);
  });

  it('does not cut a character in two', () => {
    assert.equal(printable('😀'.repeat(61)), `${'😀'.repeat(60)}…`);
  });

  it('points at the field as JSON pointers do', () => {
    assert.equal(pointerTo('a/b~c'), '/a~1b~0c');
  });
});
