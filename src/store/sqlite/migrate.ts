import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { HookError } from '../../errors.ts';

/** One step of the schema, named `NNNN-title.sql`. */
export interface Migration {
  readonly version: number;
  readonly title: string;
  readonly sql: string;
}

/** Marks a database as ours in its header (https://www.sqlite.org/pragma.html#pragma_application_id): "SHks". */
export const APPLICATION_ID = 0x53486b73;

/** The migrations of this version of the pack, in order. */
export function readMigrations(): Migration[] {
  const folder = new URL('./migrations/', import.meta.url);
  return readdirSync(folder)
    .filter((name) => /^\d{4}-.+\.sql$/.test(name))
    .sort()
    .map((name) => ({
      version: Number(name.slice(0, 4)),
      title: path.basename(name, '.sql').slice(5),
      sql: readFileSync(new URL(name, folder), 'utf8'),
    }));
}

/**
 * Brings a database to this version's schema, a transaction for each step. HOOK_STORE_SCHEMA_NEWER if a later version of the pack
 * has used it, HOOK_CONFIG_STORE_FILE if another program has.
 */
export function migrate(
  database: DatabaseSync,
  { migrations, fileName, now }: { migrations: readonly Migration[]; fileName: string; now: number },
): void {
  claimDatabase(database, fileName);
  const applied = appliedVersion(database);
  const newest = migrations.at(-1)?.version ?? 0;
  if (applied > newest)
    throw new HookError(
      'HOOK_STORE_SCHEMA_NEWER',
      `The store ${fileName} was written by a newer version of this pack (schema ${applied}, this one knows ${newest}). Update the pack, or choose another file.`,
    );
  for (const migration of migrations) if (migration.version > applied) apply(database, migration, now);
}

/** The version of the last step applied; 0 = none. */
export function appliedVersion(database: DatabaseSync): number {
  const row = database.prepare('select max(version) as version from migrations').get();
  return Number(row?.['version'] ?? 0);
}

function claimDatabase(database: DatabaseSync, fileName: string): void {
  const id = database.prepare('pragma application_id').get()?.['application_id'];
  if (id === APPLICATION_ID) return;
  const { count } = database.prepare('select count(*) as count from sqlite_schema').get() as {
    count: number;
  };
  if (id !== 0 || count > 0)
    throw new HookError(
      'HOOK_CONFIG_STORE_FILE',
      `The store ${fileName} is a database of another program. Choose another file.`,
    );
  inTransaction(database, () => {
    database.exec(
      'create table migrations (version integer primary key, title text not null, applied_at integer not null) strict',
    );
    database.exec(`pragma application_id = ${APPLICATION_ID}`);
  });
}

function apply(database: DatabaseSync, { version, title, sql }: Migration, now: number): void {
  inTransaction(database, () => {
    database
      .prepare('insert into migrations (version, title, applied_at) values (?, ?, ?)')
      .run(version, title, now);
    database.exec(sql);
  });
}

function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec('begin immediate');
  try {
    work();
    database.exec('commit');
  } catch (error) {
    database.exec('rollback');
    throw error;
  }
}
