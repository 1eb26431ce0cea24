import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maskEcho } from '../../../../src/delivery/echo/mask-echo.ts';

const mask = (text: string, secrets: readonly string[], isCut = false): string =>
  maskEcho(text, { secrets, isCut });

describe('The mask of what a receiver echoes', () => {
  it('hides a secret wherever it stands', () => {
    assert.equal(mask('a s3cret b S3CRET', ['s3cret']), 'a [secret] b [secret]');
  });

  it('leaves a text without secrets as it is', () => {
    assert.equal(mask('nothing', []), 'nothing');
    assert.equal(mask('nothing', ['s3cret']), 'nothing');
  });

  it('does not look for a text that is found by chance everywhere', () => {
    assert.equal(mask('{"X":true}', ['X', 'tr']), '{"X":true}');
  });

  it('takes a secret that has a meaning in patterns for what it is', () => {
    assert.equal(mask('a.c+(d] aXc+(d]', ['a.c+(d]']), '[secret] aXc+(d]');
  });

  const secret = `pä"ss/wo&rd <'ü`;
  const shapes: readonly [name: string, text: string][] = [
    ['JSON', JSON.stringify({ secret })],
    ['JSON with its slashes escaped', JSON.stringify({ secret }).replaceAll('/', String.raw`\/`)],
    ['JSON in ASCII', String.raw`"p\u00e4\"ss/wo&rd <'\u00fc"`],
    ['a part of a URL', encodeURIComponent(secret)],
    ['a part of a URL in small letters', encodeURIComponent(secret).toLowerCase()],
    ['a form', new URLSearchParams({ secret }).toString()],
    ['HTML', `<b>pä&quot;ss/wo&amp;rd &lt;&#39;ü</b>`],
    ['Base64', Buffer.from(secret).toString('base64')],
  ];
  for (const [name, text] of shapes)
    it(`hides a secret in ${name}`, () => {
      const masked = mask(text, [secret]);
      assert.match(masked, /\[secret\]/);
      assert.doesNotMatch(masked, /wo&rd|rd%20|rd\+|w7xz/i);
    });

  const key = 'ab+cd/ef=gh!ij~k"l&m==';
  for (const [name, text] of [
    ['Go’s templates', 'ab&#43;cd/ef=gh!ij~k&#34;l&amp;m=='],
    ['Handlebars', 'ab+cd&#x2F;ef&#x3D;gh!ij~k&quot;l&amp;m&#x3D;&#x3D;'],
    ['HTML of HTML', 'ab&amp;#43;cd/ef=gh!ij~k&amp;quot;l&amp;amp;m=='],
    ['Python’s URLs', 'ab%2Bcd/ef%3Dgh%21ij~k%22l%26m%3D%3D'],
    ['a URL in a URL', 'ab%252Bcd%252Fef%253Dgh%2521ij~k%2522l%2526m%253D%253D'],
    ['JSON that is safe in HTML', String.raw`ab\u002Bcd/ef\u003Dgh!ij~k\"l\u0026m\u003d=`],
    ['JSON in JSON', JSON.stringify(JSON.stringify(key))],
    ['JavaScript', String.raw`ab\x2Bcd\/ef\x3Dgh!ij~k\x22l\x26m\x3D\x3D`],
  ] as const)
    it(`hides the signs of a key as ${name} write them`, () => {
      assert.doesNotMatch(mask(text, [key]), /ab|cd|ef|gh|ij/);
    });

  it('tries no sign in so many ways that a text of such signs takes long', () => {
    for (const sign of ['\\', '"', '%', '&', ' ', '/', '%25', '&amp;', '\\"', String.raw`\x5c`]) {
      const signs = sign.repeat(30_000 / sign.length);
      assert.equal(mask(signs, [`${sign.repeat(60)}x`]), signs);
    }
  });

  for (const unit of ['a', '=', 'é', '漢', 'a1b2-', '\\'])
    for (const length of [500, 5000, 20_000, 60_000])
      it(`hides a secret of ${length} signs: ${unit}`, () => {
        const secret = `${unit.repeat(length / unit.length)}.`;
        assert.equal(mask(`a ${secret} b`, [secret, 's3cret']), 'a [secret] b');
        assert.equal(mask(`a ${secret} b s3cret`, [secret, 's3cret']), 'a [secret] b [secret]');
      });

  it('hides each of a thousand secrets', () => {
    const secrets = Array.from({ length: 1000 }, (_, index) => `s3cret/${index}/${'é='.repeat(20)}`);
    assert.doesNotMatch(mask(secrets.join(' '), secrets), /s3cret/);
  });

  it('hides a long secret whole where a shorter one begins it', () => {
    assert.equal(mask('abcdefgh', ['abcd', 'abcdefgh']), '[secret]');
  });

  it('leaves out what the end of a cut text shows of a secret', () => {
    assert.equal(mask('the key is topse', ['topsecret'], true), 'the key is [secret]');
    assert.equal(mask('the key is topse', ['topsecret'], false), 'the key is topse');
    assert.equal(mask('the key is top', ['topsecret'], true), 'the key is top');
  });

  it('holds none of the secrets, whatever stands around them', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 30 });
    const long = fc.string({ unit: 'binary', minLength: 4, maxLength: 30 });
    fc.assert(
      fc.property(texts, long, texts, (before, one, after) => {
        const masked = mask(`${before}${one}${after}`, [one]);
        const hidden = masked.replaceAll('[secret]', '\u0000');
        return !hidden.includes(one) || '[secret]'.includes(one);
      }),
      { numRuns: 50 },
    );
  });
});
