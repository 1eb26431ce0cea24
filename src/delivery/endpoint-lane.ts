/**
 * What the engine keeps in memory of one endpoint: how many attempts are under way, when the next one is due, and how many
 * deliveries are open. All else stays in the store, so memory does not grow with the backlog.
 */
export class EndpointLane {
  readonly endpointId: string;
  /** Attempts under way, and slots promised to a write that is on its way. */
  #busyCount = 0;
  /** Open deliveries that are stored, and those on their way to the store. */
  #storedCount = 0;
  #arrivingCount = 0;
  #nextDueAt: number | undefined;
  /** The earliest due time noted since a claim was asked; the claim's answer may not know of it. */
  #notedDueAt: number | undefined;
  #isClaiming = false;

  constructor(endpointId: string) {
    this.endpointId = endpointId;
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

  freeSlots(concurrency: number): number {
    return Math.max(concurrency - this.#busyCount, 0);
  }

  isDue(now: number): boolean {
    return this.#nextDueAt !== undefined && this.#nextDueAt <= now;
  }

  take(slots: number): void {
    this.#busyCount += slots;
  }

  give(slots: number): void {
    this.#busyCount -= slots;
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

  /** Begins a claim of all free slots; 0 = not now. */
  beginClaim(concurrency: number, now: number): number {
    const slots = this.freeSlots(concurrency);
    if (this.#isClaiming || slots === 0 || !this.isDue(now)) return 0;
    this.#isClaiming = true;
    this.#notedDueAt = undefined;
    this.take(slots);
    return slots;
  }

  /** Ends a claim: gives back the slots that were not used. */
  endClaim({ unusedSlots, nextDueAt }: { unusedSlots: number; nextDueAt: number | undefined }): void {
    this.#isClaiming = false;
    this.give(unusedSlots);
    this.#nextDueAt = earliest(nextDueAt, this.#notedDueAt);
  }

  /** Ends a claim that the store did not answer: what is due is looked at again at `retryAt`. */
  failClaim({ slots, retryAt }: { slots: number; retryAt: number }): void {
    this.endClaim({ unusedSlots: slots, nextDueAt: undefined });
    this.#nextDueAt = retryAt;
  }
}

function earliest(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}
