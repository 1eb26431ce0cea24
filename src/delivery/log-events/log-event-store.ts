import type { LogEvent, LogEventKind } from './log-event.ts';

/**
 * Events as nodes read them: each reader gets every event of its kinds that came after it joined, at least once, also after a restart.
 * They are written with what they tell of (`DeliveryStore`, `EndpointStateStore`), and only while somebody has joined.
 */
export interface LogEventStore {
  /** From now on events are kept for this node; one that has joined before goes on where it was. */
  join(request: { readonly nodeId: string; readonly now: number }): Promise<void>;
  /** What the node has not marked as read, oldest first, of these kinds. */
  list(request: {
    readonly nodeId: string;
    readonly kinds: readonly LogEventKind[];
    readonly limit: number;
  }): Promise<readonly LogEvent[]>;
  /** Marks all events up to this one as read. */
  markRead(request: { readonly nodeId: string; readonly upTo: number; readonly now: number }): Promise<void>;
  /**
   * Forgets readers other than these that were last there before the given time, and drops what nobody is still to read; answers how many events it
   * dropped, `limit` at most.
   */
  drop(request: {
    readonly exceptNodeIds: readonly string[];
    readonly seenBefore: number;
    readonly limit: number;
  }): Promise<number>;
}
