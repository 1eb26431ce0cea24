import { HookError } from '../errors.ts';
import type { ExternalDataStore } from '../external-data/external-data-store.ts';
import type { GroupDirectory } from '../external-data/group-directory.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Random } from '../platform/random.ts';
import { accept, type Accepted, type AcceptedDelivery, type AcceptRequest } from './acceptance.ts';
import type { DeliveryObserver } from './delivery-observer.ts';
import type { DeliveryStore } from './delivery-store.ts';
import { Dispatcher } from './dispatcher.ts';
import type { EndpointDirectory } from './endpoint/endpoint-directory.ts';
import type { Endpoint } from './endpoint/endpoint.ts';
import { ExternalLookup } from './external-lookup.ts';
import type { EndpointHealth } from './health/endpoint-health.ts';
import type { EndpointStateStore } from './health/endpoint-state-store.ts';
import { BacklogHolds } from './health/backlog-holds.ts';
import { EndpointCircuits } from './health/endpoint-circuits.ts';
import { EndpointStates } from './health/endpoint-states.ts';
import { recoverInterrupted } from './recovery.ts';
import { RedeliveredRequests } from './redelivered-requests.ts';
import { Reports, type Tell } from './reports.ts';
import {
  resend,
  resendSome,
  type ResendRequest,
  type ResendResult,
  type ResendSomeRequest,
} from './resend.ts';
import { skipEndpoints, type SkippedEndpoint } from './skipped-endpoints.ts';
import type { Transport } from './transport.ts';
import { applyHealth } from './upkeep.ts';
import { UpkeepRounds } from './upkeep-rounds.ts';

export interface EngineParts {
  readonly store: DeliveryStore;
  readonly states: EndpointStateStore;
  readonly transport: Transport;
  readonly endpoints: EndpointDirectory;
  readonly externalData: Pick<ExternalDataStore, 'find'>;
  readonly groups: GroupDirectory;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly observer?: DeliveryObserver;
}

/** What became of a message at its endpoints, each in their order. */
export interface Acceptance {
  readonly deliveries: readonly AcceptedDelivery[];
  readonly skipped: readonly SkippedEndpoint[];
}

/** Time for what is under way when the process stops: well inside the 15 s that Node-RED gives. */
const STOP_GRACE_MS = 4000;

/** The delivery engine of a Node-RED process: it accepts messages durably and delivers them at least once. */
export class DeliveryEngine {
  readonly #parts: EngineParts;
  readonly #reports: Reports;
  readonly #states: EndpointStates;
  readonly #circuits: EndpointCircuits;
  readonly #holds: BacklogHolds;
  readonly #dispatcher: Dispatcher;
  readonly #redelivered: RedeliveredRequests;
  readonly #lookup: ExternalLookup;
  readonly #upkeep: UpkeepRounds;
  readonly #accepting = new Set<Promise<unknown>>();
  #unlisten: () => void = () => undefined;
  #isStopped = false;

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.#redelivered = new RedeliveredRequests(parts.store);
    this.#lookup = new ExternalLookup(parts);
    this.#reports = new Reports(parts);
    this.#states = new EndpointStates(parts);
    const states = this.#states;
    this.#circuits = new EndpointCircuits({ ...parts, states });
    this.#holds = new BacklogHolds({
      ...parts,
      states,
      onReleased: (id) => this.#dispatcher.noteDue(id, parts.clock.now()),
    });
    this.#dispatcher = new Dispatcher({
      ...parts,
      states,
      circuits: this.#circuits,
      holds: this.#holds,
      reports: this.#reports,
    });
    this.#upkeep = new UpkeepRounds(this.#all());
  }

  /** Takes up what an earlier process left, and begins to send. Answers how many attempts it had left without an outcome. */
  async start(): Promise<number> {
    const { store, endpoints } = this.#parts;
    this.#unlisten = endpoints.onChange((id) => this.#endpointChanged(id));
    await this.#states.load();
    this.#states.onChange((id) => this.#healthChanged(id));
    const interrupted = await recoverInterrupted({ ...this.#all(), minAgeMs: 0 });
    for (const endpoint of endpoints.all()) await applyHealth(endpoint, this.#all());
    const backlogs = await store.listBacklogs();
    if (this.#isStopped) return interrupted;
    this.#dispatcher.start();
    this.#dispatcher.refresh(backlogs);
    this.#upkeep.start();
    return interrupted;
  }

  /** Resolves once all deliveries of the message are durable; rejects, and nothing is accepted, if the store does not take them. */
  async accept(request: AcceptRequest): Promise<Acceptance> {
    if (this.#isStopped) throw new HookError('HOOK_STORE_CLOSED', 'Node-RED is stopping.');
    const { wanted, skipped } = skipEndpoints(request, this.#parts.endpoints);
    if (wanted.endpointIds.length === 0) return { deliveries: [], skipped };
    const accepting = wanted.hookRequest?.isRedelivered
      ? this.#redelivered.accept(wanted, (rest) => this.#accept(rest))
      : this.#accept(wanted);
    this.#accepting.add(accepting);
    try {
      const { deliveries, failedCount } = await accepting;
      if (failedCount > 0) this.#reports.drain(request.nodeId);
      return { deliveries, skipped };
    } finally {
      this.#accepting.delete(accepting);
    }
  }

  /**
   * A hook's request is about to go into the flows once more: of the messages that come of it, marked as redelivered, only what is
   * not enqueued yet is accepted. Again for the same request, should it be redelivered once more.
   */
  beginRedelivery(requestId: string): void {
    this.#redelivered.begin(requestId);
  }

  /** Asks for one more attempt of a delivery, whatever its state; with `endpointId`, to another endpoint from now on. */
  resend(request: ResendRequest): Promise<ResendResult> {
    return resend(request, this.#all());
  }

  /** Asks for one more attempt of each whose endpoint is there, in one write; answers how many that are. */
  async resendSome(request: ResendSomeRequest): Promise<number> {
    if (this.#isStopped) throw new HookError('HOOK_STORE_CLOSED', 'Node-RED is stopping.');
    return resendSome(request, this.#all());
  }

  /** Whether deliveries can go to an endpoint: it is in the flows, and its settings are valid. */
  hasEndpoint(endpointId: string): boolean {
    return this.#parts.endpoints.find(endpointId) !== undefined;
  }

  /** How many deliveries of an endpoint are open, as far as it has any. */
  openCount(endpointId: string): number {
    return this.#dispatcher.lane(endpointId).openCount;
  }

  /** How an endpoint is at run time; it need not be in the flows. */
  healthOf(endpoint: Endpoint): EndpointHealth {
    return this.#circuits.healthOf(endpoint);
  }

  /** A person disables an endpoint: what is open for it waits. False = it is not in the flows, or its settings are wrong. */
  disable(endpointId: string): Promise<boolean> {
    return this.#changeHealth(endpointId, (endpoint) => this.#states.disable(endpoint));
  }

  /** Enables an endpoint again, and closes its circuit; where its setting says that it is off, it stays so. Answers as `disable` does. */
  enable(endpointId: string): Promise<boolean> {
    return this.#changeHealth(endpointId, (endpoint) => this.#circuits.enable(endpoint));
  }

  /** A test fire has succeeded with these settings, which need not be in the flows (yet). */
  noteTested(endpoint: Endpoint): Promise<void> {
    return this.#states.noteTested(endpoint);
  }

  /** Calls back with the id of each endpoint whose health may have changed; answers how to stop that. */
  onHealthChange(listener: (endpointId: string) => void): () => void {
    return this.#states.onChange(listener);
  }

  /** Names the out node that is told the outcomes of its deliveries, also of those from before a restart. */
  register(nodeId: string, tell: Tell): () => void {
    return this.#reports.register(nodeId, tell);
  }

  /** The flows run: outcomes can be told. */
  openReports(): void {
    this.#reports.open();
  }

  /** The flows stop: outcomes wait in the store. */
  pauseReports(): void {
    this.#reports.pause();
  }

  /** Stops sending. What is under way gets a few seconds and is then recorded as interrupted. The store is left open. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#unlisten();
    await Promise.allSettled([...this.#accepting, this.#upkeep.stop()]);
    await this.#dispatcher.stop(STOP_GRACE_MS);
    await Promise.all([this.#states.stop(), this.#holds.stop()]);
    await this.#reports.end();
  }

  async #accept(request: AcceptRequest): Promise<Accepted> {
    const { store, endpoints, clock, observer } = this.#parts;
    const preparing = this.#lookup.prepare(request);
    // Where there is nothing to look up, a message takes its slot at once.
    const prepared = preparing instanceof Promise ? await preparing : preparing;
    const accepted = await accept(
      prepared,
      { store, endpoints, states: this.#states, dispatcher: this.#dispatcher, observer },
      clock.now(),
    );
    observer?.accepted?.(accepted.deliveries);
    return accepted;
  }

  async #changeHealth(endpointId: string, change: (endpoint: Endpoint) => Promise<void>): Promise<boolean> {
    const endpoint = this.#parts.endpoints.find(endpointId);
    if (!endpoint) return false;
    await change(endpoint);
    return true;
  }

  #healthChanged(id: string): void {
    this.#holds.applySoon(id);
    this.#dispatcher.noteHealth(id);
  }

  #endpointChanged(id: string): void {
    const endpoint = this.#parts.endpoints.find(id);
    if (!endpoint || this.#isStopped) return;
    applyHealth(endpoint, this.#all())
      .catch((error: unknown) => {
        // The store may close first; the next start looks at every endpoint.
        if (!this.#isStopped)
          this.#parts.logger.warn(`${endpoint.name} is not applied yet: ${String(error)}`);
      })
      // With other settings something else may be due now: without order, all that the first one held.
      .finally(() => this.#dispatcher.noteDue(id, this.#parts.clock.now()));
  }

  #all() {
    return {
      ...this.#parts,
      states: this.#states,
      holds: this.#holds,
      dispatcher: this.#dispatcher,
      reports: this.#reports,
    };
  }
}
