import type { EventReceiver } from './event-receivers.ts';
import type { OpenInboxEvent } from './inbox-store.ts';
import type { Standing } from './open-events.ts';

/** How many processes may have died with an event before a person has to decide. */
export const MOST_REDELIVERIES = 3;
/** How many events go into the flows at a time. */
export const MOST_AT_A_TIME = 10;

/** An event that goes into its flow again. */
export interface Redelivered {
  readonly event: OpenInboxEvent;
  readonly receiver: EventReceiver;
  /** A process has died with it, so that it is counted before it is sent. */
  readonly isCounted: boolean;
}

/** What becomes of a page of open events. */
export interface RedeliveryPlan {
  readonly parked: readonly OpenInboxEvent[];
  /** What goes into the flows together, oldest first. */
  readonly batches: readonly (readonly Redelivered[])[];
}

export interface PlanParts {
  readonly standingOf: (id: string) => Standing;
  readonly findReceiver: (hookId: string) => EventReceiver | undefined;
}

/**
 * Sorts open events, oldest first. What is in a flow, or has no hook that takes it, is left where it is. An event that has only
 * one redelivery left goes alone: should the process die of it, those that would have gone with it are not blamed.
 */
export function planRedelivery(page: readonly OpenInboxEvent[], parts: PlanParts): RedeliveryPlan {
  const parked: OpenInboxEvent[] = [];
  const batches: Redelivered[][] = [];
  let open: Redelivered[] | undefined;
  for (const event of page) {
    const receiver = parts.findReceiver(event.hookId);
    const standing = parts.standingOf(event.id);
    if (!receiver || (standing !== 'found' && standing !== 'waiting')) continue;
    const redelivered = { event, receiver, isCounted: standing === 'found' };
    if (redelivered.isCounted && event.redeliveries >= MOST_REDELIVERIES) parked.push(event);
    else if (isSuspect(redelivered)) {
      batches.push([redelivered]);
      open = undefined;
    } else if (open && open.length < MOST_AT_A_TIME) open.push(redelivered);
    else batches.push((open = [redelivered]));
  }
  return { parked, batches };
}

/** Whether the next redelivery of an event is its last. */
export const isSuspect = ({ event, isCounted }: Redelivered): boolean =>
  isCounted && event.redeliveries === MOST_REDELIVERIES - 1;
