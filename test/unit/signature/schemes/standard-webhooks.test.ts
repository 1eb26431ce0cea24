import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import fc from 'fast-check';
import { outgoing, received, signAndSend } from '../../../support/signed-message.ts';
import { aSigningSecret, WHSEC } from '../../../support/signing-secrets.ts';
import { parseSigningSecret } from '../../../../src/signature/signing-secret-settings.ts';
import type { SigningSecret } from '../../../../src/signature/signing-secret.ts';

const NOW = 1_700_000_000_000;
const SEED = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
/** RFC 8032, section 7.1, test 1. */
const PUBLIC = Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex');
const PRIVATE_KEY = `whsk_${SEED.toString('base64')}`;
const PUBLIC_KEY = `whpk_${PUBLIC.toString('base64')}`;

const secretOf = (secret: string, previousSecret = ''): SigningSecret =>
  aSigningSecret({ credentials: { secret, previousSecret } });

function judge(secret: SigningSecret, headers: Readonly<Record<string, string | undefined>>): string {
  const message = received({ bytes: 'body' }, {});
  const verification = secret.verify({ ...message, headers }, NOW);
  return verification.verified ? verification.keyUsed : verification.reason;
}

describe('Standard Webhooks', () => {
  describe('with ed25519', () => {
    const signer = secretOf(PRIVATE_KEY);
    const { headers } = signAndSend(signer, { bytes: 'body' }, NOW);

    it('signs with v1a, as RFC 8032 has it', () => {
      assert.match(headers['webhook-signature']!, /^v1a,[A-Za-z0-9+/]{86}==$/);
    });

    it('is verified with the public key and with the private one', () => {
      assert.equal(judge(secretOf(PUBLIC_KEY), headers), 'current');
      assert.equal(judge(signer, headers), 'current');
    });

    it('reads a private key with the public one behind it as the same', () => {
      const both = secretOf(`whsk_${Buffer.concat([SEED, PUBLIC]).toString('base64')}`);
      assert.equal(
        signAndSend(both, { bytes: 'body' }, NOW).headers['webhook-signature'],
        headers['webhook-signature'],
      );
    });

    it('derives the public key that RFC 8032 gives for the seed', () => {
      const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
      const key = createPrivateKey({ key: Buffer.concat([prefix, SEED]), format: 'der', type: 'pkcs8' });
      const der = createPublicKey(key.export({ format: 'pem', type: 'pkcs8' })).export({
        format: 'der',
        type: 'spki',
      });
      assert.deepEqual(der.subarray(-32), PUBLIC);
    });

    it('is refused when one bit of body or signature is another', () => {
      const reader = secretOf(PUBLIC_KEY);
      const signature = Buffer.from(headers['webhook-signature']!.slice(4), 'base64');
      fc.assert(
        fc.property(fc.nat(63), fc.nat(7), (at, shift) => {
          const other = Buffer.from(signature);
          other[at] = other[at]! ^ (1 << shift);
          const written = `v1a,${other.toString('base64')}`;
          return judge(reader, { ...headers, 'webhook-signature': written }) === 'mismatch';
        }),
        { numRuns: 60 },
      );
      const message = received({ bytes: 'bodx' }, headers as Record<string, string>);
      assert.equal(reader.verify(message, NOW).verified, false);
    });

    it('is refused with a signature of any other length, and with a key that is no point', () => {
      for (const length of [0, 1, 32, 63, 65, 128])
        for (const key of [PUBLIC_KEY, `whpk_${Buffer.alloc(32, 0xff).toString('base64')}`]) {
          const written = `v1a,${Buffer.alloc(length).toString('base64')}`;
          assert.equal(judge(secretOf(key), { ...headers, 'webhook-signature': written }), 'mismatch');
        }
    });

    it('cannot sign with a public key, and says so before anything is sent', () => {
      const reader = secretOf(PUBLIC_KEY);
      assert.match(reader.findObstacle('json') ?? '', /whsk_/);
      assert.equal(signer.findObstacle('json'), undefined);
      assert.throws(() => reader.sign(outgoing({}), NOW), { code: 'HOOK_SIGNATURE_IMPOSSIBLE' });
    });
  });

  describe('that moves from HMAC to ed25519', () => {
    it('sends both signatures, and either receiver is content', () => {
      const { headers } = signAndSend(secretOf(PRIVATE_KEY, WHSEC), { bytes: 'body' }, NOW);
      assert.match(headers['webhook-signature']!, /^v1a,\S+ v1,\S+$/);
      assert.equal(judge(secretOf(WHSEC), headers), 'current');
      assert.equal(judge(secretOf(PUBLIC_KEY), headers), 'current');
      assert.equal(judge(secretOf(PUBLIC_KEY, WHSEC), headers), 'current');
    });

    it('verifies what either signed, and says which', () => {
      const reader = secretOf(PUBLIC_KEY, WHSEC);
      const from = (key: string) => signAndSend(secretOf(key), { bytes: 'body' }, NOW).headers;
      assert.equal(judge(reader, from(PRIVATE_KEY)), 'current');
      assert.equal(judge(reader, from(WHSEC)), 'previous');
    });

    it('signs with the current secret alone where the previous one only verifies', () => {
      const { headers } = signAndSend(secretOf(WHSEC, PUBLIC_KEY), { bytes: 'body' }, NOW);
      assert.match(headers['webhook-signature']!, /^v1,\S+$/);
    });

    it('takes no signature under the label of the other algorithm', () => {
      for (const [key, label, other] of [
        [WHSEC, 'v1,', 'v1a,'],
        [PRIVATE_KEY, 'v1a,', 'v1,'],
      ] as const) {
        const { headers } = signAndSend(secretOf(key), { bytes: 'body' }, NOW);
        const written = headers['webhook-signature']!.replace(label, other);
        assert.equal(judge(secretOf(key), { ...headers, 'webhook-signature': written }), 'mismatch');
      }
    });

    it('takes no HMAC that is keyed with the public key', () => {
      const forger = secretOf(`whsec_${PUBLIC.toString('base64')}`);
      const { headers } = signAndSend(forger, { bytes: 'body' }, NOW);
      const written = headers['webhook-signature']!;
      for (const value of [written, written.replace('v1,', 'v1a,')])
        assert.equal(judge(secretOf(PUBLIC_KEY), { ...headers, 'webhook-signature': value }), 'mismatch');
    });
  });

  describe('with a list of signatures', () => {
    const { headers } = signAndSend(secretOf(WHSEC), { bytes: 'body' }, NOW);
    const right = headers['webhook-signature']!;
    const wrong = `v1,${Buffer.alloc(32).toString('base64')}`;
    const withList = (...list: string[]) =>
      judge(secretOf(WHSEC), { ...headers, 'webhook-signature': list.join(' ') });

    it('takes any that fits, and looks past what it does not know', () => {
      assert.equal(withList(wrong, 'v2,AAAA', 'junk', '', right), 'current');
      assert.equal(withList(wrong), 'mismatch');
    });

    it('looks at no more than a rotation needs', () => {
      assert.equal(withList(...Array<string>(10).fill(wrong), right), 'mismatch');
    });

    it('takes nothing behind a signature', () => {
      assert.equal(withList(`${right},x`), 'mismatch');
    });
  });

  it('lets no part of the body pass for an id or a timestamp', () => {
    const patient = aSigningSecret({ tolerance: 0 });
    const body = '1700000300.evil';
    const { headers } = signAndSend(patient, { id: 'msg_1', bytes: body }, NOW);
    const shifted = { ...headers, 'webhook-id': 'msg_1.1700000000', 'webhook-timestamp': '1700000300' };
    const message = { ...received({ bytes: 'evil' }, {}), headers: shifted };
    assert.deepEqual(patient.verify(message, NOW), { verified: false, reason: 'id-malformed' });
  });

  it('says what is wrong with a secret without repeating it', () => {
    const wrong = [
      'whsec_',
      'whsec_short',
      `whsec_${'A'.repeat(200)}`,
      'not base64!',
      'whsk_AAAA',
      'whpk_AAAA',
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS',
    ];
    for (const secret of wrong) {
      const parsed = parseSigningSecret({ id: 'a', scheme: 'standard-webhooks', credentials: { secret } });
      assert.equal(parsed.kind, 'invalid', secret);
      const body = secret.replace(/^whs?[a-z]*_/, '');
      if (body.length > 4) assert.equal(JSON.stringify(parsed).includes(body), false, secret);
    }
  });
});
