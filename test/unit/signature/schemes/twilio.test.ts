import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { HOST, outgoing, received, signAndSend, type TestMessage } from '../../../support/signed-message.ts';
import { aSigningSecret } from '../../../support/signing-secrets.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
const secret = aSigningSecret({ scheme: 'twilio', credentials: { secret: '12345' } });
const url = `${HOST}/hook?a=1`;
const digestOf = (bytes: string): string => createHash('sha256').update(bytes).digest('hex');

/** The reason why what was signed as the one message does not pass as the other; undefined = it does. */
function judge(signed: TestMessage, sent: TestMessage): string | undefined {
  const { headers } = signAndSend(secret, signed, 0);
  const verification = secret.verify(
    received(sent, { 'x-twilio-signature': headers['x-twilio-signature']! }),
    0,
  );
  return verification.verified ? undefined : verification.reason;
}

describe('Twilio', () => {
  describe('with a form', () => {
    const bytes = 'To=%2B1800&Body=gr%C3%BC%C3%9F+dich&Empty=';
    const same = (other: string) => judge({ bytes, headers: form }, { bytes: other, headers: form });

    it('signs the fields, so their order and how they are escaped are free', () => {
      assert.equal(same('Empty&Body=gr%c3%bc%c3%9f%20dich&To=%2b1800'), undefined);
      assert.equal(same('Empty=&&Body=grüß+dich&%54o=%2B1800&'), undefined);
    });

    it('signs each value of a name once', () => {
      assert.equal(same(`${bytes}&To=%2B1800`), undefined);
    });

    it('refuses a changed, an added or a missing field', () => {
      assert.equal(same(bytes.replace('1800', '1801')), 'mismatch');
      assert.equal(same(`${bytes}&To=%2B1801`), 'mismatch');
      assert.equal(same('To=%2B1800&Empty='), 'mismatch');
    });

    it('refuses what other readers may take for something else', () => {
      for (const other of [`${bytes}&x=%FF`, `${bytes}&x=%`, `${bytes}&x=%zz`, '%ff=1'])
        assert.equal(same(other), 'body-malformed', other);
      const raw = received({ headers: form }, { 'x-twilio-signature': 'AAAA' });
      const broken = { ...raw, bytes: Buffer.from([0x61, 0x3d, 0xff]) };
      assert.deepEqual(secret.verify(broken, 0), { verified: false, reason: 'body-malformed' });
    });

    it('verifies any fields, also those with names of objects', () => {
      const names = fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('__proto__', 'constructor', 'toString'),
      );
      fc.assert(
        fc.property(fc.array(fc.tuple(names, fc.string({ unit: 'grapheme' }))), (fields) => {
          const message = { bytes: new URLSearchParams(fields).toString(), headers: form };
          return judge(message, message) === undefined;
        }),
      );
    });

    it('refuses a form with more fields than other readers take', () => {
      const many = { bytes: 'a=1&'.repeat(1001), headers: form };
      assert.throws(() => secret.sign(outgoing(many), 0), { code: 'HOOK_SIGNATURE_IMPOSSIBLE' });
      const message = received(many, { 'X-Twilio-Signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' });
      assert.deepEqual(secret.verify(message, 0), { verified: false, reason: 'body-malformed' });
    });
  });

  describe('with another body', () => {
    const bytes = '{"a":1}';
    const json = { 'content-type': 'application/json' };
    const withDigest = `${url}&bodySHA256=${digestOf(bytes)}`;

    it('signs the URL, which holds the digest of the body', () => {
      assert.equal(
        judge({ bytes, headers: json, url: withDigest }, { bytes, headers: json, url: withDigest }),
        undefined,
      );
    });

    it('refuses another body under that URL, whatever its content type says', () => {
      const signed = { bytes, headers: json, url: withDigest };
      for (const headers of [json, form, {}])
        for (const other of ['{"a":2}', '', '&', ' '])
          assert.equal(judge(signed, { bytes: other, headers, url: withDigest }), 'mismatch', other);
    });

    it('refuses another body where a # hides the digest from who reads URLs as browsers do', () => {
      const signed = { bytes, headers: json, url: `${HOST}/hook?a=1%23&bodySHA256=${digestOf(bytes)}` };
      const sent = { bytes: '=', headers: form, url: signed.url.replace('%23', '#') };
      assert.equal(judge(signed, { ...signed, url: sent.url }), undefined);
      assert.equal(judge(signed, sent), 'mismatch');
    });

    it('refuses a digest that is written in another way', () => {
      const capitals = `${url}&bodySHA256=${digestOf(bytes).toUpperCase()}`;
      assert.throws(() => secret.sign(outgoing({ bytes, headers: json, url: capitals }), 0), {
        code: 'HOOK_SIGNATURE_IMPOSSIBLE',
      });
    });

    it('cannot be signed without the digest, and refuses it', () => {
      assert.throws(() => secret.sign(outgoing({ bytes, headers: json }), 0), {
        code: 'HOOK_SIGNATURE_IMPOSSIBLE',
        message: /bodySHA256/,
      });
      assert.equal(judge({}, { bytes, headers: json }), 'body-malformed');
    });

    it('says before anything is sent that JSON cannot be signed', () => {
      assert.match(secret.findObstacle('json') ?? '', /bodySHA256/);
      assert.equal(secret.findObstacle('form'), undefined);
      assert.equal(secret.findObstacle('none'), undefined);
    });

    it('is none: then the URL alone is signed', () => {
      assert.equal(judge({ method: 'GET' }, { method: 'GET' }), undefined);
      assert.equal(judge({ method: 'GET' }, { method: 'GET', url: `${url}&b=2` }), 'mismatch');
    });
  });

  describe('takes the URL', () => {
    const pairs: [string, string, string][] = [
      ['with the standard port as without it', 'https://a.example/x', 'https://a.example:443/x'],
      ['without a port as with the standard one', 'https://a.example:443/x', 'https://a.example/x'],
      ['of HTTP with its own standard port', 'http://a.example:80/x', 'http://a.example/x'],
      ['of an IPv6 host', 'http://[::1]:80/x', 'http://[::1]/x'],
      ['escaped as browsers do', 'https://a.example/x?q=%27a%27', "https://a.example/x?q='a'"],
      ['escaped as forms were', 'https://a.example/x?b=1%202', 'https://a.example/x?b=1+2'],
    ];
    for (const [title, signed, sent] of pairs)
      it(title, () => {
        assert.equal(judge({ url: signed }, { url: sent }), undefined);
      });

    it('and never throws at one that is none', () => {
      const raw = received({}, { 'X-Twilio-Signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' });
      for (const origin of ['', 'https://', 'https://[', 'nothing', 'https://a.example:99999'])
        assert.equal(secret.verify({ ...raw, origin }, 0).verified, false);
    });

    it('and of no path that walks to it', () => {
      const signed = { url: 'https://a.example/y?x' };
      for (const target of ['/b/../y?x', '/b/%2e%2E/y?x', '/./y?x', '\\y?x', '/%2e?x'])
        assert.equal(
          judge(signed, { url: `https://a.example${target}` }),
          target.startsWith('/') ? 'mismatch' : 'url-unknown',
        );
    });

    it('with no more in its query than was signed', () => {
      const many = `https://a.example/y?${'a=&'.repeat(1000)}b=`;
      assert.equal(judge({ url: many }, { url: `${many}&c=1` }), 'mismatch');
      assert.equal(judge({ url: many.slice(0, -3) }, { url: `${many}&c=1` }), 'mismatch');
    });

    it('and of no other host, scheme or path', () => {
      for (const other of ['https://b.example/x', 'http://a.example/x', 'https://a.example/y'])
        assert.equal(judge({ url: 'https://a.example/x' }, { url: other }), 'mismatch');
    });
  });
});
