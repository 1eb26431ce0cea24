import type { LogEvent, LogEventKind } from './log-event.ts';

/** A node that reads events, and of which kinds. */
export interface LogEventReader {
  readonly nodeId: string;
  readonly kinds: readonly LogEventKind[];
}

export interface LogEventPage {
  /** Oldest first. */
  readonly events: readonly LogEvent[];
  /** The id up to which there are no others for the reader: it is marked as read when these were told. */
  readonly upTo: number;
  /** Whether there may be others beyond it. */
  readonly hasMore: boolean;
}

/**
 * Events as nodes read them. Promises:
 * - each reader gets every event of its kinds that came after it joined, in order, at least once, also after a restart;
 * - events are written with what they tell of (`DeliveryStore`, `EndpointStateStore`), and only such as somebody has joined for;
 * - a page holds up no commit, and takes a short time however much others have left unread.
 */
export interface LogEventStore {
  /** From now on events are kept for this node; one that has joined before goes on where it was, with these kinds. */
  join(reader: LogEventReader): Promise<void>;
  /** What the node has not marked as read; nothing for one that has not joined. */
  list(request: LogEventReader & { readonly limit: number }): Promise<LogEventPage>;
  /** Marks all events up to this one as read; never takes a mark back. */
  markRead(request: { readonly nodeId: string; readonly upTo: number }): Promise<void>;
  /**
   * Forgets readers that are gone for long: other than these, and so since before the given time. Drops events that nobody is still to
   * read; answers how many, `limit` at most.
   */
  drop(request: {
    readonly presentNodeIds: readonly string[];
    readonly now: number;
    readonly goneBefore: number;
    readonly limit: number;
  }): Promise<number>;
  /** Calls back when a write may have added events; answers how to stop that. */
  onNew(listener: () => void): () => void;
}
