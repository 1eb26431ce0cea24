/** The worker thread that owns the database and writes to it: a request is a batch of calls, and becomes one transaction. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { HookError } from '../../errors.ts';
import { perform } from '../synchronous.ts';
import { connectionInfo, openWriter } from './connection.ts';
import { toWire } from './errors.ts';
import { takeOwnership } from './lock.ts';
import { appliedVersion } from './migrate.ts';
import { Statements } from './statements.ts';
import { commitBatch } from './transaction.ts';
import type { WorkerSettings } from './worker-protocol.ts';
import { serve, type Served } from './worker-serve.ts';
import type { WriterCall } from './writer-call.ts';
import { createWriterStore } from './writer-store.ts';

/** A batch of calls; the question what the connection says of itself; or to take the write-ahead log into the database. */
export type WriterRequest =
  { readonly calls: readonly WriterCall[] } | { readonly ask: 'info' } | { readonly ask: 'checkpoint' };

serve((settings: WorkerSettings): Served => {
  const fileName = path.basename(settings.file);
  const ownership = takeOwnership(settings.file);
  const database = openOwned(settings, ownership.release);
  const store = createWriterStore(new Statements(database));
  return {
    answer(given) {
      // Only open.ts talks to this thread.
      const request = given as WriterRequest;
      if ('ask' in request) return answerOf(database, request.ask);
      // SQLite goes on with a file that is deleted, and nothing it keeps would outlive the process.
      if (!existsSync(settings.file)) return { failed: toWire(deletedError(fileName)) };
      return commitBatch({
        database,
        fileName,
        calls: request.calls,
        perform: (call) => perform(store, call),
      });
    },
    close() {
      database.close();
      ownership.release();
    },
  };
});

function answerOf(database: DatabaseSync, ask: 'info' | 'checkpoint'): unknown {
  if (ask === 'info') return { ...connectionInfo(database), schemaVersion: appliedVersion(database) };
  database.exec('pragma wal_checkpoint(passive)');
  return undefined;
}

const deletedError = (fileName: string): HookError =>
  new HookError(
    'HOOK_STORE_UNAVAILABLE',
    `The store ${fileName} was deleted or moved while it was open. Put it back, or restart Node-RED to begin a new one.`,
  );

function openOwned(settings: WorkerSettings, release: () => void): DatabaseSync {
  try {
    return openWriter(settings);
  } catch (error) {
    release();
    throw error;
  }
}
