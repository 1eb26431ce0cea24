import { HookError } from '../errors.ts';
import { accept, type Accepted, type AcceptedDelivery, type AcceptRequest } from './acceptance.ts';
import type { Endpoint } from './endpoint/endpoint.ts';
import { assembleWorks, type EngineParts, type EngineWorks } from './engine-works.ts';
import { ExternalLookup } from './external-lookup.ts';
import type { EndpointHealth } from './health/endpoint-health.ts';
import { recoverInterrupted } from './recovery.ts';
import { RedeliveredRequests } from './redelivered-requests.ts';
import type { Tell } from './reports.ts';
import {
  resend,
  resendSome,
  type ResendRequest,
  type ResendResult,
  type ResendSomeRequest,
} from './resend.ts';
import { skipEndpoints, type SkippedEndpoint } from './skipped-endpoints.ts';
import { applyHealth } from './upkeep.ts';
import { UpkeepRounds } from './upkeep-rounds.ts';

/** What became of a message at its endpoints, each in their order. */
export interface Acceptance {
  readonly deliveries: readonly AcceptedDelivery[];
  readonly skipped: readonly SkippedEndpoint[];
}

/** Time for what is under way when the process stops: well inside the 15 s that Node-RED gives. */
const STOP_GRACE_MS = 4000;

/** The delivery engine of a Node-RED process: it accepts messages durably and delivers them at least once. */
export class DeliveryEngine {
  readonly #works: EngineWorks;
  readonly #redelivered: RedeliveredRequests;
  readonly #lookup: ExternalLookup;
  readonly #upkeep: UpkeepRounds;
  readonly #accepting = new Set<Promise<unknown>>();
  #unlisten: () => void = () => undefined;
  #isStopped = false;

  constructor(parts: EngineParts) {
    this.#redelivered = new RedeliveredRequests(parts.store);
    this.#lookup = new ExternalLookup(parts);
    this.#works = assembleWorks(parts);
    this.#upkeep = new UpkeepRounds(this.#works);
  }

  /** Takes up what an earlier process left, and begins to send. Answers how many attempts it had left without an outcome. */
  async start(): Promise<number> {
    const { store, endpoints } = this.#works;
    this.#unlisten = endpoints.onChange((id) => this.#endpointChanged(id));
    await this.#works.states.load();
    this.#works.states.onChange((id) => this.#healthChanged(id));
    const interrupted = await recoverInterrupted({ ...this.#works, minAgeMs: 0 });
    await Promise.all(endpoints.all().map((endpoint) => applyHealth(endpoint, this.#works)));
    const backlogs = await store.listBacklogs();
    if (this.#isStopped) return interrupted;
    this.#works.dispatcher.start();
    this.#works.dispatcher.refresh(backlogs);
    this.#upkeep.start();
    return interrupted;
  }

  /** Resolves once all deliveries of the message are durable; rejects, and nothing is accepted, if the store does not take them. */
  async accept(request: AcceptRequest): Promise<Acceptance> {
    if (this.#isStopped) throw new HookError('HOOK_STORE_CLOSED', 'Node-RED is stopping.');
    const { wanted, skipped } = skipEndpoints(request, this.#works.endpoints);
    if (wanted.endpointIds.length === 0) return { deliveries: [], skipped };
    const accepting = wanted.hookRequest?.isRedelivered
      ? this.#redelivered.accept(wanted, (rest) => this.#accept(rest))
      : this.#accept(wanted);
    this.#accepting.add(accepting);
    try {
      const { deliveries, failedCount } = await accepting;
      if (failedCount > 0) this.#works.reports.drain(request.nodeId);
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
    return resend(request, this.#works);
  }

  /** Asks for one more attempt of each whose endpoint is there, in one write; answers how many that are. */
  async resendSome(request: ResendSomeRequest): Promise<number> {
    if (this.#isStopped) throw new HookError('HOOK_STORE_CLOSED', 'Node-RED is stopping.');
    return resendSome(request, this.#works);
  }

  /** Whether deliveries can go to an endpoint: it is in the flows, and its settings are valid. */
  hasEndpoint(endpointId: string): boolean {
    return this.#works.endpoints.find(endpointId) !== undefined;
  }

  /** How many deliveries of an endpoint are open, as far as it has any. */
  openCount(endpointId: string): number {
    return this.#works.dispatcher.lane(endpointId).openCount;
  }

  /** How an endpoint is at run time; it need not be in the flows. */
  healthOf(endpoint: Endpoint): EndpointHealth {
    return this.#works.circuits.healthOf(endpoint);
  }

  /** A person disables an endpoint: what is open for it waits. False = it is not in the flows, or its settings are wrong. */
  disable(endpointId: string): Promise<boolean> {
    return this.#changeHealth(endpointId, (endpoint) => this.#works.states.disable(endpoint));
  }

  /** Enables an endpoint again, and closes its circuit; where its setting says that it is off, it stays so. Answers as `disable` does. */
  enable(endpointId: string): Promise<boolean> {
    return this.#changeHealth(endpointId, (endpoint) => this.#works.circuits.enable(endpoint));
  }

  /** A test fire has succeeded with these settings, which need not be in the flows (yet). */
  noteTested(endpoint: Endpoint): Promise<void> {
    return this.#works.states.noteTested(endpoint);
  }

  /** Calls back with the id of each endpoint whose health may have changed; answers how to stop that. */
  onHealthChange(listener: (endpointId: string) => void): () => void {
    return this.#works.states.onChange(listener);
  }

  /** Names the out node that is told the outcomes of its deliveries, also of those from before a restart. */
  register(nodeId: string, tell: Tell): () => void {
    return this.#works.reports.register(nodeId, tell);
  }

  /** The flows run: outcomes can be told. */
  openReports(): void {
    this.#works.reports.open();
  }

  /** The flows stop: outcomes wait in the store. */
  pauseReports(): void {
    this.#works.reports.pause();
  }

  /** Stops sending. What is under way gets a few seconds and is then recorded as interrupted. The store is left open. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#unlisten();
    await Promise.allSettled([...this.#accepting, this.#upkeep.stop()]);
    await this.#works.dispatcher.stop(STOP_GRACE_MS);
    await Promise.all([this.#works.states.stop(), this.#works.holds.stop()]);
    await this.#works.reports.end();
  }

  async #accept(request: AcceptRequest): Promise<Accepted> {
    const preparing = this.#lookup.prepare(request);
    // Where there is nothing to look up, a message takes its slot at once.
    const prepared = preparing instanceof Promise ? await preparing : preparing;
    const accepted = await accept(prepared, this.#works, this.#works.clock.now());
    this.#works.observer?.accepted?.(accepted.deliveries);
    return accepted;
  }

  async #changeHealth(endpointId: string, change: (endpoint: Endpoint) => Promise<void>): Promise<boolean> {
    const endpoint = this.#works.endpoints.find(endpointId);
    if (!endpoint) return false;
    await change(endpoint);
    return true;
  }

  #healthChanged(id: string): void {
    this.#works.holds.applySoon(id);
    this.#works.dispatcher.noteHealth(id);
  }

  #endpointChanged(id: string): void {
    const endpoint = this.#works.endpoints.find(id);
    if (!endpoint || this.#isStopped) return;
    applyHealth(endpoint, this.#works)
      .catch((error: unknown) => {
        // The store may close first; the next start looks at every endpoint.
        if (!this.#isStopped)
          this.#works.logger.warn(`${endpoint.name} is not applied yet: ${String(error)}`);
      })
      // With other settings something else may be due now: without order, all that the first one held.
      .finally(() => this.#works.dispatcher.noteDue(id, this.#works.clock.now()));
  }
}
