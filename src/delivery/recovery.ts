import type { Clock } from '../platform/clock.ts';
import { recordInterrupted } from './attempt.ts';
import { interrupt } from './delivery.ts';
import type { DeliveryStore } from './delivery-store.ts';
import type { Dispatcher } from './dispatcher.ts';

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
  let count = 0;
  for (;;) {
    const found = await store.findInterrupted(PAGE + dispatcher.underWayCount);
    const begunBefore = clock.now() - minAgeMs;
    const lost = found.filter(
      ({ id, state }) => !dispatcher.isUnderWay(id) && state.startedAt <= begunBefore,
    );
    if (lost.length === 0) return count;
    const settlements = lost.map((delivery) => {
      const next = interrupt(delivery, clock.now());
      const attempt = recordInterrupted(delivery);
      return { delivery: next, attempt, report: next.state.kind === 'failed' };
    });
    await Promise.all(settlements.map((settlement) => store.settle(settlement)));
    count += lost.length;
  }
}
