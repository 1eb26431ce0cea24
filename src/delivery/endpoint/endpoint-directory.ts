import { SigningSecretDirectory } from '../../signature/signing-secret-directory.ts';
import { makeEntry, type EndpointEntry } from './endpoint-entry.ts';
import {
  findRoute,
  isSameRoute,
  NO_CONNECTIONS,
  type ConnectionSource,
  type FoundRoute,
} from './endpoint-route.ts';
import type { Endpoint } from './endpoint.ts';
import type { ParsedEndpoint } from './endpoint-settings.ts';

interface Known {
  readonly parsed: ParsedEndpoint;
  readonly route: FoundRoute;
  /** Made when the endpoint or what it names changes, as it is looked up several times for each delivery. */
  readonly entry: EndpointEntry;
}

const NO_ROUTE: FoundRoute = { kind: 'invalid', problems: [] };

/**
 * The endpoints of the flows that run, by id, each with the secret that signs its deliveries and with the route that they take. A
 * deploy closes and makes them anew; what a deploy only replaces stays here meanwhile, so that deliveries go on.
 */
export class EndpointDirectory {
  readonly #known = new Map<string, Known>();
  readonly #listeners = new Set<(id: string) => void>();
  readonly #secrets: SigningSecretDirectory;
  readonly #connections: ConnectionSource;

  /** Without `secrets` no endpoint can sign, without `connections` none finds its TLS configuration or proxy. */
  constructor(secrets = new SigningSecretDirectory(), connections = NO_CONNECTIONS) {
    this.#secrets = secrets;
    this.#connections = connections;
    secrets.onChange((secretId) => this.#secretChanged(secretId));
  }

  set(parsed: ParsedEndpoint): void {
    this.#put(parsed, this.#routeOf(parsed));
  }

  /** Takes out an endpoint that was deleted or disabled in the flows. */
  remove(id: string): void {
    this.#known.delete(id);
  }

  /** Takes out all that are not there: Node-RED tells nobody that a node is gone which stood in a subflow. */
  keep(isThere: (id: string) => boolean): void {
    for (const id of this.#known.keys()) if (!isThere(id)) this.#known.delete(id);
  }

  /**
   * Looks up anew what endpoints name as their TLS configuration and their proxy: for when the flows run, as nobody tells of a change
   * of those, and as they may not be there yet when an endpoint is set.
   */
  refresh(): void {
    for (const { parsed, route } of [...this.#known.values()]) {
      const found = this.#routeOf(parsed);
      if (!isSameRoute(found, route)) this.#put(parsed, found);
    }
  }

  /** Undefined = not in the flows. One that names something with which nothing can be sent is invalid. */
  get(id: string): EndpointEntry | undefined {
    return this.#known.get(id)?.entry;
  }

  /** The endpoint if it is there and valid. */
  find(id: string): Endpoint | undefined {
    const entry = this.get(id);
    return entry?.kind === 'valid' ? entry.endpoint : undefined;
  }

  /** What settings would come to with the secrets, TLS configurations and proxies that are there; they are not set. */
  resolve(parsed: ParsedEndpoint): EndpointEntry {
    return makeEntry(parsed, this.#routeOf(parsed), this.#secrets);
  }

  has(id: string): boolean {
    return this.#known.has(id);
  }

  all(): Endpoint[] {
    return [...this.#known.values()].flatMap(({ entry }) => (entry.kind === 'valid' ? [entry.endpoint] : []));
  }

  /** What people call each, also those that are not valid. */
  names(): { readonly id: string; readonly name: string }[] {
    return [...this.#known].map(([id, { entry }]) => ({
      id,
      name: entry.kind === 'valid' ? entry.endpoint.name : entry.name,
    }));
  }

  /** Calls back with the id after each `set`, and after each change of what the endpoint names; answers how to stop that. */
  onChange(listener: (id: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #put(parsed: ParsedEndpoint, route: FoundRoute): void {
    const id = parsed.kind === 'valid' ? parsed.endpoint.id : parsed.id;
    this.#known.set(id, { parsed, route, entry: makeEntry(parsed, route, this.#secrets) });
    for (const listener of this.#listeners) listener(id);
  }

  #routeOf(parsed: ParsedEndpoint): FoundRoute {
    return parsed.kind === 'valid' ? findRoute(parsed.endpoint, this.#connections) : NO_ROUTE;
  }

  /** With the route as it was: while a deploy is under way, the nodes that it names may not be there. */
  #secretChanged(secretId: string): void {
    for (const { parsed, route } of [...this.#known.values()])
      if (parsed.kind === 'valid' && parsed.endpoint.signing === secretId) this.#put(parsed, route);
  }
}
