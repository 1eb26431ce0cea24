import assert from 'node:assert/strict';
import { signatureOf, signingSecret, verify } from '../support/signing.ts';
import { messagesAt } from './messages.ts';
import { hubspot } from './vendors/hubspot.ts';
import { twilioClient } from './vendors/twilio.ts';

/** Where a scheme signs the URL, which of its spellings. */
const URLS = [
  'https://hooks.example.com/surveys',
  'https://hooks.example.com:8443/surveys?a=1&b=2',
  'https://hooks.example.com:443/surveys?a=1',
  "http://hooks.example.com/surveys?name=O'Brien&x=a+b",
  'https://hooks.example.com/surveys?email=a%40b.example&at=12%3A30',
  'https://hooks.example.com/caf%C3%A9?q=%E2%82%AC',
];

/** The only ones that HubSpot's documentation and its library spell differently. */
const DISPUTED_BY_HUBSPOT = /%40|%3A/;

for (const url of URLS)
  describe(`A signed URL: ${url}`, () => {
    const [message] = messagesAt(Date.now()).map((one) => ({ ...one, url }));
    const [form] = messagesAt(Date.now())
      .filter(({ kind }) => kind === 'form')
      .map((one) => ({ ...one, url }));
    assert.ok(message && form);

    it('is the same to Twilio, both ways', async () => {
      const ours = signingSecret('twilio', twilioClient.secret);
      assert.equal(await twilioClient.accepts(form, signatureOf(ours, form), twilioClient.secret), true);
      assert.equal(verify(ours, form, await twilioClient.sign(form, twilioClient.secret)).verified, true);
    });

    it('is taken as HubSpot signs it', async () => {
      const ours = signingSecret('hubspot-v3', hubspot.secret);
      assert.equal(verify(ours, message, await hubspot.sign(message, hubspot.secret)).verified, true);
    });

    const isDisputed = DISPUTED_BY_HUBSPOT.test(url);
    it(`is signed as HubSpot documents it, which its library ${isDisputed ? 'does not know' : 'takes'}`, async () => {
      const signed = signatureOf(signingSecret('hubspot-v3', hubspot.secret), message);
      assert.equal(await hubspot.accepts(message, signed, hubspot.secret), !isDisputed);
    });
  });
