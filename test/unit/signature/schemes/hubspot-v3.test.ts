import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { HOST, received, signAndSend } from '../../../support/signed-message.ts';
import { aSigningSecret } from '../../../support/signing-secrets.ts';

const NOW = 1_700_000_000_000;
const secret = aSigningSecret({ scheme: 'hubspot-v3', credentials: { secret: 'key' } });

function verify(signedUrl: string, sentUrl: string): boolean {
  const text = `POST${signedUrl}body${NOW}`;
  const headers = {
    'X-HubSpot-Signature-v3': createHmac('sha256', 'key').update(text).digest('base64'),
    'X-HubSpot-Request-Timestamp': String(NOW),
  };
  return secret.verify(received({ url: sentUrl, bytes: 'body' }, headers), NOW).verified;
}

describe('HubSpot v3', () => {
  const escaped = `${HOST}/h?a=%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B%3a%20%25`;
  const decoded = `${HOST}/h?a=:/?@!$'()*,;:%20%25`;

  it('signs the URL with the escapes decoded that its page lists', () => {
    assert.equal(verify(decoded, escaped), true);
    const { headers } = signAndSend(secret, { url: escaped }, NOW);
    assert.deepEqual(headers, signAndSend(secret, { url: decoded }, NOW).headers);
  });

  it('verifies the URL as it is too, as its library signs it', () => {
    assert.equal(verify(escaped, escaped), true);
  });

  it('decodes nothing else', () => {
    assert.equal(verify(`${HOST}/h?a=b c`, `${HOST}/h?a=b%20c`), false);
    assert.equal(verify(`${HOST}/h?a=%3A`, `${HOST}/h?a=%253A`), false);
  });

  it('lets no digit of the body pass for one of the timestamp', () => {
    const patient = aSigningSecret({ scheme: 'hubspot-v3', tolerance: 0, credentials: { secret: 'key' } });
    const sent = signAndSend(patient, { bytes: 'score=12' }, NOW);
    const headers = { ...sent.headers, 'x-hubspot-request-timestamp': `2${NOW}` };
    const shifted = { ...sent, bytes: Buffer.from('score=1'), headers };
    assert.deepEqual(patient.verify(shifted, NOW), { verified: false, reason: 'timestamp-malformed' });
  });
});
