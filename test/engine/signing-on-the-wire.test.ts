import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import type { EndpointSettings } from '../../src/delivery/endpoint/endpoint-settings.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { SigningSecretSettings } from '../../src/signature/signing-secret-settings.ts';
import { UndiciTransport } from '../../src/transport/undici-transport.ts';
import { EngineBench } from '../support/engine-bench.ts';
import { RawReceiver, type RawRequest } from '../support/raw-receiver.ts';
import { OTHER_WHSEC, WHSEC } from '../support/signing-secrets.ts';

/** Neither UTF-8 nor what a parser would write again: whatever touches it changes it. */
const BODY = Buffer.concat([Buffer.from('{"a": 1 , "b":"ü"}\r\n'), Buffer.from([0, 255, 254])]);

const base64 = (key: string | Buffer, ...parts: (string | Buffer)[]) =>
  parts.reduce((hmac, part) => hmac.update(part), createHmac('sha256', key)).digest('base64');

/** The only value of a header. */
function only({ lines }: RawRequest, name: string): string {
  const found = lines.slice(1).filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}: `));
  assert.equal(found.length, 1, `${name} in\n${lines.join('\n')}`);
  return found[0]!.slice(name.length + 2);
}

describe('A signed delivery on the wire', () => {
  let bench: EngineBench<UndiciTransport>;
  let receiver: RawReceiver;
  before(async () => (receiver = await RawReceiver.start()));
  after(() => receiver.stop());
  afterEach(async () => {
    receiver.requests.length = 0;
    await bench.close();
  });

  /** The one request that comes of a message. */
  async function send(
    secret: Partial<SigningSecretSettings>,
    settings: Partial<EndpointSettings> = {},
  ): Promise<RawRequest> {
    const endpoint = { url: `${receiver.url}/in?a=%2F&b=1`, signing: 'secret', ...settings };
    bench = await EngineBench.startWith(() => new UndiciTransport(systemClock), endpoint);
    bench.secret(secret);
    await bench.acceptOne('a', { webhookId: 'msg_wire', body: BODY });
    await receiver.waitFor(1);
    return receiver.requests[0]!;
  }

  it('has the Date that Customer Thermometer’s signature is over, as signed, and the body’s bytes', async () => {
    const secret = 'my_shared_secret';
    const request = await send({ scheme: 'customer-thermometer', credentials: { secret } });
    assert.deepEqual(request.body, BODY);
    assert.ok(request.lines.includes('Date: Thu, 01 Jan 2026 00:00:00 GMT'), request.lines.join('\n'));
    const date = only(request, 'Date');
    assert.equal(only(request, 'X-Ct-Hmac-Sha256'), base64(secret, `Date: ${date}\n`, request.body));
    assert.equal(only(request, 'webhook-id'), 'msg_wire');
  });

  it('has each header of Standard Webhooks once, and a signature of either secret', async () => {
    const auth = { auth: 'basic', credentials: { username: 'u', password: 'p' } };
    const request = await send({ credentials: { secret: OTHER_WHSEC, previousSecret: WHSEC } }, auth);
    assert.deepEqual(request.body, BODY);
    assert.equal(only(request, 'Authorization'), `Basic ${btoa('u:p')}`);
    const start = `${only(request, 'webhook-id')}.${only(request, 'webhook-timestamp')}.`;
    const signatures = [OTHER_WHSEC, WHSEC].map((secret) => {
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
      return `v1,${base64(key, start, request.body)}`;
    });
    assert.equal(only(request, 'webhook-signature'), signatures.join(' '));
    assert.equal(start, `msg_wire.${Date.UTC(2026, 0, 1) / 1000}.`);
  });

  it('calls the URL that HubSpot’s signature is over', async () => {
    const request = await send({ scheme: 'hubspot-v3', credentials: { secret: 'hub' } });
    assert.equal(request.lines[0], 'POST /in?a=%2F&b=1 HTTP/1.1');
    const timestamp = only(request, 'X-HubSpot-Request-Timestamp');
    const called = `http://${only(request, 'Host')}/in?a=/&b=1`;
    assert.equal(
      only(request, 'X-HubSpot-Signature-v3'),
      base64('hub', `POST${called}`, request.body, timestamp),
    );
  });

  it('has no body with GET, and the signature of none', async () => {
    const secret = 'my_shared_secret';
    const request = await send(
      { scheme: 'customer-thermometer', credentials: { secret } },
      { method: 'GET' },
    );
    assert.equal(request.body.length, 0);
    const date = only(request, 'Date');
    assert.equal(only(request, 'X-Ct-Hmac-Sha256'), base64(secret, `Date: ${date}\n`));
  });
});
