/** Tells who listens that a write may have added events of the log. */
export class LogEventNews {
  readonly #listeners = new Set<() => void>();

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The write's own answer, after which they are told if it is one that added some. */
  async after<Answer>(write: Promise<Answer>, hasAdded: (answer: Answer) => boolean): Promise<Answer> {
    const answer = await write;
    if (hasAdded(answer)) for (const listener of this.#listeners) listener();
    return answer;
  }
}
