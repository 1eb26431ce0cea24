import assert from 'node:assert/strict';
import type { EndpointSettings } from '../../src/delivery/endpoint/endpoint-settings.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { UndiciTransport } from '../../src/transport/undici-transport.ts';
import { DnsServer, type DnsScript } from '../support/dns-server.ts';
import { EngineBench } from '../support/engine-bench.ts';
import { Receiver } from '../support/receiver.ts';
import { until } from '../support/until.ts';

/** An address that is routed nowhere; it is let through by being allowed. */
const ELSEWHERE = '203.0.113.7';

describe('A delivery to an address that is refused', () => {
  let bench: EngineBench<UndiciTransport>;
  let receiver: Receiver;
  let dns: DnsServer;

  before(async () => {
    receiver = await Receiver.start();
    dns = await DnsServer.start(() => []);
    bench = await EngineBench.startWith(() => new UndiciTransport(systemClock, { lookup: dns.lookup }));
  });
  after(() => Promise.all([bench.close(), receiver.stop(), dns.stop()]));
  beforeEach(() => {
    receiver.requests.length = 0;
    receiver.answer(() => ({ body: 'ok' }));
  });

  const endpoint = (host: string, settings: Partial<EndpointSettings> = {}): void =>
    bench.endpoint({
      name: 'Helpdesk',
      url: `http://${host}:${receiver.port}/S3CR3T`,
      network: 'public',
      retry: 'custom',
      retryDelays: '1s,1s,1s',
      timeout: 300,
      ...settings,
    });

  /** The delivery and its first attempts, once so many have ended. */
  async function attempted(id: string, attempts = 1) {
    await until(async () => (await bench.find(id)).attempts.length >= attempts, {
      what: () => `${attempts} attempts`,
    });
    await bench.idle();
    return bench.find(id);
  }

  for (const host of ['127.0.0.1', '0x7f.1', '[::ffff:127.0.0.1]', 'inside.example'])
    for (const retryOn of ['failure', 'transient'])
      it(`fails at once with its reason: ${host}, whatever is retried (${retryOn})`, async () => {
        dns.answer(() => ['127.0.0.1']);
        const connections = receiver.connectionCount;
        endpoint(host, { retryOn });
        const { delivery, attempts } = await attempted(await bench.acceptOne());
        assert.equal(delivery.state.kind, 'failed');
        assert.equal(delivery.state.reason, 'permanent');
        assert.match(delivery.state.message, /The endpoint leads to .*loopback.*public addresses only/);
        assert.doesNotMatch(
          JSON.stringify([delivery, attempts.map(({ error }) => error)]),
          /S3CR3T|127\.0\.0\.1/,
        );
        assert.equal(attempts.length, 1);
        assert.equal(receiver.connectionCount, connections);
      });

  const REBINDING: DnsScript = (question) => [question === 0 ? ELSEWHERE : '127.0.0.1'];

  it('is never made by a name that changes its address between check and connection', async () => {
    dns.answer(REBINDING);
    const connections = receiver.connectionCount;
    endpoint('rebind.example', { allow: ELSEWHERE });
    const id = await bench.acceptOne();
    const first = await attempted(id);
    // Nobody is there, which may pass.
    assert.equal(first.delivery.state.kind, 'scheduled');
    assert.equal(dns.questionCount, 1);
    await bench.advance(1000);
    const second = await attempted(id, 2);
    assert.equal(dns.questionCount, 2);
    assert.equal(second.delivery.state.kind, 'failed');
    assert.match(second.attempts[1]?.error ?? '', /loopback/);
    assert.equal(receiver.connectionCount, connections);
  });

  it('is made where the answer that is connected to is allowed', async () => {
    dns.answer((question) => (question === 0 ? ['127.0.0.1', '169.254.169.254'] : ['10.0.0.1']));
    endpoint('allowed.example', { allow: '127.0.0.0/8' });
    const { delivery } = await attempted(await bench.acceptOne());
    assert.equal(delivery.state.kind, 'succeeded');
    assert.equal(receiver.requests[0]?.headers.host, `allowed.example:${receiver.port}`);
  });

  for (const answer of ['servfail', 'nxdomain'] as const)
    it(`is something else than one to a name without an address, which is retried: ${answer}`, async () => {
      dns.answer((question) => (question === 0 ? answer : ['127.0.0.1']));
      endpoint(`${answer}.example`, { allow: '127.0.0.1' });
      const id = await bench.acceptOne();
      const first = await attempted(id);
      assert.equal(first.delivery.state.kind, 'scheduled');
      assert.match(first.attempts[0]?.error ?? '', /host name of the endpoint was not found/);
      await bench.advance(1000);
      assert.equal((await attempted(id, 2)).delivery.state.kind, 'succeeded');
    });

  it('is not made by a redirect either, whose host is named', async () => {
    const location = `http://169.254.169.254:${receiver.port}/latest/S3CR3T`;
    receiver.answer(() => ({ status: 307, headers: { location } }));
    endpoint('127.0.0.1', { allow: '127.0.0.1', retry: 'none' });
    const { attempts } = await attempted(await bench.acceptOne());
    assert.match(
      attempts[0]?.error ?? '',
      /answered 307 and points to 169\.254\.169\.254:\d+; redirects are not followed/,
    );
    assert.doesNotMatch(attempts[0]?.error ?? '', /S3CR3T/);
    assert.equal(receiver.requests.length, 1);
  });
});
