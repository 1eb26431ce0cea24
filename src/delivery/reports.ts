import type { Clock, Timer } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { DeliveryStore, Report } from './delivery-store.ts';

/** Tells an out node an outcome. */
export type Tell = (report: Report) => void;

const PAGE = 100;
/** Long enough that the marks of a burst share a call, short enough that a crash repeats few reports. */
const CLOSE_DELAY_MS = 20;
const CLOSE_RETRY_MS = 5000;

/**
 * Brings outcomes to the out nodes: at once where the node is there, else when it comes, also after a restart. Told at
 * least once: it is marked as told after the node was told.
 */
export class Reports {
  readonly #store: DeliveryStore;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #nodes = new Map<string, Tell>();
  /** Told, and not marked in the store yet. */
  readonly #told = new Set<number>();
  readonly #draining = new Set<string>();
  /** Asked to drain while it drains: what was read may not hold the newest. */
  readonly #drainAgain = new Set<string>();
  #toClose: number[] = [];
  #closeTimer: Timer | undefined;
  #isOpen = false;
  #isEnded = false;

  constructor({ store, clock, logger }: { store: DeliveryStore; clock: Clock; logger: Logger }) {
    this.#store = store;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Names the node that takes reports, until the answer is called. */
  register(nodeId: string, tell: Tell): () => void {
    this.#nodes.set(nodeId, tell);
    this.drain(nodeId);
    return () => {
      if (this.#nodes.get(nodeId) === tell) this.#nodes.delete(nodeId);
    };
  }

  /** Whether nodes can be told. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The nodes that are there. */
  get nodeIds(): string[] {
    return [...this.#nodes.keys()];
  }

  /** From now on nodes can be told: the flows run. What has waited is told. */
  open(): void {
    this.#isOpen = true;
    this.drainAll();
  }

  /** From now on reports stay in the store: the flows stop. */
  pause(): void {
    this.#isOpen = false;
  }

  /** Tells no more, and marks what was told; what cannot be marked now is told again after a restart. */
  async end(): Promise<void> {
    this.#isOpen = false;
    this.#isEnded = true;
    await this.flush();
  }

  /** Tells an outcome that is in the store; where its node is not there, it stays there. */
  tell(report: Report): void {
    const tell = this.#nodes.get(report.delivery.nodeId);
    if (!tell || !this.#isOpen || this.#told.has(report.id)) return;
    this.#told.add(report.id);
    try {
      tell(report);
    } catch (error) {
      this.#logger.error(`An outcome could not be handed to its node: ${String(error)}`);
    }
    this.#toClose.push(report.id);
    this.#closeTimer ??= this.#clock.after(CLOSE_DELAY_MS, () => void this.flush());
  }

  /** Tells what the store holds for the nodes that are there. */
  drainAll(): void {
    for (const nodeId of this.#nodes.keys()) this.drain(nodeId);
  }

  /** Tells what the store holds for a node. */
  drain(nodeId: string): void {
    if (!this.#isOpen || !this.#nodes.has(nodeId)) return;
    if (this.#draining.has(nodeId)) {
      this.#drainAgain.add(nodeId);
      return;
    }
    this.#draining.add(nodeId);
    this.#drain(nodeId)
      .catch((error: unknown) => this.#logger.warn(`Outcomes could not be read: ${String(error)}`))
      .finally(() => {
        this.#draining.delete(nodeId);
        if (this.#drainAgain.delete(nodeId)) this.drain(nodeId);
      });
  }

  async #drain(nodeId: string): Promise<void> {
    for (;;) {
      const page = await this.#store.listReports({ nodeIds: [nodeId], limit: PAGE });
      if (!this.#isOpen || !this.#nodes.has(nodeId)) return;
      for (const report of page) this.tell(report);
      const isClosed = await this.flush();
      if (page.length < PAGE || !isClosed) return;
    }
  }

  /** Marks what was told; false = the store does not take it now, and it is tried again. */
  async flush(): Promise<boolean> {
    const ids = this.#toClose;
    this.#toClose = [];
    this.#closeTimer?.cancel();
    this.#closeTimer = undefined;
    if (ids.length === 0) return true;
    try {
      await this.#store.closeReports(ids);
    } catch (error) {
      this.#logger.warn(`Outcomes could not be marked as told: ${String(error)}`);
      this.#toClose.push(...ids);
      if (!this.#isEnded) this.#closeTimer ??= this.#clock.after(CLOSE_RETRY_MS, () => void this.flush());
      return false;
    }
    for (const id of ids) this.#told.delete(id);
    return true;
  }
}
