import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { received, signAndSend, type TestMessage } from '../../support/signed-message.ts';
import { aSigningSecret } from '../../support/signing-secrets.ts';
import type { SigningSecretSettings } from '../../../src/signature/signing-secret-settings.ts';

interface KnownAnswer {
  readonly title: string;
  /** Who says so. */
  readonly source: string;
  readonly settings: Omit<SigningSecretSettings, 'id' | 'credentials'>;
  readonly secret: string;
  readonly message: TestMessage;
  /** Epoch ms of the signature. */
  readonly at?: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Set where the sender adds what only it needs, so that our own signature is written in another way. */
  readonly onlyVerifies?: true;
}

const fixture = path.join(import.meta.dirname, '..', '..', 'fixtures', 'signatures', 'known-answers.json');
const answers = JSON.parse(readFileSync(fixture, 'utf8')) as KnownAnswer[];

describe('Answers that others gave', () => {
  for (const answer of answers) {
    const { title, source, settings, message, at = Date.UTC(2026, 0, 1), headers } = answer;
    const secret = aSigningSecret({ ...settings, credentials: { secret: answer.secret } });

    it(`verifies ${title} (${source})`, () => {
      const verification = secret.verify(received(message, headers), at);
      assert.equal(verification.verified, true, JSON.stringify(verification));
    });

    it(`refuses ${title} with another body`, () => {
      const other = { ...message, bytes: `${String(message.bytes ?? '')}&MSG=x` };
      assert.equal(secret.verify(received(other, headers), at).verified, false);
    });

    if (!answer.onlyVerifies)
      it(`signs ${title} in the same way`, () => {
        assert.deepEqual(signAndSend(secret, message, at), received(message, headers));
      });
  }

  it('refuses the vector of an older Zendesk page, which has the body before the timestamp', () => {
    const secret = aSigningSecret({
      scheme: 'zendesk',
      credentials: { secret: 'HRkRd4BeOAoUkfZr-mhauJT64rvBASlJRoIyPsd3zeA=' },
    });
    const message = received(
      { bytes: '{"say": "hello"}' },
      {
        'X-Zendesk-Webhook-Signature-Timestamp': '2021-07-25T10:00:00Z',
        'X-Zendesk-Webhook-Signature': 'tRDSF7URY8BLCDlaBcQ7FHu051Zk+aAB0NKMP53teMw=',
      },
    );
    assert.deepEqual(secret.verify(message, Date.UTC(2021, 6, 25, 10)), {
      verified: false,
      reason: 'mismatch',
    });
  });
});
