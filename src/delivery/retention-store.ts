/** What deliveries take up in the store. */
export interface DeliveryUsage {
  readonly deliveryCount: number;
  /** Of deliveries with their events and attempts, about; records, the inbox and survey responses are not among it. */
  readonly deliveryBytes: number;
  /** What deleted rows have left and nothing has taken since; 0 where the store gives space back by itself. */
  readonly freeBytes: number;
}

/** Where a call of `prune` has stopped. */
export interface PrunePosition {
  readonly lastActivityAt: number;
  /** Tells apart what was last active in the same millisecond. */
  readonly seq: number;
}

export interface PruneRequest {
  /** Where the last call stopped; undefined = begin with the oldest. */
  readonly after: PrunePosition | undefined;
  /** Whatever was last active before this time is deleted (epoch ms), however many they are. */
  readonly activeBefore: number;
  /** Beyond that the oldest are deleted until these have been, counting all that the call deletes. */
  readonly count: number;
  readonly bytes: number;
}

export interface Pruned {
  readonly deletedCount: number;
  readonly deletedBytes: number;
  /** Where to go on; undefined = nothing is left that the request would have deleted. */
  readonly next: PrunePosition | undefined;
}

/**
 * Makes room in the store. Promises:
 * - `prune` deletes deliveries with their attempts, and with their event when none is left of it; only those that are closed (Succeeded or
 *   Failed), of which no attempt is under way or asked for and no outcome is still to be told, and whose hook's request can not go into
 *   a flow again; oldest last activity first;
 * - a call does a small part of the work, so that the commits of others wait for a few milliseconds at most; what resolved is
 *   done, and a call that rejects can be made again.
 */
export interface RetentionStore {
  measure(): Promise<DeliveryUsage>;
  prune(request: PruneRequest): Promise<Pruned>;
  /** Gives free space back to the disk until at most so many bytes of it are left; answers how many are. */
  shrink(request: { readonly keepBytes: number }): Promise<number>;
}
