import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { NewLogEvent } from '../log-events/log-event.ts';
import type { EndpointState } from './endpoint-state.ts';
import type { EndpointStateStore } from './endpoint-state-store.ts';

export interface StateWriterParts {
  readonly states: EndpointStateStore;
  readonly clock: Pick<Clock, 'after'>;
  readonly logger: Logger;
  /** The state to be written, as it is at that moment. */
  readonly stateOf: (endpointId: string) => EndpointState | undefined;
}

/** How long a store is left alone that has just refused a write. */
const STORE_PAUSE_MS = 1000;

/**
 * Writes down what has become of endpoints; while the store is down again and again, as only this process knows it. What becomes of
 * one while it is being written goes into one more write.
 */
export class StateWriter {
  readonly #parts: StateWriterParts;
  /** Events not yet written, of each endpoint whose state is to be. */
  readonly #pending = new Map<string, readonly NewLogEvent[]>();
  readonly #running = new Map<string, Promise<void>>();
  #isStopping = false;

  constructor(parts: StateWriterParts) {
    this.#parts = parts;
  }

  /** Writes an endpoint's state in this turn, so that it shares a commit with what led to it. */
  note(endpointId: string, events: readonly NewLogEvent[]): void {
    this.#pending.set(endpointId, [...(this.#pending.get(endpointId) ?? []), ...events]);
    if (this.#running.has(endpointId)) return;
    this.#running.set(endpointId, this.#run(endpointId));
  }

  /** Waits for the writes under way; one that fails now is not tried again. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#running.values());
  }

  async #run(endpointId: string): Promise<void> {
    const { states, stateOf, clock, logger } = this.#parts;
    for (;;) {
      const events = this.#pending.get(endpointId);
      // In this turn: what is noted from now on must begin a run of its own.
      if (!events) return void this.#running.delete(endpointId);
      this.#pending.delete(endpointId);
      try {
        await states.putState({ endpointId, state: stateOf(endpointId), events });
      } catch (error) {
        logger.warn(`The state of the endpoint ${endpointId} is not stored yet: ${String(error)}`);
        if (this.#isStopping) return void this.#running.delete(endpointId);
        this.#pending.set(endpointId, [...events, ...(this.#pending.get(endpointId) ?? [])]);
        await new Promise<void>((resolve) => clock.after(STORE_PAUSE_MS, resolve));
      }
    }
  }
}
