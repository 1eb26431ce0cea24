import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { DeliveryStore, Settled, Settlement } from './delivery-store.ts';

export interface SettlementWriterParts {
  readonly store: Pick<DeliveryStore, 'settle'>;
  readonly clock: Pick<Clock, 'after'>;
  readonly logger: Logger;
  /** Nothing is tried again any more. */
  readonly signal: AbortSignal;
}

/** How long a store is left alone that has just refused an outcome. */
const STORE_PAUSE_MS = 1000;

/** What became of an outcome that was to be written. */
export interface WrittenSettlement {
  /** Undefined as `settle` of the store, or where it was given up. */
  readonly settled: Settled | undefined;
  /** It took more than one try, so what was asked of the store meanwhile was answered without it. */
  readonly isLate: boolean;
}

/** Writes an outcome; while the store is down, again and again, as only this process knows it. */
export async function writeSettlement(
  settlement: Settlement,
  { store, clock, logger, signal }: SettlementWriterParts,
): Promise<WrittenSettlement> {
  for (let isLate = false; ; isLate = true) {
    try {
      return { settled: await store.settle(settlement), isLate };
    } catch (error) {
      logger.warn(`The outcome of attempt ${settlement.attempt.number} is not stored yet: ${String(error)}`);
      if (signal.aborted) return { settled: undefined, isLate };
      await new Promise<void>((resolve) => clock.after(STORE_PAUSE_MS, resolve));
    }
  }
}
