import type { Clock, Timer } from '../../platform/clock.ts';
import type { InboxStore } from './inbox-store.ts';

/** How long an event has to be in a running flow to count as handled: the spec's minute. */
export const HANDLED_AFTER_MS = 60_000;
/** Often, so that what is handled at once is a small write at any rate of events. */
const CLOSE_EVERY_MS = 1000;
/** A transaction of that many deletes holds up the commits behind it for a few milliseconds. */
const CLOSE_BATCH = 500;

/**
 * What this process knows of an event that is open in the store: `arriving` = its sender has no answer yet, `running` = in a flow
 * (`fresh` where it has not been in one before), `waiting` = to go into its flow again; `found` = nothing, so a process died with it,
 * or what it should lead to could not be kept.
 */
export type Standing = 'arriving' | 'fresh' | 'running' | 'waiting' | 'found';

interface Running {
  /** On the monotonic clock, in ms. */
  readonly since: number;
  readonly isFresh: boolean;
}

interface OpenEventsParts {
  readonly store: Pick<InboxStore, 'closeEvents'>;
  readonly clock: Clock;
}

/** The open events of this process, by id alone; it takes out of the store what has been in a running flow for long enough. */
export class OpenEvents {
  readonly #parts: OpenEventsParts;
  readonly #arriving = new Set<string>();
  readonly #waiting = new Set<string>();
  readonly #givenBack = new Set<string>();
  /** In the order of `since`. */
  readonly #running = new Map<string, Running>();
  #timer: Timer | undefined;
  #isStopped = false;

  constructor(parts: OpenEventsParts) {
    this.#parts = parts;
  }

  standingOf(id: string): Standing {
    const running = this.#running.get(id);
    if (running) return running.isFresh ? 'fresh' : 'running';
    if (this.#waiting.has(id)) return 'waiting';
    return this.#arriving.has(id) ? 'arriving' : 'found';
  }

  /** Whether an event is to be redelivered though those before it are not. */
  get hasGivenBack(): boolean {
    return this.#givenBack.size > 0;
  }

  arrive(id: string): void {
    this.#arriving.add(id);
  }

  /** The event goes into its flow now. */
  run(id: string): void {
    const isFresh = this.#arriving.delete(id);
    this.forget(id);
    this.#running.set(id, { since: this.#parts.clock.monotonic(), isFresh });
    this.#closeSoon();
  }

  /** The event goes into its flow when that is possible. */
  wait(id: string): void {
    this.forget(id);
    this.#waiting.add(id);
  }

  /** The event's flow could not do its work; false = it is in none any more. */
  giveBack(id: string): boolean {
    const running = this.#running.get(id);
    if (!running || this.#isHandled(running.since)) return false;
    this.forget(id);
    this.#givenBack.add(id);
    return true;
  }

  /** The event is not this process's business any more. */
  forget(id: string): void {
    this.#arriving.delete(id);
    this.#running.delete(id);
    this.#waiting.delete(id);
    this.#givenBack.delete(id);
  }

  /** The flows stop: what has not been in them for long enough has to go into them again. */
  flowsStop(): void {
    for (const [id, { since }] of this.#running)
      if (this.#isHandled(since)) this.#running.set(id, { since, isFresh: false });
      else this.wait(id);
  }

  stop(): void {
    this.#isStopped = true;
    this.#timer?.cancel();
  }

  #isHandled(since: number): boolean {
    return this.#parts.clock.monotonic() - since >= HANDLED_AFTER_MS;
  }

  #closeSoon(): void {
    if (this.#timer || this.#isStopped) return;
    this.#timer = this.#parts.clock.after(CLOSE_EVERY_MS, () => void this.#close());
  }

  async #close(): Promise<void> {
    for (let ids = this.#handled(); ids.length > 0 && !this.#isStopped; ids = this.#handled()) {
      try {
        await this.#parts.store.closeEvents(ids);
      } catch {
        // They stay known as handled, and the store itself says what is wrong with it.
        break;
      }
      for (const id of ids) this.#running.delete(id);
    }
    this.#timer = undefined;
    if (this.#running.size > 0) this.#closeSoon();
  }

  #handled(): string[] {
    const ids: string[] = [];
    for (const [id, { since }] of this.#running) {
      if (ids.length === CLOSE_BATCH || !this.#isHandled(since)) break;
      ids.push(id);
    }
    return ids;
  }
}
