import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SCHEME_FACTS } from '../../../src/signature/scheme-facts.ts';
import { signatureOf, signingSecret, tamper, verify, type VendorAnswer } from '../../support/signing.ts';

/** Made by `npm run interop -- --freeze`. */
const fixture = path.join(import.meta.dirname, '..', '..', 'fixtures', 'signatures', 'vendors.json');
const answers = JSON.parse(readFileSync(fixture, 'utf8')) as VendorAnswer[];

/** One that every scheme can use. */
const OTHER_SECRET = `whsec_${Buffer.from('another secret, made up too').toString('base64')}`;

const LIBRARIES = [
  'standardwebhooks',
  'svix',
  '@octokit/webhooks-methods',
  '@slack/bolt',
  'stripe',
  '@shopify/shopify-api',
  '@hubspot/api-client',
  'twilio',
];

describe('What vendors sign with their own libraries', () => {
  it('is here of each', () => {
    assert.deepEqual([...new Set(answers.map(({ library }) => library))], LIBRARIES);
  });

  for (const { library, version, scheme, secret, kind, headers, bodyBase64, ...rest } of answers) {
    const message = { ...rest, body: Buffer.from(bodyBase64, 'base64') };
    describe(`${library} ${version}, ${kind}`, () => {
      it('is verified', () => {
        const { id } = message;
        assert.deepEqual(verify(signingSecret(scheme, secret), message, headers), {
          verified: true,
          keyUsed: 'current',
          ...(SCHEME_FACTS[scheme].signsId ? { id } : {}),
        });
      });

      it('is what we sign, to the letter', () => {
        assert.deepEqual(signatureOf(signingSecret(scheme, secret), message), headers);
      });

      it('is refused with another body, and with another secret', () => {
        const mismatch = { verified: false, reason: 'mismatch' };
        assert.deepEqual(verify(signingSecret(scheme, secret), tamper(message), headers), mismatch);
        assert.deepEqual(verify(signingSecret(scheme, OTHER_SECRET), message, headers), mismatch);
      });
    });
  }
});
