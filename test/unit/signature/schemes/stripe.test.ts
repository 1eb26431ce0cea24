import assert from 'node:assert/strict';
import { received, signAndSend } from '../../../support/signed-message.ts';
import { aSigningSecret } from '../../../support/signing-secrets.ts';

const NOW = 1_700_000_000_000;
const secret = aSigningSecret({ scheme: 'stripe', credentials: { secret: 'whsec_test' } });
const right = signAndSend(secret, { bytes: 'body' }, NOW).headers['stripe-signature']!;
const [timestamp, signature] = right.split(',') as [string, string];
const wrong = `v1=${'0'.repeat(64)}`;

function verify(header: string): string {
  const verification = secret.verify(received({ bytes: 'body' }, { 'Stripe-Signature': header }), NOW);
  return verification.verified ? 'verified' : verification.reason;
}

describe('Stripe', () => {
  it('takes any of several signatures, in any place, and looks past other versions', () => {
    for (const items of [
      [timestamp, wrong, signature],
      [signature, timestamp],
      [timestamp, 'v0=00', signature, 'x'],
    ])
      assert.equal(verify(items.join(',')), 'verified');
  });

  it('refuses a signature under the label of another version', () => {
    assert.equal(verify(`${timestamp},${signature.replace('v1', 'v0')}`), 'signature-malformed');
  });

  it('refuses one without signature or without timestamp', () => {
    assert.equal(verify(timestamp), 'signature-malformed');
    assert.equal(verify(signature), 'timestamp-missing');
    assert.equal(verify(''), 'timestamp-missing');
    assert.equal(verify(`${timestamp},${wrong}`), 'mismatch');
  });

  it('looks at no more signatures than a rotation needs', () => {
    assert.equal(verify([timestamp, ...Array<string>(20).fill(wrong), signature].join(',')), 'mismatch');
  });

  it('uses the whole text of the secret as its key', () => {
    const other = aSigningSecret({ scheme: 'stripe', credentials: { secret: 'test' } });
    assert.notEqual(signAndSend(other, { bytes: 'body' }, NOW).headers['stripe-signature'], right);
  });
});
