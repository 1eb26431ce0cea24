import assert from 'node:assert/strict';
import { parseEndpoint } from '../../../../src/delivery/endpoint/endpoint-settings.ts';
import { isSecretOrigin, isSecretUrl } from '../../../../src/delivery/endpoint/secret-url.ts';

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
    'https://hooks.slack.com./services/T0/B0/x',
    'https://hooks.slack-gov.com/services/T0/B0/x',
    'https://prod-1.usgovtexas.logic.azure.us/workflows/x',
    'https://hooks.airtable.com/workflows/v1/x',
    'https://maker.ifttt.com/trigger/survey/with/key/x',
    'https://api.telegram.org/bot1:x/sendMessage',
    'https://webexapis.com/v1/webhooks/incoming/x',
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
    'https://webexapis.com/v1/messages',
    'https://evil-logic.azure.com.example.com/x',
    'no URL',
    '',
  ])
    it(`leaves ${url || 'nothing'} alone`, () => assert.equal(isSecretUrl(url), false));
});

describe('An endpoint at a host whose URLs are secrets', () => {
  it('shows its origin only, wherever the URL stands', () => {
    const parsed = parseEndpoint({ id: 'a', url: 'https://hooks.slack.com/services/T0/B0/x' });
    assert.ok(parsed.kind === 'valid');
    assert.equal(String(parsed.endpoint.url), 'https://hooks.slack.com/[secret]');
  });

  it('is not valid without the rest of its URL, as after an import', () => {
    assert.equal(isSecretOrigin('https://hooks.slack.com/'), true);
    assert.equal(isSecretOrigin('https://example.com/'), false);
    const parsed = parseEndpoint({ id: 'a', url: 'https://hooks.slack.com' });
    assert.ok(parsed.kind === 'invalid');
    assert.deepEqual(
      parsed.problems.map(({ setting }) => setting),
      ['url'],
    );
  });
});
