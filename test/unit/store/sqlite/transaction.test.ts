import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { commitBatch, type BatchAnswer } from '../../../../src/store/sqlite/transaction.ts';

type Step = (database: DatabaseSync) => unknown;

describe('A batch of calls', () => {
  let database: DatabaseSync;

  beforeEach(() => {
    database = new DatabaseSync(':memory:');
    database.exec('create table rows (id integer primary key, bytes blob) strict');
  });
  afterEach(() => database.close());

  const commit = (...calls: Step[]): BatchAnswer =>
    commitBatch({ database, fileName: 'hooks.db', calls, perform: (call) => call(database) });
  const ids = (): unknown[] =>
    database
      .prepare('select id from rows order by id')
      .all()
      .map((row) => row['id']);
  const add =
    (...added: (number | null)[]): Step =>
    (on) => {
      for (const id of added) on.prepare('insert into rows (id) values (?)').run(id);
      return added.length;
    };

  it('is one transaction with an outcome for each call', () => {
    assert.deepEqual(commit(add(1), add(2, 3)), { outcomes: [{ value: 1 }, { value: 2 }] });
    assert.deepEqual(ids(), [1, 2, 3]);
  });

  it('undoes what a failing call did, and only that', () => {
    const answer = commit(add(1), add(2, 1), add(3));
    assert.ok('outcomes' in answer);
    const [first, second, third] = answer.outcomes;
    assert.deepEqual([first, third], [{ value: 1 }, { value: 1 }]);
    assert.ok(second && 'error' in second);
    assert.equal(second.error.code, 'HOOK_STORE_ROW_REFUSED');
    assert.deepEqual(ids(), [1, 3]);
  });

  it('takes a defect of ours, or a value of no type, for the fault of its call', () => {
    const answer = commit(
      add(1),
      () => {
        throw new TypeError('x is not a function');
      },
      (on) => on.prepare('insert into rows (id) values (?)').run(true as never),
    );
    assert.ok('outcomes' in answer);
    assert.deepEqual(
      answer.outcomes.map((outcome) => ('error' in outcome ? outcome.error.code : outcome.value)),
      [1, 'HOOK_INVARIANT', 'HOOK_STORE_ROW_REFUSED'],
    );
    assert.deepEqual(ids(), [1]);
  });

  it('changes nothing when the disk is full, and works again when it is not', () => {
    database.exec('pragma max_page_count = 10');
    const large: Step = (on) =>
      on.prepare('insert into rows (bytes) values (?)').run(new Uint8Array(100_000));
    const answer = commit(add(1), large, add(2));
    assert.ok('failed' in answer);
    assert.equal(answer.failed.code, 'HOOK_STORE_FULL');
    assert.match(answer.failed.message, /hooks\.db/);
    assert.deepEqual(ids(), []);
    database.exec('pragma max_page_count = 1000');
    assert.ok('outcomes' in commit(add(1), large));
  });

  it('changes nothing when it cannot begin', () => {
    database.exec('begin');
    assert.ok('failed' in commit(add(1)));
    assert.deepEqual(ids(), []);
  });
});
