import type { Clock } from '../../platform/clock.ts';
import { newSalt } from '../../platform/ids.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Circuit } from '../circuit.ts';
import type { WaitingReason } from '../delivery.ts';
import type { EndpointDirectory } from '../endpoint/endpoint-directory.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import type { LogEventDetail, NewLogEvent } from '../log-events/log-event.ts';
import type { EndpointHealth } from './endpoint-health.ts';
import { marksOf } from './endpoint-marks.ts';
import { eventsOfClearing, worthKeeping, type EndpointState, type OpenCircuit } from './endpoint-state.ts';
import type { EndpointStateStore } from './endpoint-state-store.ts';
import { StateWriter } from './state-writer.ts';

export interface EndpointStatesParts {
  readonly states: EndpointStateStore;
  readonly endpoints: EndpointDirectory;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What a state becomes, and the events that tell of it. */
interface Change {
  readonly state: EndpointState | undefined;
  readonly events: readonly LogEventDetail[];
}

type ChangeOf = (state: EndpointState | undefined) => Change;

/** What the endpoints are at run time: kept in memory, because every delivery asks for it, and written down with each change. */
export class EndpointStates {
  readonly #parts: EndpointStatesParts;
  readonly #writer: StateWriter;
  readonly #states = new Map<string, EndpointState>();
  readonly #listeners = new Set<(endpointId: string) => void>();
  #lastByHand: Promise<void> = Promise.resolve();

  constructor(parts: EndpointStatesParts) {
    this.#parts = parts;
    this.#writer = new StateWriter({ ...parts, stateOf: (id) => this.#states.get(id) });
  }

  /** Takes over what the store holds; before anything is sent. */
  async load(): Promise<void> {
    for (const { endpointId, state } of await this.#parts.states.listStates())
      this.#states.set(endpointId, state);
  }

  /** Calls back with the id of each endpoint whose health may have changed; answers how to stop that. */
  onChange(listener: (endpointId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  healthOf(endpoint: Endpoint): EndpointHealth {
    const disabled = this.#stateOf(endpoint)?.disabled;
    const waiting = this.waitingReason(endpoint);
    return {
      isEnabled: endpoint.isEnabled && !disabled,
      ...(disabled && { disabledBecause: disabled.reason }),
      circuit: this.#circuitHealth(endpoint),
      isTested: this.#isTested(endpoint),
      ...(waiting && { waiting }),
    };
  }

  /** Why the endpoint's deliveries wait; undefined = they do not. */
  waitingReason(endpoint: Endpoint): WaitingReason | undefined {
    if (!endpoint.isEnabled) return 'endpoint-off';
    const state = this.#stateOf(endpoint);
    if (state?.disabled) return 'endpoint-off';
    if (endpoint.requireTestFire && !this.#isTested(endpoint)) return 'endpoint-untested';
    return endpoint.circuit && state?.circuit ? 'circuit-open' : undefined;
  }

  /** A person disables the endpoint. Rejects, and nothing has changed, if the store does not take it. */
  disable(endpoint: Endpoint): Promise<void> {
    const disabled = { since: this.#parts.clock.now(), reason: 'by-hand' } as const;
    return this.#changeByHand(endpoint, (state) => {
      if (state?.disabled) return { state, events: [] };
      const detail = { kind: 'endpoint-disabled', isDisabled: true, reason: 'by-hand' } as const;
      return { state: { ...(state ?? newState(endpoint)), disabled }, events: [detail] };
    });
  }

  /** A person enables it again; an open circuit closes. Rejects as `disable` does. */
  enable(endpoint: Endpoint): Promise<void> {
    return this.#changeByHand(endpoint, (state) => ({
      state:
        state?.disabled || state?.circuit ? { ...state, disabled: undefined, circuit: undefined } : state,
      events: eventsOfClearing(state, 'by-hand'),
    }));
  }

  /** A test fire has succeeded with this endpoint, which need not be in the flows (yet). Rejects as `disable` does. */
  noteTested(endpoint: Endpoint): Promise<void> {
    const { clock, endpoints } = this.#parts;
    const deployed = endpoints.find(endpoint.id);
    return this.#changeByHand(endpoint, (known) => {
      const state = known ?? newState(deployed ?? endpoint);
      const { tested } = marksOf(endpoint, state.salt);
      const deployedMark = deployed && marksOf(deployed, state.salt).tested;
      const others = (state.tested ?? []).filter(({ mark }) => mark === deployedMark && mark !== tested);
      return { state: { ...state, tested: [...others, { at: clock.now(), mark: tested }] }, events: [] };
    });
  }

  /** The circuit if it is open. */
  openCircuit(endpoint: Endpoint): OpenCircuit | undefined {
    return endpoint.circuit ? this.#stateOf(endpoint)?.circuit : undefined;
  }

  /** The circuit has opened, is open for longer, or has closed. `message` = what the failure said that opened it. */
  setCircuit(
    endpoint: Endpoint,
    circuit: Circuit,
    { message, isTold }: { message: string; isTold: boolean },
  ): void {
    const state = this.#states.get(endpoint.id);
    const wasOpen = state?.circuit !== undefined;
    const isOpen = circuit.kind === 'open';
    const detail: LogEventDetail = isOpen
      ? { kind: 'circuit', state: 'open', message, probeAt: circuit.probeAt }
      : { kind: 'circuit', state: 'closed' };
    this.#change(endpoint, {
      state: { ...(state ?? newState(endpoint)), circuit: isOpen ? openOf(circuit) : undefined },
      events: isTold && wasOpen !== isOpen ? [detail] : [],
    });
  }

  /** The receiver has answered that it is gone: nothing more is sent to it. */
  disableGone(endpoint: Endpoint, { isTold }: { isTold: boolean }): void {
    const state = this.#states.get(endpoint.id);
    if (state?.disabled) return;
    const disabled = { since: this.#parts.clock.now(), reason: 'gone' } as const;
    const detail = { kind: 'endpoint-disabled', isDisabled: true, reason: 'gone' } as const;
    this.#change(endpoint, {
      state: { ...(state ?? newState(endpoint)), disabled },
      events: isTold ? [detail] : [],
    });
  }

  /** Takes over an endpoint's settings: another URL begins anew, and a circuit that is switched off closes. */
  refresh(endpoint: Endpoint): void {
    const state = this.#states.get(endpoint.id);
    if (!state) return;
    const { url } = marksOf(endpoint, state.salt);
    const isOther = url !== state.urlMark;
    if (!isOther && (endpoint.circuit || !state.circuit)) return;
    const next = {
      ...state,
      urlMark: url,
      circuit: undefined,
      disabled: isOther ? undefined : state.disabled,
    };
    const gone = isOther ? state : { ...state, disabled: undefined };
    this.#change(endpoint, { state: next, events: eventsOfClearing(gone, 'changed') });
  }

  /** Waits for what is being written; what the store refuses now is lost. */
  async stop(): Promise<void> {
    await this.#writer.stop();
  }

  /** The state that is about this URL. */
  #stateOf(endpoint: Endpoint): EndpointState | undefined {
    const state = this.#states.get(endpoint.id);
    return state && marksOf(endpoint, state.salt).url === state.urlMark ? state : undefined;
  }

  #isTested(endpoint: Endpoint): boolean {
    const state = this.#states.get(endpoint.id);
    if (!state?.tested) return false;
    const { tested } = marksOf(endpoint, state.salt);
    return state.tested.some(({ mark }) => mark === tested);
  }

  #circuitHealth(endpoint: Endpoint): EndpointHealth['circuit'] {
    if (!endpoint.circuit) return 'off';
    return this.#stateOf(endpoint)?.circuit ? 'open' : 'closed';
  }

  #change(endpoint: Endpoint, { state, events }: Change): void {
    this.#keep(endpoint.id, state);
    this.#writer.note(endpoint.id, this.#eventsOf(endpoint, events));
    this.#tell(endpoint.id);
  }

  /** One after the other, so that the last one asked for is what holds in the end. */
  #changeByHand(endpoint: Endpoint, change: ChangeOf): Promise<void> {
    const changed = this.#lastByHand.then(() => this.#changeWritten(endpoint, change));
    this.#lastByHand = changed.catch(() => undefined);
    return changed;
  }

  /** Written first: whoever asked for it is told the truth. */
  async #changeWritten(endpoint: Endpoint, change: ChangeOf): Promise<void> {
    const { id } = endpoint;
    const before = this.#states.get(id);
    const { state, events } = change(before);
    if (state === before) return;
    await this.#parts.states.putState({
      endpointId: id,
      state: worthKeeping(state),
      events: this.#eventsOf(endpoint, events),
    });
    const now = this.#states.get(id);
    this.#keep(id, change(now).state);
    // Something else has happened to it meanwhile, and was written without this.
    if (now !== before) this.#writer.note(id, []);
    this.#tell(id);
  }

  #keep(id: string, state: EndpointState | undefined): void {
    const kept = worthKeeping(state);
    if (kept) this.#states.set(id, kept);
    else this.#states.delete(id);
  }

  #tell(endpointId: string): void {
    for (const listener of this.#listeners) listener(endpointId);
  }

  #eventsOf(endpoint: Endpoint, details: readonly LogEventDetail[]): readonly NewLogEvent[] {
    const at = this.#parts.clock.now();
    return details.map((detail) => ({
      endpointId: endpoint.id,
      endpointName: endpoint.name,
      at,
      detail,
    }));
  }
}

function newState(endpoint: Endpoint): EndpointState {
  const salt = newSalt();
  return { salt, urlMark: marksOf(endpoint, salt).url };
}

const openOf = ({ openSince, probeAt, failedProbes }: OpenCircuit): OpenCircuit => ({
  openSince,
  probeAt,
  failedProbes,
});
