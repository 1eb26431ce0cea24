import type { NewLogEvent } from '../log-events/log-event.ts';
import type { EndpointState } from './endpoint-state.ts';

export interface StoredEndpointState {
  readonly endpointId: string;
  readonly state: EndpointState;
}

/** Keeps what endpoints are at run time. Promises: what resolved is on disk, and a call that rejects has changed nothing. */
export interface EndpointStateStore {
  listStates(): Promise<readonly StoredEndpointState[]>;
  /** Sets the state (undefined = there is nothing to keep), and adds the events that tell of it in the same write. */
  putState(request: {
    readonly endpointId: string;
    readonly state: EndpointState | undefined;
    readonly events: readonly NewLogEvent[];
  }): Promise<void>;
}
