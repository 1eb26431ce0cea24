import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { DeliveryObserver } from '../delivery-observer.ts';
import type { DeliveryStore } from '../delivery-store.ts';
import type { EndpointDirectory } from '../endpoint/endpoint-directory.ts';
import type { EndpointStates } from './endpoint-states.ts';

export interface BacklogHoldsParts {
  readonly store: Pick<DeliveryStore, 'hold' | 'release'>;
  readonly states: EndpointStates;
  readonly endpoints: EndpointDirectory;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly observer?: DeliveryObserver | undefined;
  /** What is open of the endpoint was held or let go of: it can be sent, or the endpoint be tried with it. */
  readonly onApplied: (endpointId: string) => void;
}

/**
 * Keeps what is open of an endpoint as its health has it: held, or let go of. One pass at a time for each endpoint, because a hold and
 * a release of many rows take several commits and would leave some of each.
 */
export class BacklogHolds {
  readonly #parts: BacklogHoldsParts;
  readonly #running = new Map<string, Promise<void>>();
  /** The pass that begins when the one under way has ended. */
  readonly #next = new Map<string, Promise<void>>();
  #isStopped = false;

  constructor(parts: BacklogHoldsParts) {
    this.#parts = parts;
  }

  /** Resolves once all rows are as the health has it that the endpoint had at some moment after this call. */
  apply(endpointId: string): Promise<void> {
    const next = this.#next.get(endpointId);
    if (next) return next;
    const running = this.#running.get(endpointId);
    if (!running) return this.#start(endpointId);
    const start = (): Promise<void> => {
      this.#next.delete(endpointId);
      return this.#start(endpointId);
    };
    const queued = running.then(start, start);
    this.#next.set(endpointId, queued);
    return queued;
  }

  /** The same where nobody waits for it; what the store refuses now is made up for by the next upkeep. */
  applySoon(endpointId: string): void {
    this.apply(endpointId).catch((error: unknown) => {
      // The store may close first; the next start looks at every endpoint.
      if (!this.#isStopped)
        this.#parts.logger.warn(
          `What is open for the endpoint ${endpointId} is held or let go of later: ${String(error)}`,
        );
    });
  }

  /** Waits for the passes under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.allSettled([...this.#running.values(), ...this.#next.values()]);
  }

  #start(endpointId: string): Promise<void> {
    const run = this.#pass(endpointId).finally(() => this.#running.delete(endpointId));
    this.#running.set(endpointId, run);
    return run;
  }

  async #pass(endpointId: string): Promise<void> {
    const { store, states, endpoints, clock, observer, onApplied } = this.#parts;
    const endpoint = endpoints.find(endpointId);
    if (!endpoint) return;
    const now = clock.now();
    const reason = states.waitingReason(endpoint);
    const count = await (reason
      ? store.hold({ endpointId, reason, now })
      : store.release({ endpointId, now }));
    if (count === 0) return;
    observer?.changedMany?.();
    onApplied(endpointId);
  }
}
