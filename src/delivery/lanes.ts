import type { Clock } from '../platform/clock.ts';
import type { EndpointDirectory } from './endpoint/endpoint-directory.ts';
import { EndpointLane } from './endpoint-lane.ts';

export interface LanesParts {
  readonly endpoints: EndpointDirectory;
  readonly clock: Clock;
}

/** The lanes of all endpoints that anything was or is for. */
export class Lanes {
  readonly #parts: LanesParts;
  readonly #lanes = new Map<string, EndpointLane>();

  constructor(parts: LanesParts) {
    this.#parts = parts;
  }

  /** The lane of an endpoint, made when it is first asked for. */
  of(endpointId: string): EndpointLane {
    const lane = this.#lanes.get(endpointId) ?? new EndpointLane(endpointId, this.#parts.clock);
    this.#lanes.set(endpointId, lane);
    return lane;
  }

  all(): Iterable<EndpointLane> {
    return this.#lanes.values();
  }

  /** The earliest time a lane can send after now: one that could do so already waits for a slot, and is looked at when it gets one. */
  nextStartAt(now: number): number {
    let next = Infinity;
    for (const lane of this.#lanes.values()) {
      const at = this.#startAt(lane, now);
      if (at !== undefined && at > now) next = Math.min(next, at);
    }
    return next;
  }

  #startAt(lane: EndpointLane, now: number): number | undefined {
    // Looking up the endpoint of each lane is worth it only where there is anything to do.
    const endpoint = lane.nextDueAt === undefined ? undefined : this.#parts.endpoints.find(lane.endpointId);
    return endpoint && lane.nextStartAt(endpoint, now);
  }
}
