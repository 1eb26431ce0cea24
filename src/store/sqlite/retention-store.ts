import type {
  DeliveryUsage,
  PrunePosition,
  Pruned,
  PruneRequest,
  RetentionStore,
} from '../../delivery/retention-store.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Synchronous } from '../synchronous.ts';
import type { ClosedRow } from './statement-rows.ts';
import type { Statements } from './statements.ts';

/** The part of the port that writes. */
export type RetentionWriter = Pick<RetentionStore, 'prune' | 'shrink'>;

/** The part that only reads. */
export type RetentionReader = Pick<RetentionStore, 'measure'>;

/**
 * In a store of a million deliveries, on a machine that does much else, a commit that deletes 10 held up others for 7 ms, and 19 of 20
 * such for less than 16; one that deletes 25 for 11 and 23 ms, where the bare sync took 2 and 9. The time ends it before that where
 * bodies are large or the machine is slow.
 */
const MOST_DELETED = 10;
const MOST_MS = 4;
/** Some of those looked at may still be needed. */
const MOST_LOOKED_AT = 30;

/** Before any delivery. */
const START: PrunePosition = { lastActivityAt: Number.MIN_SAFE_INTEGER, seq: 0 };

export const createRetentionReader = (statements: Statements): Synchronous<RetentionReader> => ({
  measure(): DeliveryUsage {
    const { delivery_count, byte_count } = statements.one('select-totals', {});
    return { deliveryCount: delivery_count, deliveryBytes: byte_count, freeBytes: freeBytes(statements) };
  },
});

/** On a connection that is inside a transaction: each call either does all or throws. */
export const createRetentionWriter = (statements: Statements): Synchronous<RetentionWriter> => ({
  prune: (request) => prune(statements, request),
  shrink({ keepBytes }) {
    if (freeBytes(statements) > keepBytes) statements.all('give-back-pages');
    return freeBytes(statements);
  },
});

function prune(statements: Statements, request: PruneRequest): Pruned {
  const endAt = systemClock.monotonic() + MOST_MS;
  const bytesAtFirst = byteCount(statements);
  const rows = listClosed(statements, request.after ?? START);
  let deletedCount = 0;
  let deletedBytes = 0;
  for (const row of rows) {
    if (!isWanted(request, row, { deletedCount, deletedBytes }))
      return { deletedCount, deletedBytes, next: undefined };
    if (row.is_needed === 0) {
      deleteDelivery(statements, row);
      deletedCount += 1;
      deletedBytes = bytesAtFirst - byteCount(statements);
    }
    if (deletedCount === MOST_DELETED || systemClock.monotonic() > endAt)
      return { deletedCount, deletedBytes, next: positionOf(row) };
  }
  const last = rows.length < MOST_LOOKED_AT ? undefined : rows.at(-1);
  return { deletedCount, deletedBytes, next: last && positionOf(last) };
}

const isWanted = (
  { activeBefore, count, bytes }: PruneRequest,
  row: ClosedRow,
  { deletedCount, deletedBytes }: Omit<Pruned, 'next'>,
): boolean => row.last_activity_at < activeBefore || deletedCount < count || deletedBytes < bytes;

const listClosed = (statements: Statements, after: PrunePosition): ClosedRow[] =>
  statements.all('list-closed', {
    last_activity_at: after.lastActivityAt,
    seq: after.seq,
    limit: MOST_LOOKED_AT,
  });

const positionOf = ({ last_activity_at, seq }: ClosedRow): PrunePosition => ({
  lastActivityAt: last_activity_at,
  seq,
});

function deleteDelivery(statements: Statements, { seq, event_seq }: ClosedRow): void {
  statements.run('delete-attempts', { delivery_seq: seq });
  statements.run('delete-delivery', { seq });
  statements.run('delete-unused-event', { seq: event_seq });
}

const byteCount = (statements: Statements): number => statements.one('select-totals', {}).byte_count;

const freeBytes = (statements: Statements): number => statements.one('select-free-space', {}).free_bytes;
