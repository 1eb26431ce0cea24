import { headerHmac } from '../header-hmac.ts';

/**
 * Jira: HMAC-SHA256 of the body in hex, in the header that GitHub once used for SHA-1 (confluence.atlassian.com, "Managing
 * webhooks"). The algorithm is fixed: the header's prefix chooses nothing.
 */
export const jira = headerHmac({
  header: 'X-Hub-Signature',
  algorithm: 'sha256',
  encoding: 'hex',
  prefix: 'sha256=',
  parts: ({ bytes }) => [bytes],
});
