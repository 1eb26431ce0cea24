import { SigningSecretDirectory } from '../signature/signing-secret-directory.ts';
import { withSigner, type EndpointEntry } from './endpoint-signing.ts';
import type { Endpoint } from './endpoint.ts';
import type { ParsedEndpoint } from './endpoint-settings.ts';

interface Known {
  readonly parsed: ParsedEndpoint;
  /** Made when the endpoint or its secret changes, as it is looked up several times for each delivery. */
  readonly entry: EndpointEntry;
}

/**
 * The endpoints of the flows that run, by id, each with the secret that signs its deliveries. A deploy closes and makes them anew;
 * what a deploy only replaces stays here meanwhile, so that deliveries go on.
 */
export class EndpointDirectory {
  readonly #known = new Map<string, Known>();
  readonly #listeners = new Set<(id: string) => void>();
  readonly #secrets: SigningSecretDirectory;

  /** Without `secrets` no endpoint can sign. */
  constructor(secrets = new SigningSecretDirectory()) {
    this.#secrets = secrets;
    secrets.onChange((secretId) => this.#secretChanged(secretId));
  }

  set(parsed: ParsedEndpoint): void {
    const id = parsed.kind === 'valid' ? parsed.endpoint.id : parsed.id;
    this.#known.set(id, { parsed, entry: withSigner(parsed, this.#secrets) });
    for (const listener of this.#listeners) listener(id);
  }

  /** Takes out an endpoint that was deleted or disabled in the flows. */
  remove(id: string): void {
    this.#known.delete(id);
  }

  /** Takes out all that are not there: Node-RED tells nobody that a node is gone which stood in a subflow. */
  keep(isThere: (id: string) => boolean): void {
    for (const id of this.#known.keys()) if (!isThere(id)) this.#known.delete(id);
  }

  /** Undefined = not in the flows. One that names a secret with which nothing can be signed is invalid. */
  get(id: string): EndpointEntry | undefined {
    return this.#known.get(id)?.entry;
  }

  /** The endpoint if it is there and valid. */
  find(id: string): Endpoint | undefined {
    const entry = this.get(id);
    return entry?.kind === 'valid' ? entry.endpoint : undefined;
  }

  has(id: string): boolean {
    return this.#known.has(id);
  }

  all(): Endpoint[] {
    return [...this.#known.values()].flatMap(({ entry }) => (entry.kind === 'valid' ? [entry.endpoint] : []));
  }

  /** Calls back with the id after each `set`, and after each change of the endpoint's secret; answers how to stop that. */
  onChange(listener: (id: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #secretChanged(secretId: string): void {
    for (const { parsed } of [...this.#known.values()])
      if (parsed.kind === 'valid' && parsed.endpoint.signing === secretId) this.set(parsed);
  }
}
