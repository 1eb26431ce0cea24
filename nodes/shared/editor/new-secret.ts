import type { SchemeId } from '../../../src/signature/scheme-facts.ts';
import { toText } from './text.ts';

/** How the key of the scheme `generic` is read from the secret's text. */
export type KeyEncoding = 'utf8' | 'hex' | 'base64';

/** `getRandomValues` is there also over plain HTTP, where `crypto.subtle` and `randomUUID` are not. */
const randomBytes = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));

const base64 = (count: number): string => btoa(String.fromCharCode(...randomBytes(count)));
const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Letters and digits, each as likely as any other: a byte beyond the last whole multiple of 62 is thrown away. */
function alphanumeric(length: number): string {
  const least = 256 - (256 % ALPHANUMERIC.length);
  let text = '';
  while (text.length < length)
    for (const byte of randomBytes(length))
      if (byte < least && text.length < length) text += toText(ALPHANUMERIC[byte % ALPHANUMERIC.length]);
  return text;
}

/** A random UUID (RFC 9562, version 4). */
function uuid(): string {
  const digits = hex(randomBytes(16));
  const variant = '89ab'[parseInt(digits.slice(16, 17), 16) % 4] ?? '';
  const groups = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`];
  return [...groups, `${variant}${digits.slice(17, 20)}`, digits.slice(20)].join('-');
}

const hex256 = (): string => hex(randomBytes(32));
const hex128 = (): string => hex(randomBytes(16));
const whsec = (): string => `whsec_${base64(32)}`;

/** A new secret in the form that each scheme's own systems give theirs. */
const FORMS: Readonly<Record<SchemeId, (keyEncoding: KeyEncoding) => string>> = {
  'customer-thermometer': hex256,
  'standard-webhooks': whsec,
  svix: whsec,
  github: hex256,
  slack: hex128,
  stripe: () => `whsec_${alphanumeric(32)}`,
  shopify: hex256,
  zendesk: () => alphanumeric(32),
  typeform: hex256,
  surveymonkey: () => `${alphanumeric(22)}&${hex256()}`,
  jira: hex256,
  intercom: uuid,
  'hubspot-v3': uuid,
  twilio: hex128,
  generic: (keyEncoding) => (keyEncoding === 'base64' ? base64(32) : hex256()),
};

/** A new secret that nobody can guess, in the form of its scheme. */
export const newSecret = (scheme: SchemeId, keyEncoding: KeyEncoding = 'utf8'): string =>
  FORMS[scheme](keyEncoding);
