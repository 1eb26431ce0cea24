import type { Endpoint } from './endpoint.ts';
import type { ParsedEndpoint } from './endpoint-settings.ts';

/**
 * The endpoints of the flows that run, by id. A deploy closes and makes them anew; what a deploy only replaces stays here
 * meanwhile, so that deliveries go on.
 */
export class EndpointDirectory {
  #entries = new Map<string, ParsedEndpoint>();
  #onChange: (id: string) => void = () => undefined;

  set(parsed: ParsedEndpoint): void {
    const id = parsed.kind === 'valid' ? parsed.endpoint.id : parsed.id;
    this.#entries.set(id, parsed);
    this.#onChange(id);
  }

  /** Takes out an endpoint that was deleted or disabled in the flows. */
  remove(id: string): void {
    this.#entries.delete(id);
  }

  /** Takes out all that are not there: Node-RED tells nobody that a node is gone which stood in a subflow. */
  keep(isThere: (id: string) => boolean): void {
    for (const id of this.#entries.keys()) if (!isThere(id)) this.#entries.delete(id);
  }

  /** Undefined = not in the flows. */
  get(id: string): ParsedEndpoint | undefined {
    return this.#entries.get(id);
  }

  /** The endpoint if it is there and valid. */
  find(id: string): Endpoint | undefined {
    const entry = this.#entries.get(id);
    return entry?.kind === 'valid' ? entry.endpoint : undefined;
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  all(): Endpoint[] {
    return [...this.#entries.values()].flatMap((entry) => (entry.kind === 'valid' ? [entry.endpoint] : []));
  }

  /** Calls back after each `set`; one listener. */
  onChange(listener: (id: string) => void): void {
    this.#onChange = listener;
  }
}
