import type { Clock } from '../platform/clock.ts';
import { AttemptPace } from './attempt-pace.ts';
import type { Endpoint } from './endpoint/endpoint.ts';

/** How many attempts an endpoint takes. */
export type LaneLimits = Pick<Endpoint, 'concurrency' | 'ratePerSecond'>;

/**
 * What the engine keeps in memory of one endpoint: how many attempts are under way, how many the rate still allows, when the next
 * one is due, and how many deliveries are open. All else stays in the store, so memory does not grow with the backlog.
 */
export class EndpointLane {
  readonly endpointId: string;
  readonly #pace: AttemptPace;
  /** Attempts under way, and slots promised to a write that is on its way. */
  #busyCount = 0;
  /** Open deliveries that are stored, and those on their way to the store. */
  #storedCount = 0;
  #arrivingCount = 0;
  #nextDueAt: number | undefined;
  /** The earliest due time noted since a claim was asked; the claim's answer may not know of it. */
  #notedDueAt: number | undefined;
  #isClaiming = false;
  #resends: 'first' | 'last' = 'first';

  constructor(endpointId: string, clock: Pick<Clock, 'monotonic'>) {
    this.endpointId = endpointId;
    this.#pace = new AttemptPace(clock);
  }

  get busyCount(): number {
    return this.#busyCount;
  }

  /** Deliveries that have not ended: scheduled, sending or waiting. */
  get openCount(): number {
    return this.#storedCount + this.#arrivingCount;
  }

  /** Epoch ms; undefined = nothing is due. */
  get nextDueAt(): number | undefined {
    return this.#nextDueAt;
  }

  isDue(now: number): boolean {
    return this.#nextDueAt !== undefined && this.#nextDueAt <= now;
  }

  /** When the endpoint can next be sent to, as far as that is a matter of time: not before something is due, nor before the rate allows it. */
  nextStartAt({ ratePerSecond }: LaneLimits, now: number): number | undefined {
    if (this.#nextDueAt === undefined) return undefined;
    return Math.max(this.#nextDueAt, now + this.#pace.waitMs(ratePerSecond));
  }

  /** Takes a slot for what has just been accepted. False = there is none, or what came earlier and is due has a better right to it. */
  takeSlot(limits: LaneLimits, now: number): boolean {
    if (this.isDue(now) || this.#freeSlots(limits) === 0) return false;
    this.#take(1, limits);
    return true;
  }

  /** Takes back the slots that attempts had which have ended. */
  give(slots: number): void {
    this.#busyCount -= slots;
  }

  /** Takes back slots that were taken for attempts which did not begin. */
  giveUnused(slots: number): void {
    this.give(slots);
    this.#pace.putBack(slots);
  }

  /** Deliveries are on their way to the store; they count as open already. */
  arriving(count: number): void {
    this.#arrivingCount += count;
  }

  /** They are stored, or were refused. */
  arrived(count: number, { isStored }: { isStored: boolean }): void {
    this.#arrivingCount -= count;
    if (isStored) this.#storedCount += count;
  }

  closed(count: number): void {
    this.#storedCount = Math.max(this.#storedCount - count, 0);
  }

  /** Notes that something is due at a time. */
  noteDue(at: number): void {
    this.#nextDueAt = earliest(this.#nextDueAt, at);
    if (this.#isClaiming) this.#notedDueAt = earliest(this.#notedDueAt, at);
  }

  /** Takes over what the store says. */
  refresh({ nextDueAt, openCount }: { nextDueAt: number | undefined; openCount: number }): void {
    this.#storedCount = openCount;
    if (nextDueAt !== undefined) this.noteDue(nextDueAt);
  }

  /** Whether the next claim takes resends first: not after one that brought nothing else, or those of a whole log would keep all else out. */
  get resends(): 'first' | 'last' {
    return this.#resends;
  }

  /** Notes what a claim brought: how many attempts, and how many of them are resends. */
  noteClaimed(count: number, resendCount: number): void {
    this.#resends = count > 0 && count === resendCount ? 'last' : 'first';
  }

  /** Begins a claim of all free slots; 0 = not now. */
  beginClaim(limits: LaneLimits, now: number): number {
    const slots = this.#freeSlots(limits);
    if (this.#isClaiming || slots === 0 || !this.isDue(now)) return 0;
    this.#isClaiming = true;
    this.#notedDueAt = undefined;
    this.#take(slots, limits);
    return slots;
  }

  /** Ends a claim: gives back the slots that were not used. */
  endClaim({ unusedSlots, nextDueAt }: { unusedSlots: number; nextDueAt: number | undefined }): void {
    this.#isClaiming = false;
    this.giveUnused(unusedSlots);
    this.#nextDueAt = earliest(nextDueAt, this.#notedDueAt);
  }

  /** Ends a claim that the store did not answer: what is due is looked at again at `retryAt`. */
  failClaim({ slots, retryAt }: { slots: number; retryAt: number }): void {
    this.endClaim({ unusedSlots: slots, nextDueAt: undefined });
    this.#nextDueAt = retryAt;
  }

  /** Attempts that may begin now: as many as there is room for, and no more than the rate allows. */
  #freeSlots({ concurrency, ratePerSecond }: LaneLimits): number {
    return Math.min(Math.max(concurrency - this.#busyCount, 0), this.#pace.readyCount(ratePerSecond));
  }

  #take(slots: number, { ratePerSecond }: LaneLimits): void {
    this.#busyCount += slots;
    this.#pace.take(slots, ratePerSecond);
  }
}

function earliest(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}
