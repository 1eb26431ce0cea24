import type { buildConnector } from 'undici';
import type { ProxySettings } from '../delivery/endpoint/proxy-settings.ts';
import type { Route } from '../delivery/endpoint/route.ts';
import { literalRefusal } from './address-guard.ts';
import { guardLookup } from './guarded-lookup.ts';
import { openSocket, TlsMaker, type SocketCallback, type SocketParts } from './socket.ts';
import { TransportFailure } from './transport-failure.ts';
import { openProxySocket, openTunnel, placeOf } from './tunnel.ts';

/** Makes the connections of a pool: told where a connection is wanted. */
type Connector = buildConnector.connector;

/** Connects to receivers themselves, at addresses that the route's rules let through. */
export function directConnector({ rules, tls: settings }: Route, parts: SocketParts): Connector {
  const lookup = guardLookup(parts.lookup, rules);
  const tls = new TlsMaker(settings);
  return (target, callback) => {
    const place = placeOf(target);
    // Node.js looks up no address, so the look-up alone would guard none that stands in the URL.
    const refusal = literalRefusal(place.host, rules);
    if (refusal === undefined) openSocket(place, { ...parts, lookup, tls }, tell(callback));
    else queueMicrotask(() => callback(new TransportFailure('address', refusal), null));
  };
}

/** Connects to the proxy, whatever the target: where the proxy is reached is its owner's choice. */
export const proxyConnector =
  (proxy: ProxySettings, parts: SocketParts): Connector =>
  (_target, callback) =>
    openProxySocket(proxy, parts, tell(callback));

/** Connects to receivers through the proxy, and speaks TLS with the receiver. */
export function tunnelConnector(
  { tls: settings }: Route,
  { proxy, ...parts }: SocketParts & { readonly proxy: ProxySettings },
): Connector {
  const tls = new TlsMaker(settings);
  return (target, callback) => {
    const place = placeOf(target);
    openTunnel(place, { proxy, ...parts }, (error, over) => {
      if (error) callback(error, null);
      else openSocket(place, { ...parts, tls, over }, tell(callback));
    });
  };
}

const tell =
  (callback: buildConnector.Callback): SocketCallback =>
  (error, socket) => {
    if (error) callback(error, null);
    else callback(null, socket);
  };
