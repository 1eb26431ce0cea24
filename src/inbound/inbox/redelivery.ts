import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { EventReceivers } from './event-receivers.ts';
import type { InboxStore, OpenInboxEvent } from './inbox-store.ts';
import type { OpenEvents, Standing } from './open-events.ts';
import {
  isSuspect,
  MOST_AT_A_TIME,
  MOST_REDELIVERIES,
  planRedelivery,
  type Redelivered,
} from './redelivery-plan.ts';

/** Between one batch and the next: new requests get their turn, and thousands of events are through in a minute or two. */
const BATCH_PAUSE_MS = 25;
/** After an event that may be what processes died of: what it does a moment later is still its own doing. */
const SUSPECT_PAUSE_MS = 250;
/** After the store has failed. */
const RETRY_MS = 5000;

export interface RedeliveryParts {
  readonly store: InboxStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly receivers: EventReceivers;
  readonly events: OpenEvents;
  /** Told before an event goes into a flow again. */
  readonly onRedeliver: (eventId: string) => void;
  /** Told after events of a hook were parked. */
  readonly onPark?: (hookId: string) => void;
}

/**
 * Sends open events into their flows again while the flows run: walks through the store from the oldest on, a few at a time, so
 * that a backlog of any size stays there.
 */
export class Redelivery {
  readonly #parts: RedeliveryParts;
  #isOpen = false;
  /** Another number ends the walk that began with the one before. */
  #walkNumber = 0;
  #walk: Promise<void> = Promise.resolve();
  #isWalking = false;
  #isAsked = false;
  #hasFailed = false;
  #wake: () => void = () => undefined;

  constructor(parts: RedeliveryParts) {
    this.#parts = parts;
  }

  /** The flows run. */
  open(): void {
    this.#isOpen = true;
    this.#begin();
  }

  /** The flows stop. Resolves when nothing is under way any more. */
  close(): Promise<void> {
    this.#isOpen = false;
    this.#walkNumber++;
    this.#wake();
    return this.#walk;
  }

  /** There may be something that goes into a flow: a hook that is back, for instance. */
  lookAgain(): void {
    if (!this.#isOpen) return;
    if (this.#isWalking) this.#isAsked = true;
    else this.#begin();
  }

  #begin(): void {
    const walkNumber = ++this.#walkNumber;
    this.#isWalking = true;
    this.#wake();
    // One after the other: what the one before has counted must not be counted again.
    this.#walk = this.#walk.then(() => this.#walkThrough(walkNumber));
  }

  async #walkThrough(walkNumber: number): Promise<void> {
    const isOver = (): boolean => walkNumber !== this.#walkNumber;
    do {
      this.#isAsked = false;
      try {
        await this.#walkOnce(isOver);
        this.#hasFailed = false;
      } catch (error) {
        if (!this.#hasFailed)
          this.#parts.logger.warn(`Kept events go into their flows later: ${String(error)}`);
        this.#hasFailed = true;
        this.#isAsked = true;
        await this.#sleep(RETRY_MS, isOver);
      }
    } while (this.#isAsked && !isOver());
    if (!isOver()) this.#isWalking = false;
  }

  async #walkOnce(isOver: () => boolean): Promise<void> {
    const { store, events } = this.#parts;
    for (let afterSeq = 0; !isOver();) {
      const page = await store.listOpen({ afterSeq, limit: MOST_AT_A_TIME });
      if (isOver()) return;
      await this.#redeliver(page, isOver);
      const last = page.at(-1);
      if (!last || page.length < MOST_AT_A_TIME) return;
      // From here on there is only what came in since the flows run.
      if (!events.hasGivenBack && page.every(({ id }) => isNew(events.standingOf(id)))) return;
      afterSeq = last.seq;
    }
  }

  async #redeliver(page: readonly OpenInboxEvent[], isOver: () => boolean): Promise<void> {
    const { events, receivers } = this.#parts;
    const { parked, batches } = planRedelivery(page, {
      standingOf: (id) => events.standingOf(id),
      findReceiver: (hookId) => receivers.find(hookId),
    });
    await this.#park(
      parked,
      `they were begun with again ${MOST_REDELIVERIES} times, and each time Node-RED ended or the store did not take what they led to`,
    );
    for (const batch of batches) {
      await this.#count(batch);
      if (isOver()) return;
      for (const redelivered of batch) await this.#send(redelivered, isOver);
      await this.#sleep(batch.some(isSuspect) ? SUSPECT_PAUSE_MS : BATCH_PAUSE_MS, isOver);
      if (isOver()) return;
    }
  }

  async #count(batch: readonly Redelivered[]): Promise<void> {
    const ids = batch.filter(({ isCounted }) => isCounted).map(({ event }) => event.id);
    if (ids.length === 0) return;
    await this.#parts.store.countRedeliveries(ids);
    // Counted is counted: should the flows stop before they are sent, that is no process's death.
    for (const id of ids) this.#parts.events.wait(id);
  }

  async #send({ event, receiver }: Redelivered, isOver: () => boolean): Promise<void> {
    if (isOver()) return;
    const { events, onRedeliver } = this.#parts;
    events.run(event.id);
    onRedeliver(event.id);
    try {
      await receiver.redeliver(event);
    } catch (error) {
      // It is in no flow: should the store not park it now, it must not count as handled.
      events.wait(event.id);
      await this.#park([event], `they could not be read again (${String(error)})`);
    }
  }

  async #park(parked: readonly OpenInboxEvent[], reason: string): Promise<void> {
    if (parked.length === 0) return;
    const { store, events, receivers, logger, onPark } = this.#parts;
    const ids = parked.map(({ id }) => id);
    await store.park(ids);
    for (const id of ids) events.forget(id);
    for (const [hookId, count] of countByHook(parked)) {
      onPark?.(hookId);
      const name = receivers.find(hookId)?.name || hookId;
      logger.warn(
        `Events of the hook "${name}" are parked until a person decides: ${count}, because ${reason}.`,
      );
    }
  }

  #sleep(ms: number, isOver: () => boolean): Promise<void> {
    if (isOver()) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = this.#parts.clock.after(ms, resolve);
      this.#wake = () => {
        timer.cancel();
        resolve();
      };
    });
  }
}

const isNew = (standing: Standing): boolean => standing === 'fresh' || standing === 'arriving';

function countByHook(events: readonly OpenInboxEvent[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { hookId } of events) counts.set(hookId, (counts.get(hookId) ?? 0) + 1);
  return counts;
}
