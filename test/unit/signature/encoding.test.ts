import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decode, decodeEitherCase, encode } from '../../../src/signature/encoding.ts';
import type { SignatureEncoding } from '../../../src/signature/notation.ts';

const ENCODINGS: readonly SignatureEncoding[] = ['hex', 'base64', 'base64url'];

describe('The text of a signature', () => {
  it('stands for the bytes it was made of', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ENCODINGS), fc.uint8Array({ minLength: 1 }), (encoding, bytes) => {
        const text = encode(Buffer.from(bytes), encoding);
        return decode(text, encoding)?.equals(bytes) === true;
      }),
    );
  });

  it('is the only one that stands for them', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ENCODINGS), fc.string({ unit: 'binary' }), (encoding, text) => {
        const bytes = decode(text, encoding);
        return bytes === undefined || encode(bytes, encoding) === text;
      }),
    );
  });

  it('is none where it is malformed', () => {
    const rows: [string, SignatureEncoding][] = [
      ['', 'hex'],
      ['abc', 'hex'],
      ['AB', 'hex'],
      ['zz', 'hex'],
      ['ab\n', 'hex'],
      ['', 'base64'],
      ['AQ', 'base64'],
      ['AR==', 'base64'],
      ['AQ==\n', 'base64'],
      ['-_8=', 'base64'],
      ['A', 'base64'],
      ['+/8', 'base64url'],
      ['AQ==', 'base64url'],
      ['AR', 'base64url'],
    ];
    for (const [text, encoding] of rows) assert.equal(decode(text, encoding), undefined, text);
  });

  it('may be hex in capital letters where a person set the scheme up, but not in both', () => {
    assert.deepEqual(decodeEitherCase('AB01', 'hex'), Buffer.from([0xab, 1]));
    assert.deepEqual(decodeEitherCase('ab01', 'hex'), Buffer.from([0xab, 1]));
    assert.equal(decodeEitherCase('aB01', 'hex'), undefined);
    assert.equal(decodeEitherCase('AR==', 'base64'), undefined);
  });
});
