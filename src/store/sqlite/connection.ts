import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { HookError } from '../../errors.ts';
import { migrate, readMigrations } from './migrate.ts';
import { makePrivateFile } from './private-file.ts';
import type { WorkerSettings } from './worker-protocol.ts';

/** What a connection says of itself. */
export interface ConnectionInfo {
  readonly synchronous: number;
  readonly journalMode: string;
  readonly autoVacuum: number;
}

/** For both connections: what is sorted stays in memory, and 16 MB of pages hold the upper part of the indexes of a million rows. */
const SHARED_PRAGMAS = `
  pragma busy_timeout = 5000;
  pragma cache_size = -16384;
  pragma temp_store = memory;
  pragma trusted_schema = off;
`;

/** The one connection that writes, to a database with this version's schema. */
export function openWriter({ file, now }: WorkerSettings): DatabaseSync {
  makePrivateFile(file);
  const database = new DatabaseSync(file);
  try {
    database.exec(SHARED_PRAGMAS);
    // Before the first table: later it would take a rewrite of the whole file.
    database.exec('pragma auto_vacuum = incremental');
    requireWal(database, file);
    database.exec(`
      pragma synchronous = full;
      pragma foreign_keys = on;
      pragma journal_size_limit = 67108864;
    `);
    migrate(database, { migrations: readMigrations(), fileName: path.basename(file), now });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A connection that cannot write, to a database that the writer has opened. */
export function openReader({ file }: WorkerSettings): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: true });
  database.exec(SHARED_PRAGMAS);
  return database;
}

/** Asks the live connection. */
export const connectionInfo = (database: DatabaseSync): ConnectionInfo => ({
  synchronous: Number(pragma(database, 'synchronous')),
  journalMode: String(pragma(database, 'journal_mode')),
  autoVacuum: Number(pragma(database, 'auto_vacuum')),
});

/** Without the write-ahead log our reader would hold up commits; some network file systems cannot have it. */
function requireWal(database: DatabaseSync, file: string): void {
  database.exec('pragma journal_mode = wal');
  if (pragma(database, 'journal_mode') === 'wal') return;
  throw new HookError(
    'HOOK_CONFIG_STORE_FILE',
    `The store ${path.basename(file)} lies on a file system without shared memory. Choose a local disk.`,
  );
}

const pragma = (database: DatabaseSync, name: string): unknown =>
  database.prepare(`pragma ${name}`).get()?.[name];
