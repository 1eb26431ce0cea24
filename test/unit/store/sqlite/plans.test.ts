import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { LogQuery } from '../../../../src/delivery/delivery-log.ts';
import { encodeExternalCursor } from '../../../../src/store/external-data-cursor.ts';
import { encodeCursor } from '../../../../src/store/log-cursor.ts';
import { openWriter } from '../../../../src/store/sqlite/connection.ts';
import { createDeliveryLog } from '../../../../src/store/sqlite/delivery-log.ts';
import { createExternalDataReader } from '../../../../src/store/sqlite/external-data-store.ts';
import { Statements } from '../../../../src/store/sqlite/statements.ts';

const FOLDER = new URL('../../../../src/store/sqlite/statements/', import.meta.url);
const subject = { kind: 'ticket', id: 's' } as const;
const externalCursor = encodeExternalCursor({ groupId: 'g', subject, updatedAt: 1, values: [] });
const cursor = encodeCursor({ createdAt: 1, seq: 1 });

const QUERIES: readonly Omit<LogQuery, 'limit'>[] = [
  {},
  { cursor },
  { status: 'Failed' },
  { status: 'In Progress', cursor },
  { endpointId: 'e' },
  { endpointId: 'e', cursor },
  { listeningPost: 'l' },
  { listeningPost: 'l', cursor },
  { from: 1, to: 2 },
  { from: 1, status: 'Failed', endpointId: 'e', listeningPost: 'l', cursor },
  { search: 'msg_1' },
  { search: 'msg_1', cursor, status: 'Failed', endpointId: 'e', from: 1, to: 2 },
];

/** Partial indexes hold only what has something to do, so reading one whole is no walk through the log. */
const QUEUE_INDEX =
  /USING (COVERING )?INDEX (deliveries_(due|open|waiting|probe|resends|sending)|inbox_events_parked|seen_marks_unanswered)/;
/** The outbox holds only what is still to be told, and there are as many states as endpoints and as many readers as nodes. */
const SMALL_TABLES = /^SCAN (reports|endpoint_states|log_event_readers)/;

describe('The plan of a statement', () => {
  let folder: string;
  let database: DatabaseSync;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'survey-hooks-'));
    database = openWriter({ file: path.join(folder, 'hooks.db'), now: 1 });
  });
  after(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  const planOf = (sql: string): string[] =>
    database
      .prepare(`explain query plan ${sql.replace(/^--.*\n/, '')}`)
      .all()
      .map((row) => String(row['detail']));
  const walks = (plan: readonly string[]): string[] =>
    plan.filter((step) => /^SCAN (?!\(subquery|json_each|CONSTANT ROW|[fp] VIRTUAL TABLE)/.test(step));
  const hasSort = (plan: readonly string[]): boolean => plan.some((step) => step.includes('ORDER BY'));

  const names = readdirSync(FOLDER).filter(
    (name) =>
      !/^(list-deliveries|list-external-subjects|search-bodies|search-webhook-ids|oldest-searched)\.sql$/.test(
        name,
      ),
  );
  for (const name of names)
    it(`of ${name} reads no table from end to end`, () => {
      const plan = planOf(readFileSync(new URL(name, FOLDER), 'utf8'));
      const found = walks(plan).filter((step) => !QUEUE_INDEX.test(step) && !SMALL_TABLES.test(step));
      assert.deepEqual(found, []);
    });

  for (const name of [
    'due-attempts',
    'due-resends',
    'next-in-order',
    'list-failing',
    'list-open',
    'list-expired',
    'list-inbox',
    'list-parked',
    'drop-expired-marks',
    'list-closed',
    'list-aliases',
    'list-activities',
    'list-silent-accounts',
    'list-survey-responses',
  ])
    it(`of ${name}.sql finds its rows in the order they are wanted`, () => {
      assert.equal(hasSort(planOf(readFileSync(new URL(`${name}.sql`, FOLDER), 'utf8'))), false);
    });

  it('of count-ended.sql reads the index of what has ended alone', () => {
    const plan = planOf(readFileSync(new URL('count-ended.sql', FOLDER), 'utf8'));
    const steps = plan.filter((step) => step.startsWith('SEARCH'));
    assert.equal(steps.length, 3);
    for (const step of steps) assert.match(step, /COVERING INDEX deliveries_ended/);
  });

  for (const query of QUERIES)
    it(`of the log's page for ${JSON.stringify(query)} walks an index from the newest on`, () => {
      const texts = logTextsOf(database, query);
      assert.ok(texts.length > 0);
      for (const text of texts) {
        const plan = planOf(text);
        // Newest first, an index is read from its end until the page is full.
        for (const step of walks(plan)) assert.match(step, /INDEX deliveries_newest/);
        const isByWebhookId = text.includes(':prefix');
        assert.equal(hasSort(plan), isByWebhookId, text);
        if (isByWebhookId) assert.match(plan.join(), /INDEX deliveries_by_webhook_id \(webhook_id>/);
        if (query.endpointId && !isByWebhookId)
          assert.match(plan.join(), /deliveries_by_endpoint \(endpoint_id=\?/);
      }
    });

  for (const [query, index] of [
    [{}, /PRIMARY KEY \(\(group_id,subject_kind,subject_id\)>/],
    [{ cursor: externalCursor }, /PRIMARY KEY \(\(group_id,subject_kind,subject_id\)>/],
    [{ groupId: 'g' }, /PRIMARY KEY \(group_id=\?/],
    [{ groupId: 'g', cursor: externalCursor }, /PRIMARY KEY \(group_id=\? AND \(subject_kind,subject_id\)>/],
    [{ subjectId: 's', cursor: externalCursor }, /by_subject \(subject_id=\?/],
    [{ groupId: 'g', subjectId: 's' }, /by_subject \(subject_id=\? AND group_id=\?/],
  ] as const)
    it(`of a page of external data for ${JSON.stringify(query)} reads only that page`, () => {
      const [text = ''] = textsOf(database, (statements) =>
        createExternalDataReader(statements).listExternal({ limit: 10, ...query }),
      );
      const plan = planOf(text);
      assert.deepEqual([walks(plan), hasSort(plan)], [[], false]);
      assert.match(plan.join(), index);
    });

  it('of a page reads no body unless something is searched in bodies', () => {
    for (const query of QUERIES) {
      const reading = logTextsOf(database, query).filter((text) => /\bbody\b/.test(text));
      assert.equal(reading.length, query.search === undefined ? 0 : 1);
    }
  });
});

const logTextsOf = (database: DatabaseSync, query: Omit<LogQuery, 'limit'>): string[] =>
  textsOf(database, (statements) => createDeliveryLog(statements).list({ limit: 10, ...query }));

/** The statements that a query is answered with, but for those that read one row by its key. */
function textsOf(database: DatabaseSync, ask: (statements: Statements) => unknown): string[] {
  const texts: string[] = [];
  const recording = {
    prepare(text: string) {
      texts.push(text);
      return database.prepare(text);
    },
  };
  // The statements use nothing but `prepare`.
  ask(new Statements(recording as unknown as DatabaseSync));
  return texts;
}
