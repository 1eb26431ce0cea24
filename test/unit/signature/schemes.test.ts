import assert from 'node:assert/strict';
import fc from 'fast-check';
import { outgoing, received, signAndSend, type TestMessage } from '../../support/signed-message.ts';
import { ALL_CASES, GENERIC_CASES, PRESET_CASES, type SignatureCase } from '../../support/signature-cases.ts';
import { aSigningSecret } from '../../support/signing-secrets.ts';
import { REJECTIONS, type RequestHeaders, type Verification } from '../../../src/signature/scheme.ts';
import { SCHEME_FACTS } from '../../../src/signature/scheme-facts.ts';
import type { SigningSecretSettings } from '../../../src/signature/signing-secret-settings.ts';
import type { Received, SigningSecret } from '../../../src/signature/signing-secret.ts';

const NOW = Date.UTC(2026, 0, 1);
const TOLERANCE_MS = 300_000;

const runs = { numRuns: 60 };
const keyBytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
const body = fc.uint8Array({ minLength: 1, maxLength: 80 });
const bit = fc.record({ at: fc.nat(), mask: fc.integer({ min: 0, max: 7 }).map((shift) => 1 << shift) });
type Bit = typeof bit extends fc.Arbitrary<infer Value> ? Value : never;

const ONE = new Uint8Array(32).fill(1);
const TWO = new Uint8Array(32).fill(2);

function secretOf(
  { settings, secretOf: write }: SignatureCase,
  current: Uint8Array,
  more: { previous?: Uint8Array } & Partial<SigningSecretSettings> = {},
): SigningSecret {
  const { previous, ...rest } = more;
  const credentials = { secret: write(current), ...(previous && { previousSecret: write(previous) }) };
  return aSigningSecret({ ...settings, ...rest, credentials });
}

const isVerified = ({ verified }: Verification): boolean => verified;

function flipByte(bytes: Uint8Array, { at, mask }: Bit): Uint8Array {
  const flipped = Uint8Array.from(bytes);
  const place = at % flipped.length;
  flipped[place] = flipped[place]! ^ mask;
  return flipped;
}

function flipText(text: string, { at, mask }: Bit): string {
  const place = at % text.length;
  return `${text.slice(0, place)}${String.fromCharCode(text.charCodeAt(place) ^ mask)}${text.slice(place + 1)}`;
}

for (const each of ALL_CASES) {
  const { title, facts, fit } = each;

  describe(`Signing with ${title}`, () => {
    it('is verified with the same secret, whatever bytes the body is made of', () => {
      fc.assert(
        fc.property(keyBytes, fc.uint8Array({ maxLength: 80 }), (key, bytes) => {
          const secret = secretOf(each, key);
          return isVerified(secret.verify(signAndSend(secret, fit({ bytes }), NOW), NOW));
        }),
        runs,
      );
    });

    it('is refused when one bit of the body is another', () => {
      fc.assert(
        fc.property(body, bit, (bytes, change) => {
          const secret = secretOf(each, ONE);
          const message = signAndSend(secret, fit({ bytes }), NOW);
          return !isVerified(secret.verify({ ...message, bytes: flipByte(bytes, change) }, NOW));
        }),
        runs,
      );
    });

    it('is refused when one bit of a header that it set is another', () => {
      const secret = secretOf(each, ONE, { tolerance: 0 });
      fc.assert(
        fc.property(fc.constantFrom(...secret.headerNames), bit, (name, change) => {
          const message = signAndSend(secret, fit({ bytes: 'body' }), NOW);
          const key = name.toLowerCase();
          const headers = { ...message.headers, [key]: flipText(message.headers[key]!, change) };
          return !isVerified(secret.verify({ ...message, headers }, NOW));
        }),
        { numRuns: 300 },
      );
    });

    it('is refused when one bit of the secret is another', () => {
      fc.assert(
        fc.property(keyBytes, bit, (key, change) => {
          const message = signAndSend(secretOf(each, key), fit({ bytes: 'body' }), NOW);
          return !isVerified(secretOf(each, flipByte(key, change)).verify(message, NOW));
        }),
        runs,
      );
    });

    it('is refused when a header that it set is missing', () => {
      const secret = secretOf(each, ONE);
      const message = signAndSend(secret, fit({ bytes: 'body' }), NOW);
      for (const name of secret.headerNames) {
        const headers = { ...message.headers, [name.toLowerCase()]: undefined };
        assert.equal(isVerified(secret.verify({ ...message, headers }, NOW)), false, name);
      }
    });

    it('never throws and never verifies with headers that anyone may have made up', () => {
      const secret = secretOf(each, ONE, { tolerance: 0 });
      const { headers } = signAndSend(secret, fit({ bytes: 'body' }), NOW);
      const junk = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.constantFrom('v1=', 'v1,', 't=', ',', ' ', '=', 'a', '\ud800', '\0') }),
        fc.constant('v1,'.repeat(20_000)),
        fc.constantFrom('sha256=', 'sha256=é', 'v0=', 't=1,v1=', 'x'.repeat(100_000)),
        fc.anything(),
      );
      const some = fc.record(Object.fromEntries(Object.keys(headers).map((name) => [name, junk])), {
        requiredKeys: [],
      });
      fc.assert(
        fc.property(some, (values) => {
          const message = { ...received(fit({ bytes: 'body' }), {}), headers: values as RequestHeaders };
          const verification = secret.verify(message, NOW);
          return !verification.verified && Object.hasOwn(REJECTIONS, verification.reason);
        }),
        { numRuns: 150 },
      );
    });

    it('takes no other form of the same signature', () => {
      const secret = secretOf(each, ONE);
      const message = signAndSend(secret, fit({ bytes: 'body' }), NOW);
      const key = secret.headerNames.at(-1)!.toLowerCase();
      const value = message.headers[key]!;
      const last = value.replace(/=+$/, '');
      const others = [`${value}=`, `${last}====`, `${value}A`, last.slice(0, -2), value.replace(/.$/, '!')];
      for (const other of others)
        assert.equal(
          isVerified(secret.verify({ ...message, headers: { ...message.headers, [key]: other } }, NOW)),
          false,
          other,
        );
    });

    it('knows both secrets until the previous one has had its time, and says which one it was', () => {
      const until = NOW + 1000;
      const both = secretOf(each, TWO, { previous: ONE, previousUntil: new Date(until).toISOString() });
      const message = fit({ bytes: 'body' });
      const old = signAndSend(secretOf(each, ONE), message, NOW);
      const current = signAndSend(secretOf(each, TWO), message, NOW);
      const keyUsed = (sent: Received, at: number) => {
        const verification = both.verify(sent, at);
        return verification.verified ? verification.keyUsed : verification.reason;
      };
      assert.equal(keyUsed(old, until - 1), 'previous');
      assert.equal(keyUsed(old, until), 'mismatch');
      assert.equal(keyUsed(current, until - 1), 'current');
      assert.equal(keyUsed(current, until), 'current');
    });
  });

  describe(`The facts about ${title}`, () => {
    const secret = secretOf(each, ONE);
    const message = fit({ bytes: 'body', id: 'msg_a' });
    const sent = signAndSend(secret, message, NOW);

    it('say whether a timestamp is signed, which may be off by the tolerance and no more', () => {
      const late = secret.verify(sent, NOW + TOLERANCE_MS + 1);
      const early = secret.verify(sent, NOW - TOLERANCE_MS - 1);
      const reasons = [late, early].map((one) => (one.verified ? 'verified' : one.reason));
      const expected = facts.signsTime
        ? ['timestamp-too-old', 'timestamp-too-new']
        : ['verified', 'verified'];
      assert.deepEqual(reasons, expected);
      assert.equal(isVerified(secret.verify(sent, NOW + TOLERANCE_MS)), true);
      assert.equal(isVerified(secret.verify(sent, NOW - TOLERANCE_MS)), true);
    });

    it('hold with a tolerance of none: any timestamp is taken then', () => {
      const patient = secretOf(each, ONE, { tolerance: 0 });
      assert.equal(isVerified(patient.verify(sent, NOW + 10 * 365 * 86_400_000)), true);
    });

    it('say whether the id is signed', () => {
      const verification = secret.verify(sent, NOW);
      assert.equal(verification.verified && verification.id, facts.signsId ? 'msg_a' : undefined);
    });

    it('say whether the URL is signed', () => {
      const elsewhere = secret.verify({ ...sent, target: `${sent.target!}x` }, NOW);
      const otherHost = secret.verify({ ...sent, origin: 'https://other.example.com' }, NOW);
      const unknown = secret.verify({ ...sent, origin: undefined }, NOW);
      assert.equal(isVerified(elsewhere), !facts.signsUrl);
      assert.equal(secret.signsUrl, facts.signsUrl);
      assert.equal(isVerified(otherHost), !facts.signsUrl);
      assert.equal(unknown.verified || unknown.reason, facts.signsUrl ? 'url-unknown' : true);
    });

    it('say whether one request has room for the signatures of both secrets', () => {
      const rotating = secretOf(each, TWO, { previous: ONE });
      const both = signAndSend(rotating, message, NOW);
      assert.equal(isVerified(secretOf(each, TWO).verify(both, NOW)), true);
      assert.equal(isVerified(secret.verify(both, NOW)), facts.sendsBoth);
    });
  });
}

describe('What schemes can do', () => {
  it('is known of every scheme', () => {
    const titles = PRESET_CASES.map(({ settings }) => settings.scheme);
    assert.deepEqual([...titles, 'generic'], Object.keys(SCHEME_FACTS));
  });

  it('is for generic what some settings make it do', () => {
    for (const fact of Object.keys(SCHEME_FACTS.generic) as (keyof typeof SCHEME_FACTS.generic)[])
      assert.equal(
        GENERIC_CASES.some(({ facts }) => facts[fact]),
        SCHEME_FACTS.generic[fact],
        fact,
      );
  });

  it('does not include choosing the algorithm by what the request says', () => {
    const rows: [string, string, string][] = [
      ['github', 'x-hub-signature-256', 'sha1='],
      ['jira', 'x-hub-signature', 'sha1='],
      ['intercom', 'x-hub-signature', 'sha256='],
      ['typeform', 'typeform-signature', 'sha1='],
    ];
    const message: TestMessage = { bytes: '{"foo":"bar"}' };
    for (const [scheme, header, prefix] of rows) {
      const algorithm = prefix === 'sha1=' ? 'sha1' : 'sha256';
      const encoding = scheme === 'typeform' ? 'base64' : 'hex';
      const other = aSigningSecret({
        ...{ scheme: 'generic', header, prefix, algorithm, encoding },
        credentials: { secret: 'mysecret' },
      });
      const forged = signAndSend(other, message, NOW);
      const secret = aSigningSecret({ scheme, credentials: { secret: 'mysecret' } });
      assert.equal(other.verify(forged, NOW).verified, true);
      assert.deepEqual(secret.verify(forged, NOW), { verified: false, reason: 'signature-malformed' });
      const relabelled = forged.headers[header]!.replace(
        /^sha\d+=/,
        scheme === 'intercom' ? 'sha1=' : 'sha256=',
      );
      const again = secret.verify({ ...forged, headers: { [header]: relabelled } }, NOW);
      assert.deepEqual(again, { verified: false, reason: 'mismatch' });
    }
  });

  it('does not include hex in capital letters, but for generic', () => {
    for (const { settings, ...each } of PRESET_CASES) {
      const secret = secretOf({ settings, ...each }, ONE);
      const sent = signAndSend(secret, each.fit({ bytes: 'body' }), NOW);
      const key = secret.headerNames.at(-1)!.toLowerCase();
      const capitals = sent.headers[key]!.replaceAll(/[0-9a-f]{40,}/g, (hex) => hex.toUpperCase());
      if (capitals === sent.headers[key]) continue;
      const verification = secret.verify({ ...sent, headers: { ...sent.headers, [key]: capitals } }, NOW);
      assert.equal(verification.verified, false, each.title);
    }
    const generic = secretOf(GENERIC_CASES[0]!, ONE);
    const sent = signAndSend(generic, { bytes: 'body' }, NOW);
    const signature = sent.headers['x-signature']!;
    const verify = (text: string) => generic.verify({ ...sent, headers: { 'x-signature': text } }, NOW);
    assert.equal(verify(signature.toUpperCase()).verified, true);
    assert.equal(verify(`${signature.slice(0, 32).toUpperCase()}${signature.slice(32)}`).verified, false);
  });

  it('does not include signing without a key or with an id that holds a timestamp', () => {
    const secret = aSigningSecret();
    const sign = (id: string) => () => secret.sign(outgoing({ id }), NOW);
    for (const id of ['', 'a.1700000000', 'a.1700000000.b', 'a\nb', 'ė'])
      assert.throws(sign(id), { code: 'HOOK_SIGNATURE_IMPOSSIBLE' }, id);
    assert.doesNotThrow(sign('order.17.b'));
  });
});
