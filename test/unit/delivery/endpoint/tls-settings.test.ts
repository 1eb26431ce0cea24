import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { inspect } from 'node:util';
import { parseTls, type TlsValues } from '../../../../src/delivery/endpoint/tls-settings.ts';
import { makeCertificate, makePfx } from '../../../support/certificate.ts';
import { tlsOf } from '../../../support/routes.ts';

/** What is wrong with a configuration; undefined = nothing. */
function wrong(values: TlsValues): string | undefined {
  const parsed = parseTls(values);
  if (parsed.kind === 'valid') return undefined;
  assert.doesNotMatch(parsed.message, /S3CR3T|BEGIN/);
  return parsed.message;
}

describe('A TLS configuration', () => {
  let key: string, cert: string, other: string, guarded: string;
  before(async () => {
    const [own, another] = await Promise.all([makeCertificate(), makeCertificate()]);
    ({ key, cert } = own);
    other = another.key;
    const cipher = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'S3CR3T' } as const;
    guarded = createPrivateKey(key).export(cipher).toString();
  });

  it('needs nothing, and then verifies the receiver', () => {
    const { servername, alpnProtocols, verifiesReceiver } = tlsOf({});
    assert.deepEqual([servername, alpnProtocols, verifiesReceiver], [undefined, ['http/1.1'], true]);
  });

  it('takes texts and bytes', () => {
    assert.equal(wrong({ key, cert, ca: cert }), undefined);
    assert.equal(wrong({ key: Buffer.from(key), cert: Buffer.from(cert), ca: Buffer.from(cert) }), undefined);
    assert.equal(wrong({ key: guarded, cert, passphrase: 'S3CR3T' }), undefined);
  });

  it('takes key and certificate in one', async () => {
    const pfx = await makePfx({ key, cert }, 'S3CR3T');
    assert.equal(wrong({ pfx, passphrase: 'S3CR3T' }), undefined);
    assert.match(wrong({ pfx })!, /do not belong together/);
  });

  it('is refused where it could not be used', () => {
    assert.match(wrong({ key })!, /a key or a certificate alone/);
    assert.match(wrong({ cert, key: '' })!, /a key or a certificate alone/);
    for (const values of [
      { key: other, cert },
      { key: guarded, cert },
      { key: guarded, cert, passphrase: 'S3CR3Tx' },
      { key: 'S3CR3T', cert },
      { key, cert: 'S3CR3T' },
      { pfx: Buffer.from('S3CR3T') },
    ])
      assert.match(wrong(values)!, /cannot be read, or they or the passphrase do not belong together/);
    assert.match(wrong({ ALPNProtocols: ['h2'] })!, /HTTP\/2/);
  });

  it('is in nothing that prints it', () => {
    const tls = tlsOf({ key: guarded, cert, passphrase: 'S3CR3T', servername: 'a.example' });
    for (const text of [JSON.stringify(tls), inspect(tls, { depth: 9, showHidden: true })])
      assert.doesNotMatch(text, /S3CR3T|BEGIN|MII/);
  });
});
