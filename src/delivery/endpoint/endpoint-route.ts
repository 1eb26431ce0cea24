import type { SettingProblem } from '../../platform/settings-check.ts';
import type { CheckedEndpoint } from './endpoint.ts';
import type { ParsedProxy } from './proxy-settings.ts';
import { makeRoute, type Route } from './route.ts';
import type { ParsedTls } from './tls-settings.ts';

/** Where endpoints find the TLS configurations and proxies that they name; undefined = not there. */
export interface ConnectionSource {
  findTls(id: string): ParsedTls | undefined;
  findProxy(id: string): ParsedProxy | undefined;
}

/** A source in which nothing is found. */
export const NO_CONNECTIONS: ConnectionSource = {
  findTls: () => undefined,
  findProxy: () => undefined,
};

/** An endpoint's route, or what is wrong with what it names for it. */
export type FoundRoute =
  | { readonly kind: 'valid'; readonly route: Route }
  | { readonly kind: 'invalid'; readonly problems: readonly SettingProblem[] };

/**
 * Finds what an endpoint's route is made of. Nothing is left out that is missing: no request goes without its client certificate, or
 * around its proxy.
 */
export function findRoute(endpoint: CheckedEndpoint, source: ConnectionSource): FoundRoute {
  const tls = findTls(endpoint, source);
  const proxy = findProxy(endpoint, source);
  const problems = [tls, proxy].flatMap((part) => ('setting' in part ? [part] : []));
  if ('setting' in tls || 'setting' in proxy) return { kind: 'invalid', problems };
  return { kind: 'valid', route: makeRoute({ rules: endpoint.rules, tls: tls.found, proxy: proxy.found }) };
}

/** Whether two findings come to the same. */
export function isSameRoute(one: FoundRoute, other: FoundRoute): boolean {
  if (one.kind === 'valid')
    return other.kind === 'valid' && one.route.key.reveal() === other.route.key.reveal();
  return other.kind === 'invalid' && JSON.stringify(one.problems) === JSON.stringify(other.problems);
}

type Part<Found> = { readonly found: Found | undefined } | SettingProblem;
type FoundPart<Kind extends 'tls' | 'proxy'> = Part<NonNullable<Route[Kind]>>;

function findTls({ tls: id, url }: CheckedEndpoint, source: ConnectionSource): FoundPart<'tls'> {
  if (id === undefined) return { found: undefined };
  if (url.toString().startsWith('http:')) return { setting: 'tls', message: TLS_UNUSED };
  const parsed = source.findTls(id);
  if (parsed?.kind === 'valid') return { found: parsed.tls };
  return { setting: 'tls', message: parsed?.message ?? TLS_MISSING };
}

function findProxy({ proxy: id }: CheckedEndpoint, source: ConnectionSource): FoundPart<'proxy'> {
  if (id === undefined) return { found: undefined };
  const parsed = source.findProxy(id);
  if (parsed?.kind === 'valid') return { found: parsed.proxy };
  return { setting: 'proxy', message: parsed?.message ?? PROXY_MISSING };
}

const TLS_MISSING = 'The TLS configuration is not in the flows; nothing is sent without it.';
const TLS_UNUSED =
  'The URL begins with http://, so nothing would be sent over TLS: change the URL or take it out.';
const PROXY_MISSING = 'The proxy is not in the flows; nothing is sent around it.';
