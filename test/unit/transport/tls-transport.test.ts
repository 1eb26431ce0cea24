import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import type { TlsValues } from '../../../src/delivery/endpoint/tls-settings.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { UndiciTransport } from '../../../src/transport/undici-transport.ts';
import { makeCertificate } from '../../support/certificate.ts';
import { aRequest, aRoute, assertStatus, failureOf } from '../../support/routes.ts';
import { TlsReceiver } from '../../support/tls-receiver.ts';

const never = new AbortController().signal;
type Certificate = Awaited<ReturnType<typeof makeCertificate>>;

describe('A transport over TLS', () => {
  let transport: UndiciTransport;
  let receiver: TlsReceiver;
  let [server, client, other]: Certificate[] = [];

  before(async () => {
    [server, client, other] = await Promise.all([makeCertificate(), makeCertificate(), makeCertificate()]);
  });
  beforeEach(() => (transport = new UndiciTransport(systemClock)));
  afterEach(async () => {
    await transport.close();
    await receiver.stop();
  });

  const open = async (): Promise<void> => void (receiver = await TlsReceiver.start({ ...server }));
  const openForClients = async (): Promise<void> => {
    receiver = await TlsReceiver.start({ ...server, ca: client!.cert, requestCert: true });
  };
  const trusting = (values: TlsValues = {}) => aRoute({ tls: { ca: server!.cert, ...values } });
  const send = (route = trusting(), url = receiver.url) =>
    transport.send(aRequest(`${url}/in`, route), never);

  it('trusts a receiver whose authority it is given, and no other', async () => {
    await open();
    assertStatus(await send());
    failureOf(await send(trusting({ ca: other!.cert })), 'tls');
    failureOf(await send(aRoute()), 'tls');
    failureOf(await send(aRoute({ tls: {} })), 'tls');
    assert.deepEqual(
      receiver.calls.map(({ body }) => body),
      ['{}'],
    );
  });

  it('looks for the receiver’s name in its certificate', async () => {
    await open();
    failureOf(await send(trusting(), `https://127.0.0.1:${receiver.port}`), 'tls');
    failureOf(await send(trusting({ servername: 'other.example' })), 'tls');
    assertStatus(await send(trusting({ servername: 'localhost' }), `https://127.0.0.1:${receiver.port}`));
    assert.deepEqual(
      receiver.calls.map(({ servername }) => servername),
      ['localhost'],
    );
  });

  it('takes any certificate only where verifying is switched off', async () => {
    await open();
    assertStatus(await send(aRoute({ tls: { rejectUnauthorized: false } })));
    failureOf(await send(aRoute({ tls: { rejectUnauthorized: true } })), 'tls');
  });

  it('shows its certificate to a receiver that asks for one', async () => {
    await openForClients();
    assertStatus(await send(trusting({ ...client })));
    assert.deepEqual(
      receiver.calls.map(({ isClientTrusted }) => isClientTrusted),
      [true],
    );
  });

  it('shows the certificate of its own route only', async () => {
    await openForClients();
    assertStatus(await send(trusting({ ...client })));
    // Under TLS 1.3 a receiver can refuse only after the handshake, by closing.
    for (const route of [trusting({ ...other }), trusting()]) assert.equal((await send(route)).kind, 'error');
    assert.equal(receiver.calls.length, 1);
  });

  it('reads a key that a passphrase guards', async () => {
    await openForClients();
    const cipher = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'sesame' } as const;
    const key = createPrivateKey(client!.key).export(cipher).toString();
    assertStatus(await send(trusting({ cert: client!.cert, key, passphrase: 'sesame' })));
  });

  it('offers HTTP/1.1, or the protocol of the configuration', async () => {
    receiver = await TlsReceiver.start({ ...server, ALPNProtocols: ['http/1.1', 'x-amzn-http-ca'] });
    assertStatus(await send());
    assertStatus(await send(trusting({ ALPNProtocols: ['x-amzn-http-ca'] })));
    assert.deepEqual(
      receiver.calls.map(({ alpn }) => alpn),
      ['http/1.1', 'x-amzn-http-ca'],
    );
  });

  it('takes up a session again, so that a new connection costs less', async () => {
    await open();
    assertStatus(await send());
    receiver.cut();
    assertStatus(await send());
    assert.deepEqual(
      receiver.calls.map(({ isResumed }) => isResumed),
      [false, true],
    );
    assert.equal(receiver.connectionCount, 2);
  });
});
