import type { GroupDirectory } from '../external-data/group-directory.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Random } from '../platform/random.ts';
import { AttemptsUnderWay } from './attempts-under-way.ts';
import type { Delivery, Resting, Sending } from './delivery.ts';
import type { DeliveryObserver } from './delivery-observer.ts';
import type { Claimed, DeliveryStore, EndpointBacklog } from './delivery-store.ts';
import type { EndpointDirectory } from './endpoint/endpoint-directory.ts';
import type { EndpointLane } from './endpoint-lane.ts';
import type { Endpoint } from './endpoint/endpoint.ts';
import type { BacklogHolds } from './health/backlog-holds.ts';
import type { EndpointCircuits } from './health/endpoint-circuits.ts';
import type { EndpointStates } from './health/endpoint-states.ts';
import { Lanes } from './lanes.ts';
import type { Reports } from './reports.ts';
import { makeAttempt } from './settlement.ts';
import { writeSettlement } from './settlement-writer.ts';
import type { Transport } from './transport.ts';
import { WakeTimer } from './wake-timer.ts';

export interface DispatcherParts {
  readonly store: DeliveryStore;
  readonly transport: Transport;
  readonly endpoints: EndpointDirectory;
  readonly states: EndpointStates;
  readonly circuits: EndpointCircuits;
  readonly holds: BacklogHolds;
  readonly reports: Reports;
  readonly groups: GroupDirectory;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly observer?: DeliveryObserver;
}

/** How long the loop sleeps at most: clocks jump, so what is due is looked at anew each minute. */
const LONGEST_SLEEP_MS = 60_000;
/** How long the loop leaves a store alone that has just refused a call. */
const STORE_PAUSE_MS = 1000;

/**
 * The only loop: it claims what is due for the free slots of each endpoint, makes the attempts, and writes down what came
 * of them. One endpoint never waits for another.
 */
export class Dispatcher {
  readonly underWay: AttemptsUnderWay;
  readonly #parts: DispatcherParts;
  readonly #lanes: Lanes;
  readonly #claims = new Set<Promise<void>>();
  readonly #timer: WakeTimer;
  #isRunning = false;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.#lanes = new Lanes(parts);
    this.underWay = new AttemptsUnderWay(parts);
    this.#timer = new WakeTimer(parts.clock, () => this.wake());
  }

  /** Whether attempts may begin: not before `start`, and no more once it stops. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Begins to send. */
  start(): void {
    this.#isRunning = true;
    this.wake();
  }

  /** The lane of an endpoint, made when it is first asked for. */
  lane(endpointId: string): EndpointLane {
    return this.#lanes.of(endpointId);
  }

  /** Takes over what the store says is open; of an endpoint that is not there, nothing is. */
  refresh(backlogs: readonly EndpointBacklog[]): void {
    const listed = new Set(backlogs.map(({ endpointId }) => endpointId));
    for (const lane of this.#lanes.all())
      if (!listed.has(lane.endpointId)) lane.refresh({ nextDueAt: undefined, openCount: 0 });
    for (const backlog of backlogs) {
      const lane = this.lane(backlog.endpointId);
      lane.refresh(backlog);
      this.#noteProbe(lane);
    }
    this.wake();
  }

  /** Looks at every lane, and sets the timer for the next one that falls due. */
  wake(): void {
    this.#pumpAll();
    this.#setTimer();
  }

  /** Notes that a delivery of the endpoint is due at a time, and begins it if that is now and a slot is free. */
  noteDue(endpointId: string, at: number): void {
    const lane = this.lane(endpointId);
    lane.noteDue(at);
    this.#pump(lane);
    this.#setTimer();
  }

  /**
   * Notes a delivery that the store has in this state by now. Where the endpoint's health has become another one while it was on its
   * way there, what is open is held or let go of once more.
   */
  noteStored(endpointId: string, state: Resting): void {
    const { endpoints, states, holds } = this.#parts;
    const endpoint = endpoints.find(endpointId);
    const isHeld = endpoint !== undefined && states.waitingReason(endpoint) !== undefined;
    if (state.kind === 'scheduled') {
      if (isHeld) holds.applySoon(endpointId);
      else this.noteDue(endpointId, state.nextAttemptAt);
    }
    if (state.kind !== 'waiting') return;
    if (isHeld) this.noteHealth(endpointId);
    else holds.applySoon(endpointId);
  }

  /** Notes that the endpoint's health may have changed: something may be due, or the endpoint is tried at another time. */
  noteHealth(endpointId: string): void {
    const { endpoints, states, clock } = this.#parts;
    const endpoint = endpoints.find(endpointId);
    if (!endpoint) return;
    const lane = this.lane(endpointId);
    if (states.waitingReason(endpoint)) this.#noteProbe(lane);
    else lane.noteDue(clock.now());
    this.#pump(lane);
    this.#setTimer();
  }

  /** Takes a free slot of the endpoint for what has just been accepted. */
  takeSlot(endpoint: Endpoint, now: number): boolean {
    return this.lane(endpoint.id).takeSlot(this.#parts.circuits.limitsOf(endpoint), now);
  }

  /** Makes an attempt that is counted, in a slot that was taken for it. */
  begin(claimed: Claimed, endpoint: Endpoint): void {
    this.underWay.add(claimed.delivery.id, this.#attempt(claimed, endpoint));
  }

  /** Claims no more, gives what is under way some time, then breaks it off and records it as interrupted. */
  async stop(graceMs: number): Promise<void> {
    this.#isRunning = false;
    this.#timer.cancel();
    // What a claim brings is counted as begun, so it has to be waited for and ended like the rest.
    await Promise.allSettled(this.#claims);
    await this.underWay.stop(graceMs);
  }

  #pumpAll(): void {
    for (const lane of this.#lanes.all()) this.#pump(lane);
  }

  #pump(lane: EndpointLane): void {
    const endpoint = this.#parts.endpoints.find(lane.endpointId);
    if (!this.#isRunning || !endpoint) return;
    const slots = lane.beginClaim(this.#parts.circuits.limitsOf(endpoint), this.#parts.clock.now());
    if (slots === 0) return;
    const claim = this.#claim(lane, endpoint, slots).finally(() => this.#claims.delete(claim));
    this.#claims.add(claim);
  }

  async #claim(lane: EndpointLane, endpoint: Endpoint, slots: number): Promise<void> {
    const { store, circuits, clock, logger, observer } = this.#parts;
    const automatic = circuits.beginClaim(endpoint);
    try {
      const now = clock.now();
      const request = {
        endpointId: lane.endpointId,
        now,
        limit: slots,
        ordered: endpoint.ordered,
        automatic,
        resends: lane.resends,
      };
      const { claimed, nextDueAt } = await store.claim(request);
      circuits.endClaim(endpoint, automatic, claimed);
      lane.noteClaimed(claimed.length, claimed.filter(({ delivery }) => delivery.state.manual).length);
      lane.endClaim({ unusedSlots: slots - claimed.length, nextDueAt });
      for (const { delivery } of claimed) observer?.changed?.(delivery);
      for (const one of claimed) this.begin(one, endpoint);
      // Where there was room for a probe and none came, nothing waits: the next one that is accepted is tried.
      if (automatic === 'none' || claimed.length === slots) this.#noteProbe(lane);
      this.#pump(lane);
    } catch (error) {
      circuits.endClaim(endpoint, automatic, []);
      logger.warn(`The store gave no deliveries for ${endpoint.name}: ${String(error)}`);
      lane.failClaim({ slots, retryAt: clock.now() + STORE_PAUSE_MS });
    }
    this.#setTimer();
  }

  async #attempt(claimed: Claimed, endpoint: Endpoint): Promise<void> {
    const lane = this.lane(endpoint.id);
    const { delivery, event } = claimed;
    const signal = this.underWay.signal;
    const settlement = await makeAttempt(claimed, endpoint, { ...this.#parts, signal }).finally(() => {
      lane.give(1);
      this.#parts.circuits.endAttempt(delivery);
    });
    this.#parts.observer?.attempted?.(endpoint.id, settlement.attempt);
    // Both go into the next commit: the outcome, and the claim of what takes the slot.
    const isWritten = writeSettlement(settlement, { ...this.#parts, signal });
    this.#noteProbe(lane);
    this.#pump(lane);
    const { settled, isLate } = await isWritten;
    // A claim may have found the endpoint's order held by this one.
    if (isLate) this.noteDue(endpoint.id, this.#parts.clock.now());
    if (!settled) {
      // Written by a call whose answer was lost: what there is to tell of it is in the store.
      this.#parts.reports.drain(delivery.nodeId);
      return;
    }
    this.#parts.observer?.changed?.(settled.delivery);
    this.#noteSettled(settled.delivery, delivery);
    if (settled.reportId === undefined) return;
    this.#parts.reports.tell({
      id: settled.reportId,
      delivery: settled.delivery,
      event,
      attempt: settlement.attempt,
      createdAt: settled.delivery.lastActivityAt,
    });
  }

  #noteSettled(next: Delivery<Resting>, before: Delivery<Sending>): void {
    const lane = this.lane(next.endpointId);
    const wasOpen = before.state.from.kind === 'scheduled' || before.state.from.kind === 'waiting';
    if (wasOpen && (next.state.kind === 'succeeded' || next.state.kind === 'failed')) lane.closed(1);
    if (next.resends > 0) this.noteDue(next.endpointId, this.#parts.clock.now());
    else this.noteStored(next.endpointId, next.state);
  }

  /** Has the lane looked at when its endpoint is to be tried, if its circuit is open and nothing tries it already. */
  #noteProbe(lane: EndpointLane): void {
    const endpoint = this.#parts.endpoints.find(lane.endpointId);
    const at = endpoint && this.#parts.circuits.nextProbeAt(endpoint);
    if (at !== undefined) lane.noteDue(at);
  }

  #setTimer(): void {
    if (!this.#isRunning) return;
    const now = this.#parts.clock.now();
    // It is about to be set for later still.
    if (this.#timer.isLate(now)) this.#pumpAll();
    this.#timer.set(Math.min(this.#lanes.nextStartAt(now), now + LONGEST_SLEEP_MS), now);
  }
}
