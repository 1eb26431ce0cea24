import type { LogEvent, LogEventKind } from './log-event.ts';

/** A node that is told events. */
export interface ToldNode {
  readonly kinds: readonly LogEventKind[];
  tell(event: LogEvent): void;
}

/** The nodes of this process that are told events of the log, by id. */
export class LogEventReaders {
  readonly #nodes = new Map<string, ToldNode>();
  readonly #listeners = new Set<(nodeId: string) => void>();

  /** Puts a node in, over one with the same id; answers how it goes. */
  set(nodeId: string, node: ToldNode): () => void {
    this.#nodes.set(nodeId, node);
    for (const listener of this.#listeners) listener(nodeId);
    return () => {
      // A deploy may have put in the one that follows it.
      if (this.#nodes.get(nodeId) === node) this.#nodes.delete(nodeId);
    };
  }

  find(nodeId: string): ToldNode | undefined {
    return this.#nodes.get(nodeId);
  }

  /** The nodes that are there. */
  get nodeIds(): string[] {
    return [...this.#nodes.keys()];
  }

  /** Calls back with each node that is put in; answers how to stop that. */
  onSet(listener: (nodeId: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
