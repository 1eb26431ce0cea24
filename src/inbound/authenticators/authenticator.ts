import type { IncomingHttpHeaders } from 'node:http';
import type { Refusal } from '../refusals.ts';

/** What the headers prove about the sender; `keyName` names the key that was used, where keys have names. */
export interface Authentication {
  readonly keyName: string | null;
}

/** One way to tell a sender that may from one that may not, from the headers alone: the body is not read before it. */
export interface Authenticator {
  readonly scheme: 'api-key' | 'basic' | 'none';
  /** The header that holds what proves the sender, in small letters; undefined where there is none. */
  readonly credentialHeader: string | undefined;
  authenticate(headers: IncomingHttpHeaders): Authentication | Refusal;
}
