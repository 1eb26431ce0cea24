import { headerHmac } from '../header-hmac.ts';

/** Intercom: HMAC-SHA1 of the body in hex, keyed with the app's client secret (developers.intercom.com, "Signed notifications"). */
export const intercom = headerHmac({
  header: 'X-Hub-Signature',
  algorithm: 'sha1',
  encoding: 'hex',
  prefix: 'sha1=',
  parts: ({ bytes }) => [bytes],
});
