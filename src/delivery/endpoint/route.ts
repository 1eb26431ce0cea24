import { createHash } from 'node:crypto';
import { NOTHING_ALLOWED, type AllowList } from '../../allow-list.ts';
import { Secret } from '../../platform/secret.ts';
import type { ProxySettings } from './proxy-settings.ts';
import type { TlsSettings } from './tls-settings.ts';

/**
 * To which addresses an endpoint may send: `any`, or `public` ones and those that `allow` names. Those of link-local networks and of
 * metadata services are refused in both.
 */
export interface NetworkRules {
  readonly network: 'any' | 'public';
  readonly allow: AllowList;
}

/** The way that requests take: where they may go, what is shown and believed there, and through whom they go. */
export interface Route {
  readonly rules: NetworkRules;
  /** Undefined = the authorities that Node.js trusts, and no client certificate. */
  readonly tls: TlsSettings | undefined;
  /** Undefined = none. */
  readonly proxy: ProxySettings | undefined;
  /** The same for routes that are the same in everything, and for no others: they may share connections. */
  readonly key: Secret;
}

/** The route of these parts. */
export function makeRoute({ rules, tls, proxy }: Omit<Route, 'key'>): Route {
  const parts = JSON.stringify([rules, tls?.fingerprint.reveal(), proxy?.fingerprint.reveal()]);
  // Secret, because it is made of passwords that may be short enough to be guessed from it.
  return { rules, tls, proxy, key: new Secret(createHash('sha256').update(parts).digest('base64')) };
}

/** The route of an endpoint that says nothing of it. */
export const PLAIN_ROUTE = makeRoute({
  rules: { network: 'any', allow: NOTHING_ALLOWED },
  tls: undefined,
  proxy: undefined,
});
