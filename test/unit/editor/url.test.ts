import assert from 'node:assert/strict';
import { isEndpointUrl, isTicketUrl, originOf } from '../../../nodes/shared/editor/url.ts';

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

describe('isTicketUrl', () => {
  it('knows helpdesks by their host, not by their path', () => {
    assert.equal(isTicketUrl('https://acme.freshdesk.com/api/v2/tickets'), true);
    assert.equal(isTicketUrl('https://acme.service-now.com/api/now/table/incident'), true);
    assert.equal(isTicketUrl('https://example.com/freshdesk'), false);
  });
});
