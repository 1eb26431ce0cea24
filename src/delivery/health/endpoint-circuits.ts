import type { Clock } from '../../platform/clock.ts';
import { afterAttempt, CLOSED, isAtRest, probeTime, verdictOf, withinLimit } from '../circuit.ts';
import type { Circuit, ClosedCircuit } from '../circuit.ts';
import type { AttemptOutcome, Delivery, Sending, WaitingReason } from '../delivery.ts';
import type { Claimed, ClaimRequest } from '../delivery-store.ts';
import type { EndpointDirectory } from '../endpoint/endpoint-directory.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import type { LaneLimits } from '../endpoint-lane.ts';
import type { EndpointHealth } from './endpoint-health.ts';
import type { EndpointStates } from './endpoint-states.ts';

export interface EndpointCircuitsParts {
  readonly states: EndpointStates;
  readonly endpoints: EndpointDirectory;
  readonly clock: Clock;
}

/** The end of an attempt, as far as it tells of the endpoint. */
export interface AttemptEnd {
  /** The endpoint as the attempt was made with. */
  readonly endpoint: Endpoint;
  readonly delivery: Delivery<Sending>;
  readonly outcome: AttemptOutcome;
  /** How long the receiver asks to be left alone, ms; 0 = it does not ask. */
  readonly askedMs: number;
}

/** What holds for the delivery of an attempt that has ended. */
export interface Holding {
  /** Why it waits; undefined = it does not. */
  readonly waiting: WaitingReason | undefined;
  /** The circuit is open: a failure costs the delivery nothing. */
  readonly isFree: boolean;
}

type Turn = NonNullable<ClaimRequest['automatic']>;

/** The circuits of the endpoints: opens and closes them by what attempts show, and says what may be sent meanwhile. */
export class EndpointCircuits {
  readonly #parts: EndpointCircuitsParts;
  /** Those with something to remember, and the endpoint that it is about. */
  readonly #closed = new Map<string, { readonly circuit: ClosedCircuit; readonly endpoint: Endpoint }>();
  /** Endpoints that are being tried: the store is asked for a probe, or it is under way. */
  readonly #probes = new Map<string, 'asked' | 'under-way'>();

  constructor(parts: EndpointCircuitsParts) {
    this.#parts = parts;
  }

  /** The health with what only this process knows of it. */
  healthOf(endpoint: Endpoint): EndpointHealth {
    const health = this.#parts.states.healthOf(endpoint);
    const isTried = health.circuit === 'open' && this.#probes.has(endpoint.id);
    if (isTried) return { ...health, circuit: 'half-open' };
    const nextProbeAt = this.nextProbeAt(endpoint);
    return nextProbeAt === undefined ? health : { ...health, nextProbeAt };
  }

  /** How many attempts the endpoint takes at the moment: after its circuit has closed few, then more and more. */
  limitsOf(endpoint: Endpoint): LaneLimits {
    const { slots } = this.#closedOf(endpoint);
    if (slots >= endpoint.concurrency) return endpoint;
    return { concurrency: slots, ratePerSecond: endpoint.ratePerSecond };
  }

  /** When the endpoint can be tried, epoch ms; undefined = its circuit does not hold it, or it is being tried. */
  nextProbeAt(endpoint: Endpoint): number | undefined {
    const { states, clock } = this.#parts;
    if (this.#probes.get(endpoint.id) === 'under-way') return undefined;
    if (states.waitingReason(endpoint) !== 'circuit-open') return undefined;
    const open = states.openCircuit(endpoint);
    return open && probeTime(open, clock.now());
  }

  /** Which automatic attempts may be claimed now; `endClaim` has to follow. */
  beginClaim(endpoint: Endpoint): Turn {
    if (!this.#parts.states.waitingReason(endpoint)) return 'due';
    if (this.#probes.has(endpoint.id)) return 'none';
    const probeAt = this.nextProbeAt(endpoint);
    if (probeAt === undefined || probeAt > this.#parts.clock.now()) return 'none';
    this.#probes.set(endpoint.id, 'asked');
    return 'probe';
  }

  /** What a claim brought; a claim that failed brought nothing. */
  endClaim({ id }: Endpoint, turn: Turn, claimed: readonly Claimed[]): void {
    if (turn !== 'probe') return;
    if (claimed.some(({ delivery }) => isProbe(delivery))) this.#probes.set(id, 'under-way');
    else this.#probes.delete(id);
  }

  /** An attempt has ended, however it did. */
  endAttempt(delivery: Delivery<Sending>): void {
    if (isProbe(delivery)) this.#probes.delete(delivery.endpointId);
  }

  /** Takes note of what an attempt has shown. */
  noteOutcome(end: AttemptEnd): Holding {
    const current = this.#parts.endpoints.find(end.endpoint.id);
    // What another URL answered says nothing of this one.
    if (current && isAboutSame(current, end.endpoint)) {
      if (current.circuit) this.#noteShown(current, end);
      else this.#closed.delete(current.id);
      if (isGone(end)) this.#parts.states.disableGone(current, { isTold: !end.delivery.fromLogEvent });
    }
    return this.holdingOf(end.endpoint.id);
  }

  /** What holds at the moment. */
  holdingOf(endpointId: string): Holding {
    const { states, endpoints } = this.#parts;
    const endpoint = endpoints.find(endpointId);
    const waiting = endpoint && states.waitingReason(endpoint);
    return { waiting, isFree: endpoint !== undefined && states.openCircuit(endpoint) !== undefined };
  }

  /** A person enables the endpoint: what its circuit held goes out as it does when it closes by itself. */
  async enable(endpoint: Endpoint): Promise<void> {
    const { states } = this.#parts;
    if (states.openCircuit(endpoint)) this.#keep(endpoint, { ...CLOSED, slots: 1 });
    else this.#closed.delete(endpoint.id);
    await states.enable(endpoint);
  }

  #noteShown(endpoint: Endpoint, { delivery, outcome, askedMs }: AttemptEnd): void {
    const { states, clock } = this.#parts;
    const before = this.#circuitOf(endpoint);
    const after = afterAttempt(before, {
      verdict: verdictOf(outcome, { manual: delivery.state.manual }),
      isProbe: isProbe(delivery),
      now: clock.now(),
      askedMs,
    });
    if (after === before) return;
    if (after.kind === 'closed') this.#keep(endpoint, after);
    else this.#closed.delete(endpoint.id);
    if (before.kind === 'closed' && after.kind === 'closed') return;
    const message = outcome.kind === 'failed' ? outcome.message : '';
    states.setCircuit(endpoint, after, { message, isTold: !delivery.fromLogEvent });
  }

  #circuitOf(endpoint: Endpoint): Circuit {
    const open = this.#parts.states.openCircuit(endpoint);
    return open ? { kind: 'open', ...open } : this.#closedOf(endpoint);
  }

  #closedOf(endpoint: Endpoint): ClosedCircuit {
    const known = this.#closed.get(endpoint.id);
    return known && endpoint.circuit && isAboutSame(known.endpoint, endpoint) ? known.circuit : CLOSED;
  }

  #keep(endpoint: Endpoint, circuit: ClosedCircuit): void {
    const kept = withinLimit(circuit, endpoint.concurrency);
    if (isAtRest(kept)) this.#closed.delete(endpoint.id);
    else this.#closed.set(endpoint.id, { circuit: kept, endpoint });
  }
}

/** An automatic attempt of what waits: it is made to find out whether the endpoint takes deliveries again. */
const isProbe = ({ state }: Delivery<Sending>): boolean => !state.manual && state.from.kind === 'waiting';

const isAboutSame = (one: Endpoint, other: Endpoint): boolean => one === other || one.url.equals(other.url);

/** The receiver wants nothing any more (RFC 9110, section 15.5.11), and the endpoint's settings do not ask to go on all the same. */
const isGone = ({ endpoint, outcome }: AttemptEnd): boolean =>
  endpoint.retryOn === 'transient' && outcome.kind === 'failed' && outcome.statusCode === 410;
