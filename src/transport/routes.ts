import type { Route } from '../delivery/endpoint/route.ts';
import type { Clock, Timer } from '../platform/clock.ts';
import { RouteAgents } from './route-agents.ts';
import type { SocketParts } from './socket.ts';

interface Open {
  readonly agents: RouteAgents;
  /** How many exchanges are under way on it. */
  useCount: number;
  /** Whether an exchange began since the last look. */
  wasUsed: boolean;
}

const LOOK_MS = 60_000;

/**
 * The connections of all routes in use, apart by route: what was connected under one endpoint's rules, certificate or proxy never
 * serves an endpoint with others. Those of a route that was not used for a minute or two are let go.
 */
export class Routes {
  readonly #open = new Map<string, Open>();
  readonly #parts: SocketParts;
  readonly #clock: Clock;
  #look: Timer | undefined;
  #isClosed = false;

  constructor(parts: SocketParts) {
    this.#parts = parts;
    this.#clock = parts.clock;
  }

  /** How many routes have connections. */
  get count(): number {
    return this.#open.size;
  }

  /** Makes an exchange on the connections of a route; undefined, and none is made, once all is closed. */
  async use<Result>(
    route: Route,
    exchange: (agents: RouteAgents) => Promise<Result>,
  ): Promise<Result | undefined> {
    if (this.#isClosed) return undefined;
    const open = this.#find(route);
    open.wasUsed = true;
    open.useCount += 1;
    try {
      return await exchange(open.agents);
    } finally {
      open.useCount -= 1;
    }
  }

  /** Ends what is under way and lets all go. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#look?.cancel();
    const all = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(all.map(({ agents }) => agents.destroy()));
  }

  #find(route: Route): Open {
    const key = route.key.reveal();
    const known = this.#open.get(key);
    if (known) return known;
    const open = { agents: new RouteAgents(route, this.#parts), useCount: 0, wasUsed: true };
    this.#open.set(key, open);
    this.#look ??= this.#lookLater();
    return open;
  }

  #lookLater(): Timer {
    return this.#clock.after(LOOK_MS, () => {
      this.#letGo();
      this.#look = this.#open.size > 0 ? this.#lookLater() : undefined;
    });
  }

  #letGo(): void {
    for (const [key, open] of this.#open) {
      if (!open.wasUsed && open.useCount === 0) {
        this.#open.delete(key);
        void open.agents.destroy();
      }
      open.wasUsed = false;
    }
  }
}
