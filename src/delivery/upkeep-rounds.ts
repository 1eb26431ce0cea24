import type { Timer } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import { recoverInterrupted } from './recovery.ts';
import { keepUp, type UpkeepParts } from './upkeep.ts';

const UPKEEP_MS = 60_000;
/** By then the answer to the write that began an attempt has come, or never will: the store answers in order. */
const LOST_AFTER_MS = 60_000;

/** Does the upkeep each minute; a round that breaks is put off to the next. */
export class UpkeepRounds {
  readonly #parts: UpkeepParts & { readonly logger: Logger };
  #timer: Timer | undefined;
  #run: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(parts: UpkeepParts & { readonly logger: Logger }) {
    this.#parts = parts;
  }

  /** The first round comes after a minute. */
  start(): void {
    if (this.#isStopped) return;
    const { clock, logger } = this.#parts;
    this.#timer = clock.after(UPKEEP_MS, () => {
      this.#run = this.#round()
        .catch((error: unknown) => logger.warn(`Upkeep is put off: ${String(error)}`))
        .finally(() => this.start());
    });
  }

  /** Waits for the round under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#timer?.cancel();
    await this.#run;
  }

  async #round(): Promise<void> {
    await recoverInterrupted({ ...this.#parts, minAgeMs: LOST_AFTER_MS });
    await keepUp(this.#parts);
  }
}
