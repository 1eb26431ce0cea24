import type { Route } from '../delivery/route.ts';
import type { Clock, Timer } from '../platform/clock.ts';
import { RouteAgents } from './route-agents.ts';
import type { SocketParts } from './socket.ts';

interface Open {
  readonly agents: RouteAgents;
  isUsed: boolean;
}

const SWEEP_MS = 60_000;

/**
 * The connections of all routes in use, apart by route: what was connected under one endpoint's rules, certificate or proxy never
 * serves an endpoint with others. Those of a route that was not used for a minute or two are let go.
 */
export class Routes {
  readonly #open = new Map<string, Open>();
  readonly #closing = new Set<RouteAgents>();
  readonly #parts: SocketParts;
  readonly #clock: Clock;
  #sweep: Timer | undefined;
  #isDestroyed = false;

  constructor(parts: SocketParts) {
    this.#parts = parts;
    this.#clock = parts.clock;
  }

  /** How many routes have connections. */
  get count(): number {
    return this.#open.size;
  }

  /** The connections of a route; to be used at once, as they may be let go later. Undefined once all is destroyed. */
  find(route: Route): RouteAgents | undefined {
    if (this.#isDestroyed) return undefined;
    const key = route.key.reveal();
    const open = this.#open.get(key) ?? { agents: new RouteAgents(route, this.#parts), isUsed: true };
    open.isUsed = true;
    this.#open.set(key, open);
    this.#sweep ??= this.#clock.after(SWEEP_MS, () => this.#letGo());
    return open.agents;
  }

  /** Ends what is under way and lets all go. */
  async destroy(): Promise<void> {
    this.#isDestroyed = true;
    this.#sweep?.cancel();
    const all = [...this.#closing, ...[...this.#open.values()].map(({ agents }) => agents)];
    this.#open.clear();
    await Promise.all(all.map((agents) => agents.destroy()));
  }

  #letGo(): void {
    this.#sweep = undefined;
    for (const [key, open] of this.#open) {
      if (!open.isUsed) {
        this.#open.delete(key);
        this.#close(open.agents);
      }
      open.isUsed = false;
    }
    if (this.#open.size > 0) this.#sweep = this.#clock.after(SWEEP_MS, () => this.#letGo());
  }

  #close(agents: RouteAgents): void {
    this.#closing.add(agents);
    void agents.close().finally(() => this.#closing.delete(agents));
  }
}
