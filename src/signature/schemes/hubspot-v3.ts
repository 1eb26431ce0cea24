import { headerHmac } from '../header-hmac.ts';

/**
 * HubSpot, version 3: HMAC-SHA256 of method, URL, body and timestamp in base64, keyed with the app's client secret
 * (developers.hubspot.com, "Validating requests"). That page wants some escapes of the URL decoded before; HubSpot's own library
 * leaves them, so what was signed that way is verified too.
 */
export const hubspotV3 = headerHmac({
  header: 'X-HubSpot-Signature-v3',
  algorithm: 'sha256',
  encoding: 'base64',
  timestamp: { header: 'X-HubSpot-Request-Timestamp', format: 'milliseconds' },
  signsUrl: true,
  parts: ({ method, url, bytes, timestamp }) => [`${method}${decodeSome(url)}`, bytes, timestamp],
  otherParts: ({ method, url, bytes, timestamp }) => [`${method}${url}`, bytes, timestamp],
});

/** The escapes of `: / ? @ ! $ ' ( ) * , ;`, which are the ones that HubSpot's table lists. */
const decodeSome = (url: string): string =>
  url.replaceAll(/%(?:3A|2F|3F|40|2[14789AC]|3B)/gi, decodeURIComponent);
