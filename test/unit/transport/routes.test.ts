import assert from 'node:assert/strict';
import { lookup } from 'node:dns';
import { PLAIN_ROUTE } from '../../../src/delivery/route.ts';
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
  afterEach(() => routes.destroy());

  it('are the same for routes that are the same, and others for all others', () => {
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
    const found = different.map((fields) => routes.find(aRoute(fields)));
    assert.equal(new Set(found).size, different.length);
    different.forEach((fields, at) => assert.equal(routes.find(aRoute(fields)), found[at]));
    assert.equal(routes.find(PLAIN_ROUTE), found[0]);
  });

  it('are let go once their route was not used for a minute', async () => {
    const strict = aRoute({ network: 'public' });
    const [plain, first] = [routes.find(PLAIN_ROUTE), routes.find(strict)];
    for (let minute = 0; minute < 3; minute++) {
      await clock.advance(MINUTE);
      assert.equal(routes.find(PLAIN_ROUTE), plain);
    }
    assert.equal(routes.count, 1);
    assert.notEqual(routes.find(strict), first);
    await clock.advance(3 * MINUTE);
    assert.equal(routes.count, 0);
    assert.equal(clock.nextTimerAt, undefined);
  });

  it('are bounded by the routes in use, however often routes change', async () => {
    for (let round = 0; round < 50; round++) {
      for (let at = 0; at < 10; at++)
        routes.find(aRoute({ network: 'public', allow: `10.${round}.${at}.1` }));
      await clock.advance(MINUTE);
      assert.ok(routes.count <= 20, `${routes.count}`);
    }
  });

  it('are none any more after the end', async () => {
    routes.find(PLAIN_ROUTE);
    await routes.destroy();
    assert.equal(routes.find(PLAIN_ROUTE), undefined);
    assert.equal(clock.nextTimerAt, undefined);
  });
});
