import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { SCHEME_FACTS } from '../../src/signature/scheme-facts.ts';
import type { SigningSecret } from '../../src/signature/signing-secret.ts';
import {
  signatureOf,
  signingSecret,
  tamper,
  verify,
  type Headers,
  type Message,
} from '../support/signing.ts';
import { FROZEN_FILE, whatTheySay } from './frozen.ts';
import { messagesAt, type KindMessage } from './messages.ts';
import type { Vendor } from './vendor.ts';
import { VENDORS } from './vendors/vendors.ts';

const HOUR_MS = 3_600_000;

/** Some libraries look at the clock themselves, so all messages are sent now. */
const messagesOf = (vendor: Vendor): KindMessage[] =>
  messagesAt(Date.now()).map((message) => vendor.adapt?.(message) ?? message);

async function accepts(vendor: Vendor, message: Message, headers: Headers, secret = vendor.secret) {
  try {
    return await vendor.accepts(message, headers, secret);
  } catch {
    return false;
  }
}

for (const vendor of VENDORS) {
  const { library, scheme, secret, previousSecret, limits } = vendor;
  const messages = messagesOf(vendor);
  const [first] = messages;
  assert.ok(first);

  describe(`${library} and our ${scheme}`, () => {
    let ours: SigningSecret;
    before(() => (ours = signingSecret(scheme, secret)));

    for (const message of messages.filter(({ kind }) => !(kind in limits)))
      describe(`with a body of the kind: ${message.kind}`, () => {
        it('agree on what either signed', async () => {
          assert.equal(await accepts(vendor, message, signatureOf(ours, message)), true);
          const theirs = await vendor.sign(message, secret);
          assert.deepEqual(verify(ours, message, theirs).verified, true);
        });

        it('both refuse another body', async () => {
          const headers = signatureOf(ours, message);
          assert.equal(await accepts(vendor, tamper(message), headers), false);
          assert.deepEqual(verify(ours, tamper(message), await vendor.sign(message, secret)), {
            verified: false,
            reason: 'mismatch',
          });
        });
      });

    for (const message of messages.filter(({ kind }) => kind in limits))
      it(`part where the library cannot follow: ${message.kind}. ${limits[message.kind] ?? ''}`, async () => {
        const headers = signatureOf(ours, message);
        assert.equal(verify(ours, message, headers).verified, true);
        assert.equal(await accepts(vendor, message, headers), false);
      });

    it('both refuse what another secret signed', async () => {
      assert.equal(
        await accepts(vendor, first, signatureOf(signingSecret(scheme, previousSecret), first)),
        false,
      );
      const theirs = await vendor.sign(first, previousSecret);
      assert.equal(verify(ours, first, theirs).verified, false);
    });

    it('agree while a secret is being replaced', async () => {
      const both = signingSecret(scheme, secret, previousSecret);
      const sent = signatureOf(both, first);
      assert.equal(await accepts(vendor, first, sent), true);
      assert.equal(await accepts(vendor, first, sent, previousSecret), SCHEME_FACTS[scheme].sendsBoth);
      const received = verify(both, first, await vendor.sign(first, previousSecret));
      assert.equal(received.verified && received.keyUsed, 'previous');
    });

    if (SCHEME_FACTS[scheme].signsTime)
      it('both refuse what is older than the tolerance', async () => {
        const old = { ...first, now: first.now - HOUR_MS };
        assert.equal(await accepts(vendor, first, signatureOf(ours, old)), false);
        assert.deepEqual(verify(ours, first, await vendor.sign(old, secret)), {
          verified: false,
          reason: 'timestamp-too-old',
        });
      });

    if (vendor.takesTheFuture !== undefined)
      it(`${vendor.takesTheFuture ? 'part over' : 'both refuse'} a time that is still to come`, async () => {
        const early = { ...first, now: first.now + HOUR_MS };
        assert.equal(await accepts(vendor, first, signatureOf(ours, early)), vendor.takesTheFuture);
        assert.deepEqual(verify(ours, first, await vendor.sign(early, secret)), {
          verified: false,
          reason: 'timestamp-too-new',
        });
      });
  });
}

describe('What the libraries said', () => {
  it('is what the ordinary tests have of them', async () => {
    assert.deepEqual(JSON.parse(await readFile(FROZEN_FILE, 'utf8')), await whatTheySay());
  });
});
