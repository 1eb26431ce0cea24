import { headerHmac } from '../header-hmac.ts';

/** Slack: HMAC-SHA256 of version, timestamp and body in hex (docs.slack.dev, "Verifying requests from Slack"). */
export const slack = headerHmac({
  header: 'X-Slack-Signature',
  algorithm: 'sha256',
  encoding: 'hex',
  prefix: 'v0=',
  timestamp: { header: 'X-Slack-Request-Timestamp', format: 'seconds' },
  parts: ({ bytes, timestamp }) => [`v0:${timestamp}:`, bytes],
});
