import { hash, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../platform/secret.ts';
import { refusal } from '../refusals.ts';
import type { Authenticator } from './authenticator.ts';

/** A user name and its password. */
export interface BasicCredentials {
  readonly username: string;
  readonly password: Secret;
}

const TOKEN = /^basic +([a-z0-9+/]+={0,2}) *$/i;
const basic = { scheme: 'basic', credentialHeader: 'authorization' } as const;
const anonymous = { keyName: null };
const refused = refusal('unauthorized', {
  'WWW-Authenticate': 'Basic realm="inbound hook", charset="UTF-8"',
});

/** Two digests have the same length whatever was sent, so comparing them tells nothing of what was expected. */
const digest = (bytes: Uint8Array | string): Buffer => hash('sha256', bytes, 'buffer');

/**
 * Basic authentication in UTF-8, compared in constant time (RFC 7617). The password may hold colons, the user name may not.
 * Without whole credentials it refuses everyone.
 */
export function basicAuthentication(credentials: BasicCredentials | undefined): Authenticator {
  if (!credentials || !isUsable(credentials)) return { ...basic, authenticate: () => refused };
  const expected = digest(`${credentials.username}:${credentials.password.reveal()}`);
  return {
    ...basic,
    authenticate({ authorization = '' }) {
      const token = TOKEN.exec(authorization)?.[1];
      if (token === undefined) return refused;
      return timingSafeEqual(digest(Buffer.from(token, 'base64')), expected) ? anonymous : refused;
    },
  };
}

/** Whether there is a user name that Basic authentication can carry, and a password. */
export const isUsable = ({ username, password }: BasicCredentials): boolean =>
  username !== '' && !username.includes(':') && password.reveal() !== '';
