import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { refusal } from '../refusals.ts';
import type { ApiKey } from './api-keys.ts';
import type { Authenticator } from './authenticator.ts';
import { hasRole } from './has-role.ts';
import { digestOfKey } from './key-hash.ts';

export interface ApiKeyRules {
  readonly keys: readonly ApiKey[];
  /** In small letters. `authorization` takes the key as a Bearer token (RFC 6750); any other header takes it as it is. */
  readonly header: string;
  /** What a key must be good for; empty = a key with any role. */
  readonly role: string;
}

const BEARER = /^bearer +([^\s]+) *$/i;
const bearerNeeded = refusal('unauthorized', { 'WWW-Authenticate': 'Bearer realm="inbound hook"' });
/** There is no challenge for a header of one's own. */
const keyNeeded = refusal('unauthorized');
const forbidden = refusal('forbidden');

/**
 * Senders prove themselves with one of several keys. What is sent is compared with all of them in constant time: 401 where it is none,
 * 403 where it is one without the role. Of two entries for one key, one with the role is enough.
 */
export function apiKeyAuthentication({ keys, header, role }: ApiKeyRules): Authenticator {
  const unknown = header === 'authorization' ? bearerNeeded : keyNeeded;
  return {
    scheme: 'api-key',
    credentialHeader: header,
    authenticate(headers) {
      const sent = readSent(headers, header);
      if (sent === '') return unknown;
      const known = findAll(keys, digestOfKey(Buffer.from(sent, 'latin1')));
      if (known.length === 0) return unknown;
      const used = known.find((key) => hasRole(key, role));
      return used ? { keyName: used.name } : forbidden;
    },
  };
}

/** Empty where nothing was sent. */
function readSent(headers: IncomingHttpHeaders, header: string): string {
  const value = headers[header];
  if (typeof value !== 'string') return '';
  return header === 'authorization' ? (BEARER.exec(value)?.[1] ?? '') : value;
}

/** Without an early exit: how long it takes tells nothing of which key it was. */
const findAll = (keys: readonly ApiKey[], digest: Buffer): readonly ApiKey[] =>
  keys.filter((key) => timingSafeEqual(key.digest, digest));
