import { Agent } from 'undici';
import type { ProxySettings } from '../delivery/endpoint/proxy-settings.ts';
import type { Route } from '../delivery/endpoint/route.ts';
import type { TransportRequest } from '../delivery/transport.ts';
import { literalRefusal } from './address-guard.ts';
import { directConnector, proxyConnector, tunnelConnector } from './connectors.ts';
import { isBypassed } from './proxy-bypass.ts';
import type { SocketParts } from './socket.ts';
import { TransportFailure } from './transport-failure.ts';
import { placeOf } from './tunnel.ts';

/** How one request is put to undici. */
export interface Way {
  readonly agent: Agent;
  readonly origin: string;
  /** With the query; of a request that a proxy passes on, the whole URL (RFC 9112, 3.2.2). */
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: string[];
  /** Whether an answer can be the proxy's own. */
  readonly isPassedOn: boolean;
}

const OPTIONS = {
  // The one deadline is ours and is a total; undici's own would count from the last byte.
  headersTimeout: 0,
  bodyTimeout: 0,
  maxHeaderSize: 64 * 1024,
};

/** The connections of one route: directly, and where it has a proxy, to that and through it. */
export class RouteAgents {
  readonly #route: Route;
  readonly #direct: Agent;
  readonly #viaProxy:
    { readonly passOn: Agent; readonly tunnel: Agent; readonly proxy: ProxySettings } | undefined;

  constructor(route: Route, parts: SocketParts) {
    this.#route = route;
    this.#direct = new Agent({ ...OPTIONS, connect: directConnector(route, parts) });
    const { proxy } = route;
    this.#viaProxy = proxy && {
      passOn: new Agent({ ...OPTIONS, connect: proxyConnector(proxy, parts) }),
      tunnel: new Agent({ ...OPTIONS, connect: tunnelConnector(route, { ...parts, proxy }) }),
      proxy,
    };
  }

  /** The way of a request; throws a `TransportFailure` where its URL names an address that is refused. */
  wayOf({ url, headers: given }: TransportRequest): Way {
    const headers = given.flat();
    const path = `${url.pathname}${url.search}`;
    const via = this.#viaProxy;
    if (!via || isBypassed(url, via.proxy.noProxy))
      return { agent: this.#direct, origin: url.origin, path, headers, isPassedOn: false };
    const refusal = literalRefusal(placeOf(url).host, this.#route.rules);
    if (refusal !== undefined) throw new TransportFailure('address', refusal);
    if (url.protocol === 'https:')
      return { agent: via.tunnel, origin: url.origin, path, headers, isPassedOn: false };
    return {
      agent: via.passOn,
      origin: via.proxy.url.origin,
      path: `${url.origin}${path}`,
      headers: ['Host', url.host, ...headers, ...authorizationOf(via.proxy)],
      isPassedOn: true,
    };
  }

  /** Ends what is under way and lets the connections go. */
  async destroy(): Promise<void> {
    await Promise.all(this.#agents().map((agent) => agent.destroy()));
  }

  #agents(): Agent[] {
    return this.#viaProxy ? [this.#direct, this.#viaProxy.passOn, this.#viaProxy.tunnel] : [this.#direct];
  }
}

const authorizationOf = ({ authorization }: ProxySettings): string[] =>
  authorization ? ['Proxy-Authorization', authorization.reveal()] : [];
