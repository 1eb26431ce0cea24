import type { SchemeId } from '../../../src/signature/scheme-facts.ts';
import type { KeyEncoding } from './new-secret.ts';
import { isFilled } from './text.ts';

/** How many bytes a base64 text stands for; NaN where it is none, as it is written with its padding. */
function base64Length(text: string): number {
  if (text.length % 4 !== 0 || !/^[a-z0-9+/]+={0,2}$/i.test(text)) return NaN;
  return (text.length / 4) * 3 - (text.length - text.replace(/=+$/, '').length);
}

/** `whsec_` or nothing before 24 to 64 bytes; `whsk_` and `whpk_` before an ed25519 key, a private one perhaps with the public one. */
function isWebhookKey(secret: string): boolean {
  const [, prefix = '', encoded = ''] = /^(whsec_|whsk_|whpk_)?(.*)$/s.exec(secret) ?? [];
  const length = base64Length(encoded);
  if (prefix === 'whpk_') return length === 32;
  return prefix === 'whsk_' ? length === 32 || length === 64 : length >= 24 && length <= 64;
}

function isGenericKey(secret: string, keyEncoding: KeyEncoding): boolean {
  if (keyEncoding === 'hex') return /^(?:[0-9a-f]{2})+$/i.test(secret);
  if (keyEncoding === 'utf8') return true;
  // Padding may be missing, and base64url is taken too. One character alone at the end stands for no byte.
  return /^(?:[a-z0-9+/]+|[a-z0-9_-]+)={0,2}$/i.test(secret) && secret.replace(/=+$/, '').length % 4 !== 1;
}

/** Whether a text can be a secret of the scheme, as far as its form tells. */
export function isSecretForm(text: string, scheme: SchemeId, keyEncoding: KeyEncoding = 'utf8'): boolean {
  const secret = text.trim();
  if (!isFilled(secret)) return false;
  switch (scheme) {
    case 'standard-webhooks':
    case 'svix':
      return isWebhookKey(secret);
    case 'surveymonkey':
      return /^[^&]+&[^&]+$/.test(secret);
    case 'generic':
      return isGenericKey(secret, keyEncoding);
    default:
      return true;
  }
}
