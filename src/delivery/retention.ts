import type { Clock, Timer } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { RetentionLimits } from './retention-limits.ts';
import type { DeliveryUsage, PrunePosition, PruneRequest, RetentionStore } from './retention-store.ts';

export interface RetentionParts {
  readonly store: RetentionStore;
  /** Asked each minute; undefined = nobody knows what may be deleted, so nothing is. */
  readonly limits: () => RetentionLimits | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
}

const MINUTE_MS = 60_000;
/** Between two calls of the store, so that others come in between, and a long run is no load that anyone notices. */
const PAUSE_MS = 20;
/** In a minute: with the pauses they take most of one, and delete up to 15,000 deliveries, which is 20 million a day. */
const MOST_CALLS = 1500;
const MEGABYTE = 1024 ** 2;

/** What has to go; undefined = nothing. */
export function planPruning(
  limits: RetentionLimits,
  { deliveryCount, deliveryBytes }: Pick<DeliveryUsage, 'deliveryCount' | 'deliveryBytes'>,
  now: number,
): Omit<PruneRequest, 'after'> {
  return {
    activeBefore: limits.ageMs === undefined ? -Infinity : now - limits.ageMs,
    count: Math.max(deliveryCount - (limits.count ?? Infinity), 0),
    bytes: Math.max(deliveryBytes - (limits.bytes ?? Infinity), 0),
  };
}

/** How much space may lie free: what new deliveries take in the next minutes need not be given back first. */
export const planFreeBytes = ({ deliveryBytes }: Pick<DeliveryUsage, 'deliveryBytes'>): number =>
  Math.max(16 * MEGABYTE, deliveryBytes / 10);

/** Which settings the deliveries exceed. */
export const exceededBy = (
  { count = Infinity, bytes = Infinity }: RetentionLimits,
  { deliveryCount, deliveryBytes }: DeliveryUsage,
): string[] => [
  ...(deliveryCount > count ? ['retentionRows'] : []),
  ...(deliveryBytes > bytes ? ['retentionBytes'] : []),
];

/** Deletes what is older or more than the limits allow, each minute a part of it, until it is stopped. */
export class Retention {
  readonly #parts: RetentionParts;
  /** Where the next run goes on: what lies before it is still needed, and is looked at again when the end was reached. */
  #position: PrunePosition | undefined;
  #callCount = 0;
  #isOver = false;
  #timer: Timer | undefined;
  #run: Promise<void> = Promise.resolve();
  #isStopped = false;
  #endPause: () => void = () => undefined;

  constructor(parts: RetentionParts) {
    this.#parts = parts;
  }

  start(): void {
    if (this.#isStopped) return;
    this.#timer = this.#parts.clock.after(MINUTE_MS, () => {
      this.#run = this.#runOnce()
        .catch((error: unknown) => this.#warnOfFailure(error))
        .finally(() => this.start());
    });
  }

  /** Resolves when nothing more is asked of the store. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#timer?.cancel();
    this.#endPause();
    await this.#run;
  }

  async #runOnce(): Promise<void> {
    const limits = this.#parts.limits();
    if (!limits) return;
    this.#callCount = 0;
    const isDone = await this.#prune(limits);
    if (!isDone) return;
    const usage = await this.#parts.store.measure();
    this.#tellExcess(limits, usage);
    await this.#shrink(usage);
  }

  /** True = nothing is left that could be deleted. */
  async #prune(limits: RetentionLimits): Promise<boolean> {
    const { store, clock } = this.#parts;
    const now = clock.now();
    let { deliveryCount, deliveryBytes } = await store.measure();
    while (this.#mayCall()) {
      const plan = planPruning(limits, { deliveryCount, deliveryBytes }, now);
      const { deletedCount, deletedBytes, next } = await store.prune({ ...plan, after: this.#position });
      this.#position = next;
      if (!next) return true;
      deliveryCount -= deletedCount;
      deliveryBytes -= deletedBytes;
      await this.#pause();
    }
    return false;
  }

  async #shrink(usage: DeliveryUsage): Promise<void> {
    const keepBytes = planFreeBytes(usage);
    let { freeBytes } = usage;
    while (freeBytes > keepBytes && this.#mayCall()) {
      freeBytes = await this.#parts.store.shrink({ keepBytes });
      await this.#pause();
    }
  }

  #mayCall(): boolean {
    this.#callCount += 1;
    return !this.#isStopped && this.#callCount <= MOST_CALLS;
  }

  async #pause(): Promise<void> {
    if (this.#isStopped) return;
    await new Promise<void>((resolve) => {
      this.#endPause = resolve;
      this.#parts.clock.after(PAUSE_MS, resolve);
    });
  }

  /** Once, until it is within its limits again. */
  #tellExcess(limits: RetentionLimits, usage: DeliveryUsage): void {
    const settings = exceededBy(limits, usage);
    const isOver = settings.length > 0;
    if (isOver && !this.#isOver) {
      const megabytes = Math.round(usage.deliveryBytes / MEGABYTE);
      this.#parts.logger.warn(
        `The store keeps ${usage.deliveryCount} deliveries (${megabytes} MB), more than ${settings.join(' and ')} allows: ` +
          'those that are left are open, or their outcome is still to be told.',
      );
    }
    this.#isOver = isOver;
  }

  #warnOfFailure(error: unknown): void {
    // The store may close first.
    if (!this.#isStopped) this.#parts.logger.warn(`Old deliveries are deleted later: ${String(error)}`);
  }
}
