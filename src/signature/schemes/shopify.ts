import { headerHmac } from '../header-hmac.ts';

/** Shopify: HMAC-SHA256 of the body in base64, keyed with the app's client secret (shopify.dev, "Verify deliveries"). */
export const shopify = headerHmac({
  header: 'X-Shopify-Hmac-SHA256',
  algorithm: 'sha256',
  encoding: 'base64',
  parts: ({ bytes }) => [bytes],
});
