import { HookError } from '../../errors.ts';
import type { Clock, Timer } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { EventReceivers } from './event-receivers.ts';
import type { InboxEvent, InboxStore, RememberedAnswer, SeenMark } from './inbox-store.ts';
import { OpenEvents } from './open-events.ts';
import { Redelivery } from './redelivery.ts';

/** How often expired marks are dropped. */
const UPKEEP_MS = 60_000;
/** How long the store is given to recover before an event that was given back goes into its flow again. */
const GIVEN_BACK_MS = 5000;
/** Small, so that it never holds up a commit for long. */
const BATCH = 500;

export interface InboxParts {
  readonly store: InboxStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly receivers: EventReceivers;
  /** Told before an event goes into a flow again. */
  readonly onRedeliver: (eventId: string) => void;
  /** Told after events of a hook were parked. */
  readonly onPark?: (hookId: string) => void;
}

/** What a hook asks to be kept: an event, a mark, or both; then of one transaction. */
export interface Intake {
  readonly event?: InboxEvent;
  readonly mark?: SeenMark;
}

/**
 * What the hook does next. `deliver`: it starts the flow, now, without waiting for anything. `later`: nothing but answering: the
 * flows have stopped meanwhile, and the event is redelivered when they run. `duplicate`: nothing is kept, the mark was there.
 */
export type Taken =
  | { readonly kind: 'deliver' }
  | { readonly kind: 'later' }
  | { readonly kind: 'duplicate'; readonly first: SeenMark };

type MarkName = Pick<SeenMark, 'hookId' | 'key' | 'eventId'>;

/**
 * Keeps what hooks accept until the flows have had the time to handle it, and sends into the flows again what they may not have
 * handled. Rejections are those of the store.
 */
export class Inbox {
  readonly #parts: InboxParts;
  readonly #events: OpenEvents;
  readonly #redelivery: Redelivery;
  #runNumber = 0;
  #isRunning = false;
  #upkeep: Timer | undefined;
  #retry: Timer | undefined;
  #isStopped = false;

  constructor(parts: InboxParts) {
    this.#parts = parts;
    this.#events = new OpenEvents(parts);
    this.#redelivery = new Redelivery({ ...parts, events: this.#events });
  }

  /** Before anything is taken: what an earlier process would have answered, it will not answer any more. */
  async start(): Promise<void> {
    await this.#parts.store.forgetUnansweredMarks();
    this.#scheduleUpkeep();
  }

  /** Resolves when it is on disk; the answer to the sender may only follow. */
  async take({ event, mark }: Intake): Promise<Taken> {
    if (this.#isStopped) throw new HookError('HOOK_STORE_CLOSED', 'Node-RED is stopping.');
    const { store, clock } = this.#parts;
    const runNumber = this.#runNumber;
    // Now, or a redelivery that looks at the store before us would take it for another process's.
    if (event) this.#events.arrive(event.id);
    try {
      const kept = await store.keep({ event, mark, now: clock.now() });
      if (kept.kind === 'duplicate') return kept;
      if (!event) return { kind: 'deliver' };
      return this.#takeKept(event.id, runNumber);
    } finally {
      if (event && this.#events.standingOf(event.id) === 'arriving') this.#events.forget(event.id);
    }
  }

  /** Notes what the flow has answered to the request with this mark. */
  answerMark(mark: MarkName, answer: RememberedAnswer): Promise<void> {
    return this.#parts.store.answerMark({ ...nameOf(mark), answer });
  }

  /** Takes a mark back: its request failed. */
  forgetMark(mark: MarkName): Promise<void> {
    return this.#parts.store.forgetMark(nameOf(mark));
  }

  /** The flows run, with all their hooks in place. Again: nothing. */
  flowsRun(): void {
    if (this.#isStopped || this.#isRunning) return;
    this.#runNumber++;
    this.#isRunning = true;
    this.#redelivery.open();
  }

  /** The flows stop: what was in them for too short a time goes into them again when they run. */
  flowsStop(): void {
    this.#isRunning = false;
    this.#events.flowsStop();
    void this.#redelivery.close();
  }

  /**
   * What an event should lead to could not be kept: it goes into its flow once more, counted as if a process had died with it, so
   * that it is parked should that go on. Nothing where the event is not kept any more.
   */
  giveBack(eventId: string): void {
    if (this.#isStopped || !this.#events.giveBack(eventId)) return;
    this.#retry ??= this.#parts.clock.after(GIVEN_BACK_MS, () => {
      this.#retry = undefined;
      this.lookAgain();
    });
  }

  /** A hook takes events again. */
  lookAgain(): void {
    this.#redelivery.lookAgain();
  }

  /** Lets a hook's parked events go into its flow once more; answers how many they are. */
  async runParked(hookId: string): Promise<number> {
    const { store } = this.#parts;
    const total = await inBatches((limit) => store.unpark({ hookId, limit }));
    this.lookAgain();
    return total;
  }

  /** Deletes a hook's parked events; answers how many they were. */
  dropParked(hookId: string): Promise<number> {
    const { store } = this.#parts;
    return inBatches((limit) => store.dropParked({ hookId, limit }));
  }

  /** Ends what runs here; the store is left open. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#upkeep?.cancel();
    this.#retry?.cancel();
    this.flowsStop();
    this.#events.stop();
    await this.#redelivery.close();
  }

  #takeKept(id: string, runNumber: number): Taken {
    if (this.#isRunning && runNumber === this.#runNumber) {
      this.#events.run(id);
      return { kind: 'deliver' };
    }
    this.#events.wait(id);
    this.lookAgain();
    return { kind: 'later' };
  }

  #scheduleUpkeep(): void {
    if (this.#isStopped) return;
    this.#upkeep = this.#parts.clock.after(UPKEEP_MS, () => {
      void this.#dropExpiredMarks().finally(() => this.#scheduleUpkeep());
    });
  }

  async #dropExpiredMarks(): Promise<void> {
    const { store, clock, logger } = this.#parts;
    const now = clock.now();
    try {
      await inBatches((limit) => store.dropExpiredMarks({ now, limit }));
    } catch (error) {
      logger.warn(`What hooks have seen is tidied up later: ${String(error)}`);
    }
  }
}

const nameOf = ({ hookId, key, eventId }: MarkName): MarkName => ({ hookId, key, eventId });

/** Asks until fewer come than could have; answers how many in all. */
async function inBatches(ask: (limit: number) => Promise<number>): Promise<number> {
  let total = 0;
  let count: number;
  do {
    count = await ask(BATCH);
    total += count;
  } while (count === BATCH);
  return total;
}
