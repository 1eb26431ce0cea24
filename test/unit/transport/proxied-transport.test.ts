import assert from 'node:assert/strict';
import type { ProxyValues } from '../../../src/delivery/endpoint/proxy-settings.ts';
import type { Route } from '../../../src/delivery/endpoint/route.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { UndiciTransport } from '../../../src/transport/undici-transport.ts';
import { makeCertificate } from '../../support/certificate.ts';
import { HttpProxy, type HttpProxyOptions } from '../../support/http-proxy.ts';
import { Receiver } from '../../support/receiver.ts';
import { aRequest, aRoute, assertStatus, failureOf } from '../../support/routes.ts';
import { TlsReceiver } from '../../support/tls-receiver.ts';
import { until } from '../../support/until.ts';

const never = new AbortController().signal;
const login = { username: 'ops', password: 'S3CR3T: ü' };
const authorization = `Basic ${Buffer.from('ops:S3CR3T: ü').toString('base64')}`;

/** The values of a header, as they came. */
const valuesOf = (name: string, rawHeaders: readonly string[] = []): string[] =>
  rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name);

describe('A transport with a proxy', () => {
  let transport: UndiciTransport;
  let receiver: Receiver;
  let secure: TlsReceiver;
  let proxy: HttpProxy;
  let server: Awaited<ReturnType<typeof makeCertificate>>;

  before(async () => (server = await makeCertificate()));
  beforeEach(async () => {
    transport = new UndiciTransport(systemClock);
    [receiver, secure] = await Promise.all([Receiver.start(), TlsReceiver.start({ ...server })]);
  });
  afterEach(async () => {
    await transport.close();
    await Promise.all([receiver.stop(), secure.stop(), proxy.stop()]);
  });

  const open = async (options?: HttpProxyOptions): Promise<void> =>
    void (proxy = await HttpProxy.start(options));
  const through = (values: ProxyValues = {}, fields: Parameters<typeof aRoute>[0] = {}): Route =>
    aRoute({ ...fields, proxy: { url: proxy.url, ...values } });
  const secured = (values: ProxyValues = {}) => through(values, { tls: { ca: server.cert } });
  const send = (url: string, route: Route, timeoutMs?: number) =>
    transport.send(aRequest(url, route, timeoutMs), never);

  it('asks it for the whole URL of a receiver without TLS', async () => {
    await open();
    assertStatus(await send(`${receiver.url}/in?a=%2F&b`, through()));
    assert.deepEqual(
      proxy.asked.map(({ method, target }) => [method, target]),
      [['POST', `${receiver.url}/in?a=%2F&b`]],
    );
    const [got] = receiver.requests;
    assert.deepEqual([got?.path, got?.headers.host], ['/in?a=%2F&b', `127.0.0.1:${receiver.port}`]);
    assert.equal(got?.body.toString(), '{}');
  });

  it('asks it for a tunnel to a receiver with TLS, whose certificate is looked at', async () => {
    await open();
    assertStatus(await send(`${secure.url}/in?a`, secured()));
    failureOf(await send(`${secure.url}/in?a`, through()), 'tls');
    assert.deepEqual(proxy.asked[0], {
      method: 'CONNECT',
      target: `localhost:${secure.port}`,
      rawHeaders: ['host', `localhost:${secure.port}`, 'connection', 'keep-alive'],
    });
    assert.deepEqual(
      secure.calls.map(({ path, body, servername }) => [path, body, servername]),
      [['/in?a', '{}', 'localhost']],
    );
  });

  it('fails with TLS settings that are refused only within the tunnel, and lets that go', async () => {
    await open();
    const route = through({}, { tls: { ca: server.cert, ALPNProtocols: ['x'.repeat(256)] } });
    failureOf(await send(`${secure.url}/in`, route, 2000), 'other');
    assert.equal(proxy.asked.length, 1);
    await until(() => proxy.socketCount === 0, { what: () => `${proxy.socketCount} sockets` });
  });

  it('shows the client certificate to the receiver, within the tunnel', async () => {
    const client = await makeCertificate();
    await secure.stop();
    secure = await TlsReceiver.start({ ...server, ca: client.cert, requestCert: true });
    await open();
    const route = through({}, { tls: { ca: server.cert, ...client } });
    assertStatus(await send(secure.url, route));
    assert.deepEqual(
      secure.calls.map(({ isClientTrusted }) => isClientTrusted),
      [true],
    );
  });

  it('gives it the user name and password, and the receiver neither', async () => {
    await open({ login });
    assertStatus(await send(`${receiver.url}/in`, through(login)));
    assertStatus(await send(`${secure.url}/in`, secured(login)));
    const inUrl = proxy.url.replace('//', '//ops:S3CR3T%3A%20%C3%BC@');
    assertStatus(await send(`${receiver.url}/in`, through({ url: inUrl })));
    for (const { rawHeaders } of proxy.asked)
      assert.deepEqual(valuesOf('proxy-authorization', rawHeaders), [authorization]);
    for (const { rawHeaders } of [...receiver.requests, ...secure.calls])
      assert.deepEqual(valuesOf('proxy-authorization', rawHeaders), []);
  });

  it('says proxy where it does not know them', async () => {
    await open({ login });
    for (const values of [{}, { ...login, password: 'S3CR3T' }]) {
      for (const result of [
        await send(`${receiver.url}/in`, through(values)),
        await send(`${secure.url}/in`, secured(values)),
      ]) {
        assert.match(failureOf(result, 'proxy'), /asks for a user name and a password, or does not know/);
        assert.doesNotMatch(JSON.stringify(result), /S3CR3T|127\.0|localhost|Basic/);
      }
    }
    assert.equal(receiver.requests.length + secure.calls.length, 0);
  });

  it('says proxy where it makes no tunnel', async () => {
    for (const tunnelStatus of [403, 503]) {
      await open({ tunnelStatus });
      assert.match(
        failureOf(await send(secure.url, secured()), 'proxy'),
        new RegExp(`answered ${tunnelStatus}`),
      );
      await proxy.stop();
    }
  });

  it('says proxy where it is not there, and goes around it never', async () => {
    await open();
    const routes = [through(), secured()];
    await proxy.stop();
    failureOf(await send(receiver.url, routes[0]!), 'proxy');
    failureOf(await send(secure.url, routes[1]!), 'proxy');
    assert.equal(receiver.connectionCount + secure.connectionCount, 0);
  });

  it('ends at the deadline, which is a total, where it is silent', async () => {
    await open();
    receiver.answer(() => ({ kind: 'hang' }));
    failureOf(await send(receiver.url, through(), 100), 'timeout');
  });

  it('goes around it for the hosts that are to be called without it', async () => {
    await open();
    assertStatus(await send(receiver.url, through({ noProxy: ['127.0.0.1'] })));
    assertStatus(await send(secure.url, secured({ noProxy: ['other.example, localhost'] })));
    assert.equal(proxy.asked.length, 0);
    assertStatus(await send(receiver.url, through({ noProxy: ['127.0.0.1:1'] })));
    assert.equal(proxy.asked.length, 1);
  });

  it('lets the proxy look up names, but guards the addresses that stand in URLs', async () => {
    await open({ port: receiver.port });
    const strict = (noProxy: string[] = []) => through({ noProxy }, { network: 'public' });
    assertStatus(await send('http://inside.invalid/in', strict()));
    assert.equal(proxy.asked[0]?.target, 'http://inside.invalid/in');
    failureOf(await send('http://10.0.0.7/in', strict()), 'address');
    failureOf(await send('https://[::1]/in', strict()), 'address');
    failureOf(await send('http://169.254.169.254/latest', through()), 'address');
    failureOf(await send(receiver.url, strict(['127.0.0.1'])), 'address');
    assert.equal(proxy.asked.length, 1);
  });

  it('keeps every header, its order and what comes twice', async () => {
    await open();
    const headers = [
      ['X-B', '1'],
      ['x-a', 'é'],
      ['X-B', '2'],
    ] as const;
    assertStatus(await transport.send({ ...aRequest(receiver.url, through()), headers }, never));
    const raw = proxy.asked[0]?.rawHeaders ?? [];
    assert.deepEqual(
      raw.filter((name, at) => at % 2 === 0 && /^x-/i.test(name)),
      ['X-B', 'x-a', 'X-B'],
    );
    assert.deepEqual(valuesOf('host', raw), [`127.0.0.1:${receiver.port}`]);
  });

  it('uses its connections again', async () => {
    await open();
    for (let count = 0; count < 10; count++) {
      assertStatus(await send(`${receiver.url}/in`, through()));
      assertStatus(await send(`${secure.url}/in`, secured()));
    }
    const tunnels = proxy.asked.filter(({ method }) => method === 'CONNECT');
    assert.ok(tunnels.length <= 2, `${tunnels.length} tunnels`);
  });
});
