import assert from 'node:assert/strict';
import type { EndpointSettings } from '../../../../src/delivery/endpoint/endpoint-settings.ts';
import type { Endpoint } from '../../../../src/delivery/endpoint/endpoint.ts';
import { credentialsSent, leadsToSamePlace } from '../../../../src/delivery/test-fire/stored-credentials.ts';
import { anEndpoint } from '../../../support/deliveries.ts';

describe('What is stored for an endpoint', () => {
  const deployed = anEndpoint({ url: 'https://shop.example/in' });
  const typed = (settings: Partial<EndpointSettings>): Endpoint =>
    anEndpoint({ url: 'https://shop.example/in', ...settings });

  const same: readonly Partial<EndpointSettings>[] = [
    { url: 'https://shop.example' },
    { url: 'https://SHOP.example:443/other/{{survey.ticketId}}?key=1' },
    { url: 'https://other.example/', credentials: { secretUrl: 'https://shop.example/secret' } },
    { method: 'DELETE', timeout: 1 },
  ];
  for (const settings of same)
    it(`may go to ${JSON.stringify(settings)}`, () => {
      assert.equal(leadsToSamePlace(typed(settings), deployed), true);
    });

  const others: readonly string[] = [
    'http://shop.example/in',
    'https://shop.example:8443/in',
    'https://shop.example.evil.example/in',
    'https://evil.example/https://shop.example/in',
    'https://xn--shp-fna.example/in',
  ];
  for (const url of others)
    it(`may not go to ${url}`, () => {
      assert.equal(leadsToSamePlace(typed({ url }), deployed), false);
    });

  for (const change of [{ tls: 'another' }, { proxy: 'another' }])
    it(`may not go with ${JSON.stringify(change)}`, () => {
      assert.equal(leadsToSamePlace({ ...deployed, ...change }, deployed), false);
      assert.equal(leadsToSamePlace(deployed, { ...deployed, ...change }), false);
      assert.equal(leadsToSamePlace({ ...deployed, ...change }, { ...deployed, ...change }), true);
    });

  it('goes out only as far as the authentication takes it', () => {
    assert.deepEqual(credentialsSent('none'), ['secretUrl']);
    assert.deepEqual(credentialsSent('basic'), ['secretUrl', 'username', 'password']);
    assert.deepEqual(credentialsSent('bearer'), ['secretUrl', 'token']);
    assert.deepEqual(credentialsSent('header'), ['secretUrl', 'headerValue']);
    assert.deepEqual(credentialsSent('constructor'), ['secretUrl']);
  });
});
