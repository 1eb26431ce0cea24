import { Webhook } from 'svix';
import { TEXT_ONLY } from './limits.ts';
import type { Vendor } from '../vendor.ts';

const NO_JSON = 'It also parses the body as JSON, and refuses it where that fails.';

/** Svix's client. It signs with a copy of `standardwebhooks`, and has its own names of the headers. */
export const svix: Vendor = {
  library: 'svix',
  scheme: 'svix',
  secret: 'whsec_c3VydmV5LWhvb2tzLW1hZGUtdXAtZm9yLXN2aXg=',
  previousSecret: 'whsec_c3VydmV5LWhvb2tzLWFuLW9sZGVyLXN2aXgtMDAw',
  limits: { form: NO_JSON, empty: NO_JSON, 'a byte order mark': NO_JSON, 'not UTF-8': TEXT_ONLY },
  takesTheFuture: false,
  sign: ({ id, now, body }, secret) => ({
    'svix-id': id,
    'svix-timestamp': String(Math.floor(now / 1000)),
    'svix-signature': new Webhook(secret).sign(id, new Date(now), body),
  }),
  accepts({ body }, headers, secret) {
    new Webhook(secret).verify(body, headers);
    return true;
  },
};
