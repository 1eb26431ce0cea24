import { headerHmac } from '../header-hmac.ts';

/** GitHub: HMAC-SHA256 of the body in hex (docs.github.com, "Validating webhook deliveries"). */
export const github = headerHmac({
  header: 'X-Hub-Signature-256',
  algorithm: 'sha256',
  encoding: 'hex',
  prefix: 'sha256=',
  parts: ({ bytes }) => [bytes],
});
