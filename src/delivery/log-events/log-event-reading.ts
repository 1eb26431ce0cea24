import type { Clock, Timer } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { LogEvent } from './log-event.ts';
import type { LogEventReaders, ToldNode } from './log-event-readers.ts';
import type { LogEventStore } from './log-event-store.ts';

interface LogEventReadingParts {
  readonly store: LogEventStore;
  readonly readers: LogEventReaders;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Few enough that telling them holds up nothing else, and that a burst of events is never in memory as a whole. */
const PAGE = 100;
/** Long enough that the events of a burst come in pages and not one by one. */
const GATHER_MS = 20;
const RETRY_MS = 5000;
const UPKEEP_MS = 60_000;
/** How long a node may be gone before what waits for it is dropped. */
const GONE_LIMIT_MS = 24 * 3_600_000;
const DROPPED_AT_ONCE = 1000;

/**
 * Brings events of the log to the nodes that read them, in order: soon after they are written where the node is there, else when it
 * comes, also after a restart. Told at least once: they are marked as read after the node was told.
 */
export class LogEventReading {
  readonly #parts: LogEventReadingParts;
  /** Nodes that the store knows, as they are now. */
  readonly #joined = new Map<string, ToldNode>();
  /** What a node was told last; the store may not have the mark of it. */
  readonly #toldTo = new Map<string, number>();
  readonly #markedTo = new Map<string, number>();
  /** Nodes whose events are being read, each with the promise of its end. */
  readonly #runs = new Map<string, Promise<void>>();
  /** Asked to read while it reads: the last page may not hold the newest. */
  readonly #again = new Set<string>();
  #upkeepRun: Promise<void> = Promise.resolve();
  #timers: { gather?: Timer | undefined; retry?: Timer | undefined; upkeep?: Timer | undefined } = {};
  #unlisten: () => void = () => undefined;
  #isOpen = false;
  #isStopped = false;
  #isFailing = false;

  constructor(parts: LogEventReadingParts) {
    this.#parts = parts;
  }

  /** From now on events are kept for the nodes that are there. */
  start(): void {
    const { store, readers } = this.#parts;
    const stops = [store.onNew(() => this.#readSoon()), readers.onSet((nodeId) => this.#read(nodeId))];
    this.#unlisten = () => {
      for (const stop of stops) stop();
    };
    this.#readAll();
    this.#scheduleUpkeep();
  }

  /** From now on nodes can be told: the flows run. What has waited is told. */
  open(): void {
    this.#isOpen = true;
    this.#readAll();
  }

  /** From now on events stay in the store: the flows stop. */
  pause(): void {
    this.#isOpen = false;
  }

  /** Tells no more, and marks what was told. The store is left open. */
  async stop(): Promise<void> {
    this.#isOpen = false;
    this.#isStopped = true;
    this.#unlisten();
    for (const timer of Object.values(this.#timers)) timer?.cancel();
    await Promise.all([...this.#runs.values(), this.#upkeepRun]);
  }

  #readSoon(): void {
    if (this.#isStopped) return;
    this.#timers.gather ??= this.#parts.clock.after(GATHER_MS, () => {
      this.#timers.gather = undefined;
      this.#readAll();
    });
  }

  #readAll(): void {
    for (const nodeId of this.#parts.readers.nodeIds) this.#read(nodeId);
  }

  #read(nodeId: string): void {
    if (this.#isStopped) return;
    if (this.#runs.has(nodeId)) {
      this.#again.add(nodeId);
      return;
    }
    const run = this.#readPages(nodeId)
      .then(
        () => void (this.#isFailing = false),
        (error: unknown) => this.#retryLater(error),
      )
      .finally(() => {
        this.#runs.delete(nodeId);
        if (this.#again.delete(nodeId)) this.#read(nodeId);
      });
    this.#runs.set(nodeId, run);
  }

  async #readPages(nodeId: string): Promise<void> {
    const { store, readers } = this.#parts;
    const node = readers.find(nodeId);
    if (!node) return;
    if (this.#joined.get(nodeId) !== node) {
      await store.join({ nodeId, kinds: node.kinds });
      this.#joined.set(nodeId, node);
    }
    const canTell = (): boolean => this.#isOpen && readers.find(nodeId) === node;
    while (canTell()) {
      const page = await store.list({ nodeId, kinds: node.kinds, limit: PAGE });
      if (!canTell()) return;
      for (const event of page.events) {
        if (event.id > (this.#toldTo.get(nodeId) ?? 0)) this.#tell(node, event);
        this.#toldTo.set(nodeId, event.id);
      }
      await this.#mark(nodeId, page.upTo);
      if (!page.hasMore) return;
    }
  }

  #tell(node: ToldNode, event: LogEvent): void {
    try {
      node.tell(event);
    } catch (error) {
      this.#parts.logger.error(`An event of the log could not be handed to its node: ${String(error)}`);
    }
  }

  async #mark(nodeId: string, upTo: number): Promise<void> {
    if (this.#markedTo.get(nodeId) === upTo) return;
    await this.#parts.store.markRead({ nodeId, upTo });
    this.#markedTo.set(nodeId, upTo);
  }

  #retryLater(error: unknown): void {
    if (this.#isStopped) return;
    // Once: it is tried again every few seconds, for days if need be.
    if (!this.#isFailing) this.#parts.logger.warn(`Events of the log are told later: ${String(error)}`);
    this.#isFailing = true;
    this.#timers.retry ??= this.#parts.clock.after(RETRY_MS, () => {
      this.#timers.retry = undefined;
      this.#readAll();
    });
  }

  #scheduleUpkeep(): void {
    if (this.#isStopped) return;
    this.#timers.upkeep = this.#parts.clock.after(UPKEEP_MS, () => {
      this.#upkeepRun = this.#keepUp()
        .catch((error: unknown) =>
          this.#parts.logger.warn(`Old events of the log are kept: ${String(error)}`),
        )
        .finally(() => this.#scheduleUpkeep());
    });
  }

  /** While the flows do not run nobody knows which nodes are gone. */
  async #keepUp(): Promise<void> {
    const { store, readers, clock } = this.#parts;
    this.#readAll();
    let count = DROPPED_AT_ONCE;
    while (this.#isOpen && count === DROPPED_AT_ONCE) {
      const now = clock.now();
      count = await store.drop({
        presentNodeIds: readers.nodeIds,
        now,
        goneBefore: now - GONE_LIMIT_MS,
        limit: DROPPED_AT_ONCE,
      });
    }
  }
}
