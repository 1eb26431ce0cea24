import { headerHmac } from '../header-hmac.ts';

/**
 * Zendesk: HMAC-SHA256 of timestamp and body, nothing between them, in base64 (developer.zendesk.com, "Verifying webhook
 * authenticity"). An older copy of that page has them the other way round, with a vector that this refuses.
 */
export const zendesk = headerHmac({
  header: 'X-Zendesk-Webhook-Signature',
  algorithm: 'sha256',
  encoding: 'base64',
  timestamp: { header: 'X-Zendesk-Webhook-Signature-Timestamp', format: 'iso' },
  parts: ({ bytes, timestamp }) => [timestamp, bytes],
});
