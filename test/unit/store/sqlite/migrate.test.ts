import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import {
  appliedVersion,
  migrate,
  readMigrations,
  type Migration,
} from '../../../../src/store/sqlite/migrate.ts';
import { eventFromRow } from '../../../../src/store/sqlite/rows.ts';
import { Statements } from '../../../../src/store/sqlite/statements.ts';
import { anEvent } from '../../../support/deliveries.ts';

const step = (version: number, sql: string): Migration => ({ version, title: 'x', sql });

describe('Migrations', () => {
  let database: DatabaseSync;

  beforeEach(() => {
    database = new DatabaseSync(':memory:');
  });
  afterEach(() => database.close());

  const apply = (...migrations: Migration[]): void =>
    migrate(database, { migrations, fileName: 'hooks.db', now: 7 });
  const tables = (): unknown[] =>
    database
      .prepare("select name from sqlite_schema where type = 'table' order by name")
      .all()
      .map((row) => row['name']);

  it('of the pack are numbered from 1 without gaps', () => {
    const versions = readMigrations().map(({ version }) => version);
    assert.deepEqual(
      versions,
      versions.map((_, index) => index + 1),
    );
    assert.ok(versions.length > 0);
  });

  it('are applied once each, in order, and noted with their time', () => {
    apply(step(1, 'create table a (x)'));
    apply(step(1, 'create table a (x)'), step(2, 'create table b (x); create table c (x)'));
    assert.deepEqual(tables(), ['a', 'b', 'c', 'migrations']);
    assert.equal(appliedVersion(database), 2);
    assert.deepEqual(
      database
        .prepare('select version, applied_at from migrations')
        .all()
        .map((row) => ({ ...row })),
      [1, 2].map((version) => ({ version, applied_at: 7 })),
    );
  });

  it('leave nothing of a step that fails, and keep the steps before it', () => {
    assert.throws(() => apply(step(1, 'create table a (x)'), step(2, 'create table b (x); nonsense')));
    assert.deepEqual(tables(), ['a', 'migrations']);
    assert.equal(appliedVersion(database), 1);
    apply(step(1, ''), step(2, 'create table b (x)'));
    assert.deepEqual(tables(), ['a', 'b', 'migrations']);
  });

  it('of the pack keep the events of an older version, which have no headers', () => {
    const all = readMigrations();
    apply(...all.filter(({ version }) => version < 4));
    database.exec(
      `insert into events (id, webhook_id, content_type, tag_values, created_at, body)
       values ('e1', 'msg_1', 'application/json', '{}', 7, x'7b7d')`,
    );
    apply(...all);
    const event = eventFromRow(new Statements(database).one('select-event', { seq: 1 }));
    assert.deepEqual(event, anEvent({ createdAt: 7, body: Uint8Array.from([0x7b, 0x7d]) }));
  });

  it('refuse a database that a newer version of the pack has used', () => {
    apply(step(1, ''), step(2, ''));
    assert.throws(() => apply(step(1, '')), {
      code: 'HOOK_STORE_SCHEMA_NEWER',
      message: /hooks\.db .*newer version/,
    });
  });

  it('refuse a database of another program, and leave it as it is', () => {
    database.exec('create table theirs (x)');
    assert.throws(() => apply(step(1, 'create table a (x)')), { code: 'HOOK_CONFIG_STORE_FILE' });
    assert.deepEqual(tables(), ['theirs']);
  });
});
