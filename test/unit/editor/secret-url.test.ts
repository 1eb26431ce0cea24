import assert from 'node:assert/strict';
import {
  isEndpointUrl,
  isSecretUrl,
  isTicketUrl,
  originOf,
} from '../../../nodes/shared/editor/secret-url.ts';

describe('isSecretUrl', () => {
  for (const url of [
    'https://hooks.slack.com/services/T0/B0/x',
    'https://acme.webhook.office.com/webhookb2/x',
    'https://prod-1.westeurope.logic.azure.com:443/workflows/x?sig=y',
    'https://x.01.environment.api.powerplatform.com/workflows/y',
    'https://api.powerautomate.com/x',
    'https://hooks.zapier.com/hooks/catch/1/x',
    'https://hook.eu1.make.com/x',
    'https://discord.com/api/webhooks/1/x',
    ' HTTPS://HOOKS.SLACK.COM/services/x ',
    'https://hooks.slack.com/?secret=x',
  ])
    it(`knows ${url.trim()}`, () => assert.equal(isSecretUrl(url), true));

  for (const url of [
    'https://hooks.slack.com',
    'https://hooks.slack.com/',
    'https://example.com/hooks.slack.com/services/x',
    'https://hooks.slack.com.example.com/services/x',
    'https://discord.com/channels/1',
    'https://evil-logic.azure.com.example.com/x',
    'no URL',
    '',
  ])
    it(`leaves ${url || 'nothing'} alone`, () => assert.equal(isSecretUrl(url), false));
});

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
