/** A state that listeners are told of whenever it changes. */
export class ToldState<State> {
  readonly #listeners = new Set<(state: State) => void>();
  #now: State;

  constructor(first: State) {
    this.#now = first;
  }

  get now(): State {
    return this.#now;
  }

  set(state: State): void {
    if (state === this.#now) return;
    this.#now = state;
    for (const listener of this.#listeners) listener(state);
  }

  /** Calls back with the state now and whenever it changes; answers how to stop that. */
  listen(listener: (state: State) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#now);
    return () => this.#listeners.delete(listener);
  }
}
