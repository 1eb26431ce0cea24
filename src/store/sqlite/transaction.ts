import type { DatabaseSync } from 'node:sqlite';
import type { HookError } from '../../errors.ts';
import { isOwnFault, storeError, toWire, type WireError } from './errors.ts';

/** What became of one call, as it crosses from the worker thread. */
export type WireOutcome = { readonly value: unknown } | { readonly error: WireError };

/** What became of a batch: of each call, or `failed` = of all of them, and nothing is changed. */
export type BatchAnswer = { readonly outcomes: readonly WireOutcome[] } | { readonly failed: WireError };

export interface Batch<Call> {
  readonly database: DatabaseSync;
  /** The database's name for people, without its folder. */
  readonly fileName: string;
  readonly calls: readonly Call[];
  readonly perform: (call: Call) => unknown;
}

/** Makes one transaction of the calls, each behind a savepoint, so that one that fails by its own fault fails alone. */
export function commitBatch<Call>({ database, fileName, calls, perform }: Batch<Call>): BatchAnswer {
  try {
    database.exec('begin immediate');
    const outcomes = calls.map((call) => performOne(database, fileName, () => perform(call)));
    database.exec('commit');
    return { outcomes };
  } catch (error) {
    rollBack(database);
    return { failed: toWire(storeError(error, fileName)) };
  }
}

function performOne(database: DatabaseSync, fileName: string, work: () => unknown): WireOutcome {
  database.exec('savepoint one_call');
  try {
    const value = work();
    database.exec('release one_call');
    return { value };
  } catch (thrown) {
    const error = ownFaultOf(thrown, fileName);
    database.exec('rollback to one_call');
    database.exec('release one_call');
    return { error: toWire(error) };
  }
}

/** The error of one call; what concerns the whole store (a full disk) goes on to end the batch. */
function ownFaultOf(thrown: unknown, fileName: string): HookError {
  const error = storeError(thrown, fileName);
  if (isOwnFault(error)) return error;
  throw error;
}

/** After some errors SQLite has rolled back by itself, and says that there is no transaction. */
function rollBack(database: DatabaseSync): void {
  try {
    database.exec('rollback');
  } catch {
    // What brought us here is what counts, and without a transaction there is nothing to take back.
  }
}
