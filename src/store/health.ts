import type { HookError } from '../errors.ts';
import type { StoreHealth } from './hook-store.ts';

/** Remembers whether the store is up and tells who listens when that changes, or when the reason does. */
export class Health {
  #now: StoreHealth = { isUp: true };
  readonly #listeners = new Set<(health: StoreHealth) => void>();

  get now(): StoreHealth {
    return this.#now;
  }

  listen(listener: (health: StoreHealth) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  up(): void {
    if (!this.#now.isUp) this.#change({ isUp: true });
  }

  down(error: HookError): void {
    if (this.#now.isUp || this.#now.error.code !== error.code) this.#change({ isUp: false, error });
  }

  #change(health: StoreHealth): void {
    this.#now = health;
    for (const listener of this.#listeners) listener(health);
  }
}
