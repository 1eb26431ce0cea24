import type { Clock, Timer } from '../../../src/platform/clock.ts';

/** Something of ours that is not as it was; never what it holds, as everyone who has an editor open is told. */
export interface Change {
  readonly kind: 'hook' | 'delivery' | 'endpoint';
  readonly id: string;
  /** How it stands now, in one word; `removed` = it is gone. */
  readonly status: string;
}

/** What open editors are told. */
export interface Changes {
  /** Each thing once, as it stands; where there is more, as it stood when there came to be. */
  readonly items: readonly Change[];
  /** More has changed than is named here: whoever shows a list reads it anew. */
  readonly more: boolean;
}

const PAUSE_MS = 250;
const MOST_ITEMS = 100;

/**
 * Tells open editors what has changed, at most four times a second and a hundred things at a time: strangers cause changes, and
 * Node-RED queues each message for every open editor without bound. The first change goes at once.
 */
export class ChangePublisher {
  readonly #publish: (changes: Changes) => void;
  readonly #clock: Clock;
  #items = new Map<string, Change>();
  #hasMore = false;
  #pause: Timer | undefined;

  constructor(publish: (changes: Changes) => void, clock: Clock) {
    this.#publish = publish;
    this.#clock = clock;
  }

  note(change: Change): void {
    // All is read anew then; and of thousands a second, each would cost a look into the map.
    if (this.#hasMore && this.#items.size === MOST_ITEMS) return;
    const key = `${change.kind}/${change.id}`;
    if (this.#items.size < MOST_ITEMS || this.#items.has(key)) this.#items.set(key, change);
    else this.#hasMore = true;
    this.#pause ??= this.#send();
  }

  /** Notes that more has changed than is worth naming. */
  noteMore(): void {
    this.#hasMore = true;
    this.#pause ??= this.#send();
  }

  #send(): Timer {
    const changes = { items: [...this.#items.values()], more: this.#hasMore };
    this.#items = new Map();
    this.#hasMore = false;
    // Before it is told: what is noted meanwhile waits for the next time.
    const pause = this.#clock.after(PAUSE_MS, () => {
      this.#pause = this.#items.size > 0 || this.#hasMore ? this.#send() : undefined;
    });
    this.#publish(changes);
    return pause;
  }
}
