import type { Clock } from '../platform/clock.ts';
import type { Delivery, Sending } from './delivery.ts';
import type { DeliveryStore } from './delivery-store.ts';
import type { Dispatcher } from './dispatcher.ts';
import { settleInterrupted } from './settlement.ts';

const PAGE = 500;

/**
 * Ends the attempts that nobody makes any more: those of a process that died, or of a write whose answer was lost. Each is
 * due again at once. Answers how many there were.
 */
export async function recoverInterrupted({
  store,
  dispatcher,
  clock,
  minAgeMs,
}: {
  store: DeliveryStore;
  dispatcher: Dispatcher;
  clock: Clock;
  /** Only attempts that began at least so long ago. */
  minAgeMs: number;
}): Promise<number> {
  const { underWay } = dispatcher;
  let count = 0;
  for (;;) {
    const found = await store.findInterrupted(PAGE + underWay.count);
    const now = clock.now();
    const lost = found.filter((delivery) => !underWay.has(delivery.id) && !isYoung(delivery, now, minAgeMs));
    if (lost.length === 0) return count;
    await Promise.all(lost.map((delivery) => store.settle(settleInterrupted(delivery, now))));
    count += lost.length;
  }
}

/** What began after now began before the clock was set back, so its age is unknown: it is not young. */
function isYoung({ state }: Delivery<Sending>, now: number, minAgeMs: number): boolean {
  const age = now - state.startedAt;
  return age >= 0 && age < minAgeMs;
}
