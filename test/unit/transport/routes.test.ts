import assert from 'node:assert/strict';
import { lookup } from 'node:dns';
import { PLAIN_ROUTE } from '../../../src/delivery/endpoint/route.ts';
import { Routes } from '../../../src/transport/routes.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { aRoute } from '../../support/routes.ts';

const MINUTE = 60_000;

describe('The connections of routes', () => {
  let clock: FakeClock;
  let routes: Routes;
  beforeEach(() => {
    clock = new FakeClock();
    routes = new Routes({ clock, lookup });
  });
  afterEach(() => routes.close());

  /** The connections of a route, as an exchange that ends at once gets them. */
  const find = (fields: Parameters<typeof aRoute>[0] = {}) =>
    routes.use(aRoute(fields), (agents) => Promise.resolve(agents));

  it('are the same for routes that are the same, and others for all others', async () => {
    const tls = { servername: 'a.example' };
    const proxy = { url: 'http://proxy.example:3128', username: 'u', password: 'p' };
    const different = [
      {},
      { network: 'public' },
      { network: 'public', allow: '10.0.0.0/8' },
      { network: 'public', allow: 'nas' },
      { tls },
      { tls: { ...tls, rejectUnauthorized: false } },
      { tls: { ...tls, ALPNProtocols: ['x-amzn-http-ca'] } },
      { proxy },
      { proxy: { ...proxy, password: 'q' } },
      { proxy: { ...proxy, noProxy: ['nas'] } },
      { proxy, tls },
    ] as const;
    const found = await Promise.all(different.map(find));
    assert.equal(new Set(found).size, different.length);
    const again = await Promise.all(different.map(find));
    again.forEach((agents, at) => assert.equal(agents, found[at]));
    assert.equal(aRoute().key.reveal(), PLAIN_ROUTE.key.reveal());
  });

  it('are let go once their route was not used for a minute', async () => {
    const strict = { network: 'public' } as const;
    const [plain, first] = [await find(), await find(strict)];
    for (let minute = 0; minute < 3; minute++) {
      await clock.advance(MINUTE);
      assert.equal(await find(), plain);
    }
    assert.equal(routes.count, 1);
    assert.notEqual(await find(strict), first);
    await clock.advance(3 * MINUTE);
    assert.equal(routes.count, 0);
    assert.equal(clock.nextTimerAt, undefined);
  });

  it('stay while an exchange is under way, however long', async () => {
    const agents = await find();
    let end = (): void => undefined;
    const exchange = routes.use(PLAIN_ROUTE, () => new Promise<void>((resolve) => (end = resolve)));
    await clock.advance(10 * MINUTE);
    assert.equal(await find(), agents);
    end();
    await exchange;
    await clock.advance(3 * MINUTE);
    assert.equal(routes.count, 0);
  });

  it('are bounded by the routes in use, however often routes change', async () => {
    for (let round = 0; round < 50; round++) {
      for (let at = 0; at < 10; at++) await find({ network: 'public', allow: `10.${round}.${at}.1` });
      await clock.advance(MINUTE);
      assert.ok(routes.count <= 20, `${routes.count}`);
    }
  });

  it('are none any more after the end', async () => {
    await find();
    await routes.close();
    assert.equal(await find(), undefined);
    assert.equal(clock.nextTimerAt, undefined);
  });
});
