import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';

export interface AttemptsUnderWayParts {
  readonly clock: Pick<Clock, 'after'>;
  readonly logger: Logger;
}

/** The attempts that this process makes, each from its request to its outcome in the store. */
export class AttemptsUnderWay {
  readonly #parts: AttemptsUnderWayParts;
  /** The latest attempt of each delivery, by its id. */
  readonly #attempts = new Map<string, Promise<void>>();
  readonly #breakOff = new AbortController();

  constructor(parts: AttemptsUnderWayParts) {
    this.#parts = parts;
  }

  get count(): number {
    return this.#attempts.size;
  }

  /** Aborted when the time is over that attempts have at a stop. */
  get signal(): AbortSignal {
    return this.#breakOff.signal;
  }

  has(deliveryId: string): boolean {
    return this.#attempts.has(deliveryId);
  }

  add(deliveryId: string, work: Promise<void>): void {
    const attempt = work
      .catch((error: unknown) => this.#parts.logger.error(describeDefect(error)))
      .finally(() => {
        // The delivery's next one may have begun with the commit that ended this one.
        if (this.#attempts.get(deliveryId) === attempt) this.#attempts.delete(deliveryId);
      });
    this.#attempts.set(deliveryId, attempt);
  }

  /** Gives them some time, then breaks them off; they end as interrupted. */
  async stop(graceMs: number): Promise<void> {
    const grace = this.#parts.clock.after(graceMs, () => this.#breakOff.abort());
    await Promise.allSettled(this.#attempts.values());
    grace.cancel();
    this.#breakOff.abort();
  }
}

/** Where it broke, and not what its message says: that can hold what was sent or answered. */
function describeDefect(error: unknown): string {
  if (!(error instanceof Error)) return 'An attempt broke.';
  const said = `${error.name}: ${error.message}`;
  const places = error.stack?.startsWith(said) ? error.stack.slice(said.length) : '';
  return `An attempt broke by a defect (${error.name}), and is made again.${places}`;
}
