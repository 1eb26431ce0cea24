import { headerHmac } from '../header-hmac.ts';

/**
 * Customer Thermometer: HMAC-SHA256 of a line with the `Date` header and the body, in base64, keyed with the secret's text, whose
 * hex digits are not decoded (its help page "Webhooks", section "Verifying your webhook").
 */
export const customerThermometer = headerHmac({
  header: 'X-Ct-Hmac-Sha256',
  algorithm: 'sha256',
  encoding: 'base64',
  timestamp: { header: 'Date', format: 'http' },
  parts: ({ bytes, timestamp }) => [`Date: ${timestamp}\n`, bytes],
});
