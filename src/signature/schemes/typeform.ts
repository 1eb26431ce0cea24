import { headerHmac } from '../header-hmac.ts';

/** Typeform: HMAC-SHA256 of the body in base64 after a prefix (typeform.com/developers, "Secure your webhooks"). */
export const typeform = headerHmac({
  header: 'Typeform-Signature',
  algorithm: 'sha256',
  encoding: 'base64',
  prefix: 'sha256=',
  parts: ({ bytes }) => [bytes],
});
