import { Webhook } from 'standardwebhooks';
import { TEXT_ONLY } from './limits.ts';
import type { Vendor } from '../vendor.ts';

/** The reference library of Standard Webhooks. Its HMAC alone: it knows no ed25519. */
export const standardwebhooks: Vendor = {
  library: 'standardwebhooks',
  scheme: 'standard-webhooks',
  secret: 'whsec_c3VydmV5LWhvb2tzLW1hZGUtdXAtZm9yLXRlc3Rz',
  previousSecret: 'whsec_c3VydmV5LWhvb2tzLWFuLW9sZGVyLW9uZS0wMDAw',
  limits: { 'not UTF-8': TEXT_ONLY },
  takesTheFuture: false,
  sign: ({ id, now, body }, secret) => ({
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, new Date(now), body),
  }),
  accepts({ body }, headers, secret) {
    new Webhook(secret).verify(body, headers, { jsonParse: false });
    return true;
  },
};
