import assert from 'node:assert/strict';
import { isEndpointUrl, knownAnswer, originOf } from '../../../nodes/shared/editor/url.ts';

describe('originOf', () => {
  it('keeps scheme, host and port', () => {
    assert.equal(originOf('https://example.com:8443/a?b#c'), 'https://example.com:8443');
    assert.equal(originOf('example'), '');
  });
});

describe('isEndpointUrl', () => {
  for (const url of ['https://example.com/a/{{id}}?b={{c}}', 'http://127.0.0.1:3000', 'http://[::1]/x'])
    it(`takes ${url}`, () => assert.equal(isEndpointUrl(url), true));
  for (const url of [
    '',
    'example.com/x',
    'ftp://example.com/',
    'file:///etc/passwd',
    'https://user:secret@example.com/',
    'https://{{host}}.example.com/',
  ])
    it(`refuses ${url || 'nothing'}`, () => assert.equal(isEndpointUrl(url), false));
});

describe('knownAnswer', () => {
  for (const [url, answer] of [
    ['https://acme.freshdesk.com/api/v2/tickets', '201'],
    ['https://acme.zendesk.com/api/v2/tickets.json', '201'],
    ['https://acme.zendesk.com/api/v2/tickets/12.json', '200'],
    ['https://acme.service-now.com/api/now/table/incident', '201'],
    ['https://acme.service-now.com/api/sn_sc/servicecatalog/items/x/order_now', '200'],
    ['https://acme.atlassian.net/rest/servicedeskapi/request', '201'],
    ['https://prod-12.westeurope.logic.azure.com', '202'],
    ['https://default1.2.environment.api.powerplatform.com:443/x', '202'],
    ['https://api.powerautomate.com/x', '202'],
    ['https://example.com/freshdesk', undefined],
    ['https://evilpowerautomate.com/x', undefined],
    ['freshdesk', undefined],
  ] as const)
    it(`is ${answer ?? 'unknown'} for ${url}`, () => assert.equal(knownAnswer(url), answer));
});
