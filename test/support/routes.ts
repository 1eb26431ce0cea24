/** Routes and requests for tests of the transport. */
import assert from 'node:assert/strict';
import { parseAllowList } from '../../src/allow-list.ts';
import {
  parseProxy,
  type ProxySettings,
  type ProxyValues,
} from '../../src/delivery/endpoint/proxy-settings.ts';
import { makeRoute, type NetworkRules, type Route } from '../../src/delivery/endpoint/route.ts';
import { parseTls, type TlsSettings, type TlsValues } from '../../src/delivery/endpoint/tls-settings.ts';
import type { TransportRequest, TransportResult } from '../../src/delivery/transport.ts';

interface RouteFields {
  readonly network?: NetworkRules['network'];
  readonly allow?: string;
  readonly tls?: TlsValues;
  readonly proxy?: ProxyValues;
}

/** A route that goes anywhere, as given but for that. */
export function aRoute({ network = 'any', allow = '', tls, proxy }: RouteFields = {}): Route {
  const list = parseAllowList(allow);
  assert.ok(list, 'the list of what is allowed is understood');
  return makeRoute({
    rules: { network, allow: list },
    tls: tls && tlsOf(tls),
    proxy: proxy && proxyOf(proxy),
  });
}

/** A TLS configuration, which must be valid. */
export function tlsOf(values: TlsValues): TlsSettings {
  const parsed = parseTls(values);
  assert.equal(parsed.kind, 'valid', JSON.stringify(parsed));
  return parsed.tls;
}

/** A proxy, which must be valid. */
export function proxyOf(values: ProxyValues): ProxySettings {
  const parsed = parseProxy(values);
  assert.equal(parsed.kind, 'valid', JSON.stringify(parsed));
  return parsed.proxy;
}

/** A POST of `{}` to a URL. */
export const aRequest = (url: string, route: Route, timeoutMs = 3000): TransportRequest => ({
  url: new URL(url),
  method: 'POST',
  headers: [['X-Name', 'a']],
  body: Buffer.from('{}'),
  timeoutMs,
  route,
});

/** The words of a failure, which must have this code. */
export function failureOf(result: TransportResult, code: string): string {
  assert.equal(result.kind, 'error', JSON.stringify(result));
  assert.equal(result.code, code, result.message);
  return result.message;
}

/** That an answer came, and which. */
export function assertStatus(result: TransportResult, statusCode = 200): void {
  assert.equal(result.kind, 'response', JSON.stringify(result));
  assert.equal(result.statusCode, statusCode);
}
