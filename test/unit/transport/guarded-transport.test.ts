import assert from 'node:assert/strict';
import type { LookupFunction } from 'node:net';
import type { Route } from '../../../src/delivery/endpoint/route.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { UndiciTransport } from '../../../src/transport/undici-transport.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { Receiver } from '../../support/receiver.ts';
import { aRequest, aRoute, assertStatus, failureOf } from '../../support/routes.ts';

const never = new AbortController().signal;

describe('A transport that guards addresses', () => {
  let transport: UndiciTransport;
  let receiver: Receiver;
  let addresses: Readonly<Record<string, readonly string[]>> = {};
  const asked: string[] = [];

  /** Answers as `dns.lookup` does where all addresses are asked for. */
  const lookup: LookupFunction = (host, _options, callback) => {
    asked.push(host);
    const found = addresses[host] ?? [];
    const all = found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    queueMicrotask(() => callback(null, all));
  };
  const send = (url: string, route: Route) => transport.send(aRequest(url, route), never);

  beforeEach(async () => {
    asked.length = 0;
    addresses = {};
    receiver = await Receiver.start();
    transport = new UndiciTransport(systemClock, { lookup });
  });
  afterEach(async () => {
    await transport.close();
    await receiver.stop();
  });

  const isUntouched = (): void => assert.equal(receiver.connectionCount, 0);
  const local = (host: string): string => `http://${host}:${receiver.port}/S3CR3T?k=S3CR3T`;

  for (const host of [
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
    '１２７.0.0.1',
    '127.0.0.1.',
    '[::ffff:127.0.0.1]',
  ])
    it(`sends nothing to ${host} where only public addresses are allowed`, async () => {
      const words = failureOf(await send(local(host), aRoute({ network: 'public' })), 'address');
      assert.match(words, /loopback.*allow the host or the address/);
      assert.doesNotMatch(words, /S3CR3T|127|http/);
      isUntouched();
      assert.deepEqual(asked, []);
    });

  for (const host of [
    '169.254.169.254',
    '[fd00:ec2::254]',
    '[fe80::1]',
    '0.0.0.0',
    '[::]',
    '[::ffff:a9fe:a9fe]',
    '255.255.255.255',
  ])
    it(`sends nothing to ${host}, whatever is allowed`, async () => {
      const route = aRoute({ allow: '0.0.0.0/0, ::/0' });
      assert.match(
        failureOf(await send(local(host), route), 'address'),
        /no setting lets anything be sent there/,
      );
      isUntouched();
    });

  it('sends to an address in the URL that is allowed, without a look-up', async () => {
    for (const route of [aRoute(), aRoute({ network: 'public', allow: '127.0.0.0/8' })])
      assertStatus(await send(local('127.0.0.1'), route));
    assert.deepEqual(asked, []);
  });

  it('judges every name by its addresses', async () => {
    addresses = { 'inside.example': ['127.0.0.1'], 'meta.example': ['169.254.169.254', 'fd00:ec2::254'] };
    const route = aRoute({ network: 'public' });
    failureOf(await send(local('inside.example'), route), 'address');
    failureOf(await send(local('meta.example'), aRoute({ allow: 'meta.example' })), 'address');
    isUntouched();
    assertStatus(await send(local('inside.example'), aRoute({ network: 'public', allow: 'inside.example' })));
    assertStatus(await send(local('inside.example'), aRoute({ network: 'public', allow: '127.0.0.1' })));
    assert.equal(receiver.requests.length, 2);
    assert.equal(receiver.requests[0]?.headers.host, `inside.example:${receiver.port}`);
  });

  it('connects to none of a name’s addresses that are refused, and to the others', async () => {
    addresses = { 'mixed.example': ['10.255.255.1', 'fe80::1', '::ffff:10.255.255.2', '127.0.0.1'] };
    assertStatus(await send(local('mixed.example'), aRoute({ network: 'public', allow: '127.0.0.1' })));
  });

  it('asks once for each connection, and connects to what it was told', async () => {
    addresses = { 'hooks.example': ['127.0.0.1'] };
    const route = aRoute({ network: 'public', allow: '127.0.0.1' });
    for (let count = 0; count < 5; count++) assertStatus(await send(local('hooks.example'), route));
    assert.ok(asked.length <= receiver.connectionCount, `${asked.length} look-ups`);
  });

  it('says dns where a name has no address, which may pass', async () => {
    failureOf(await send(local('nobody.example'), aRoute({ network: 'public' })), 'dns');
  });

  it('never serves an endpoint with a connection that was made under other rules', async () => {
    addresses = { 'hooks.example': ['127.0.0.1'] };
    assertStatus(await send(local('hooks.example'), aRoute()));
    assertStatus(await send(local('127.0.0.1'), aRoute()));
    const strict = aRoute({ network: 'public' });
    failureOf(await send(local('hooks.example'), strict), 'address');
    failureOf(await send(local('127.0.0.1'), strict), 'address');
    assert.equal(receiver.requests.length, 2);
  });

  describe('whose route is not used any more', () => {
    let clock: FakeClock;
    let patient: UndiciTransport;
    beforeEach(() => {
      clock = new FakeClock();
      patient = new UndiciTransport(clock, { lookup });
      receiver.hold();
    });
    afterEach(() => patient.close());
    const begin = async () => {
      const sent = patient.send(aRequest(local('127.0.0.1'), aRoute(), 600_000), never);
      await receiver.waitFor(1);
      for (let minute = 0; minute < 3; minute++) await clock.advance(60_000);
      return { sent };
    };

    it('lets what is under way end, and connects anew for what comes later', async () => {
      const { sent } = await begin();
      const later = patient.send(aRequest(local('127.0.0.1'), aRoute(), 600_000), never);
      await receiver.waitFor(2);
      receiver.release();
      assertStatus(await sent);
      assertStatus(await later);
    });

    it('ends what is under way when it closes', async () => {
      const { sent } = await begin();
      await patient.close();
      failureOf(await sent, 'aborted');
    });
  });

  it('shares connections between endpoints of the same rules', async () => {
    for (let count = 0; count < 10; count++)
      assertStatus(await send(local('127.0.0.1'), aRoute({ network: 'public', allow: '127.0.0.1' })));
    assert.ok(receiver.connectionCount <= 2);
  });
});
