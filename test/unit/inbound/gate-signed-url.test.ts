import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { parseSigningSecret } from '../../../src/signature/signing-secret-settings.ts';
import { GateServer } from '../../support/gate-server.ts';
import { call } from '../../support/http.ts';

const TOKEN = '12345';
const form = 'Digits=1234&From=%2B14158675309';
const type = 'application/x-www-form-urlencoded';

/** Twilio's signature of the form, sent to this URL. */
const sign = (url: string): string =>
  createHmac('sha1', TOKEN).update(`${url}Digits1234From+14158675309`).digest('base64');

describe('A hook whose scheme signs the URL', () => {
  let server: GateServer;
  beforeEach(async () => {
    server = await GateServer.start();
  });
  afterEach(async () => server.stop());

  function claim({ publicUrl = '', root = '' } = {}): void {
    const settings = { id: 's', scheme: 'twilio', publicUrl, credentials: { secret: TOKEN } };
    const parsed = parseSigningSecret(settings);
    assert.ok(parsed.kind === 'valid');
    server.claimOpen('a', {
      root,
      signing: { findSecret: () => parsed.secret, onChecked: () => undefined },
    });
  }
  const send = async (signedUrl: string, where = '/hooks/a?foo=1&bar=2'): Promise<number> => {
    const headers = { 'content-type': type, 'x-twilio-signature': sign(signedUrl) };
    return (await call(`${server.url}${where}`, { body: form, headers })).status;
  };

  it('judges it as the request names it, with the query', async () => {
    claim();
    assert.equal(await send(`${server.url}/hooks/a?foo=1&bar=2`), 200);
    assert.equal(await send(`${server.url}/hooks/a?foo=1&bar=3`), 401);
    assert.equal(await send(`${server.url}/hooks/a`), 401);
    assert.equal(await send(`https://127.0.0.1:${server.port}/hooks/a?foo=1&bar=2`), 401);
  });

  it('judges it with the root of the host, and below the public URL where there is one', async () => {
    claim({ root: '/api', publicUrl: 'https://hooks.example/red/' });
    const where = '/api/hooks/a?foo=1';
    assert.equal(await send('https://hooks.example/red/api/hooks/a?foo=1', where), 200);
    assert.equal(await send(`${server.url}/api/hooks/a?foo=1`, where), 401);
  });

  it('judges it as it stands in the first line of a request that is sent as to a proxy', async () => {
    claim();
    const url = 'https://hooks.example/hooks/a?foo=1';
    const connection = await server.connect();
    const head = [
      `POST ${url} HTTP/1.1`,
      'Host: other.example',
      `Content-Type: ${type}`,
      `Content-Length: ${form.length}`,
      `X-Twilio-Signature: ${sign(url)}`,
    ];
    connection.send(head, form);
    await connection.waitFor('"accepted":true');
    connection.close();
  });
});
