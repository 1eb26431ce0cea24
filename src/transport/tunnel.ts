import { request, type IncomingMessage } from 'node:http';
import { isIPv6, type Socket } from 'node:net';
import type { ProxySettings } from '../delivery/endpoint/proxy-settings.ts';
import { openSocket, TlsMaker, type Place, type SocketCallback, type SocketParts } from './socket.ts';
import { TransportFailure } from './transport-failure.ts';

const PROXY_MS = 10_000;

/** Opens a socket to the proxy itself; what goes wrong there is a failure of the proxy. */
export function openProxySocket({ url }: ProxySettings, parts: SocketParts, callback: SocketCallback): void {
  openSocket(placeOf(url), { ...parts, tls: new TlsMaker() }, (error, socket) => {
    if (error) callback(new TransportFailure('proxy'), null);
    else callback(null, socket);
  });
}

/** Opens a socket that leads through the proxy to a place (CONNECT; RFC 9110, 9.3.6). */
export function openTunnel(
  place: Place,
  { proxy, ...parts }: SocketParts & { readonly proxy: ProxySettings },
  callback: SocketCallback,
): void {
  openProxySocket(proxy, parts, (error, socket) => {
    if (error) {
      callback(error, null);
      return;
    }
    ask(place, { socket, proxy, parts }, callback);
  });
}

function ask(
  { host, port }: Place,
  { socket, proxy, parts }: { socket: Socket; proxy: ProxySettings; parts: SocketParts },
  callback: SocketCallback,
): void {
  const authority = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const authorization = proxy.authorization?.reveal();
  const asking = request({
    method: 'CONNECT',
    path: authority,
    headers: {
      host: authority,
      connection: 'keep-alive',
      ...(authorization !== undefined && { 'proxy-authorization': authorization }),
    },
    createConnection: () => socket,
  });
  const timer = parts.clock.after(PROXY_MS, () => asking.destroy(new Error('No answer in time.')));
  asking.on('error', () => {
    timer.cancel();
    socket.destroy();
    callback(new TransportFailure('proxy'), null);
  });
  asking.once('connect', (answer: IncomingMessage) => {
    timer.cancel();
    const { statusCode = 0 } = answer;
    if (statusCode >= 200 && statusCode < 300) callback(null, socket);
    else {
      socket.destroy();
      callback(proxyRefusal(statusCode), null);
    }
  });
  asking.end();
}

/** What a proxy's answer means that is not the receiver's. */
export const proxyRefusal = (statusCode: number): TransportFailure =>
  new TransportFailure(
    'proxy',
    statusCode === 407
      ? 'The proxy asks for a user name and a password, or does not know those that it was given.'
      : `The proxy answered ${statusCode} and let nothing through to the receiver.`,
  );

/** Where a URL's host is. */
export function placeOf({ protocol, hostname, port }: Pick<URL, 'protocol' | 'hostname' | 'port'>): Place {
  const isTls = protocol === 'https:';
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return { isTls, host, port: Number(port) || (isTls ? 443 : 80) };
}
