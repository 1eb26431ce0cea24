import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { HookError } from '../../../../src/errors.ts';
import { openWriter } from '../../../../src/store/sqlite/connection.ts';
import { createWriterStore } from '../../../../src/store/sqlite/writer-store.ts';
import { Statements } from '../../../../src/store/sqlite/statements.ts';
import { commitBatch } from '../../../../src/store/sqlite/transaction.ts';
import type { WriterRequest } from '../../../../src/store/sqlite/writer-worker.ts';
import { Writer } from '../../../../src/store/sqlite/writer.ts';
import { perform } from '../../../../src/store/synchronous.ts';
import { aDelivery } from '../../../support/deliveries.ts';
import { aSending, batchOf, scheduledAt } from '../../../support/store.ts';

const lost = new HookError('HOOK_STORE_UNAVAILABLE', 'The thread ended.');

describe('The writer, when its thread dies between commit and answer', () => {
  let folder: string;
  let database: DatabaseSync;
  let isAnswerLost: boolean;
  let error: HookError | undefined;
  let writer: Writer;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'survey-hooks-'));
    database = openWriter({ file: path.join(folder, 'hooks.db'), now: 1 });
    const store = createWriterStore(new Statements(database));
    isAnswerLost = false;
    error = undefined;
    const request = (request: unknown): Promise<unknown> => {
      const { calls } = structuredClone(request) as Extract<WriterRequest, { calls: unknown }>;
      const answer = commitBatch({ database, fileName: 'x', calls, perform: (call) => perform(store, call) });
      return isAnswerLost ? Promise.reject(lost) : Promise.resolve(answer);
    };
    const link = {
      request,
      get error() {
        return error;
      },
    };
    writer = new Writer(link, () => undefined);
  });
  afterEach(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });

  const count = (table: string): unknown =>
    database.prepare(`select count(*) as n from ${table}`).get()?.['n'];
  const batch = (id: string) =>
    batchOf([aSending({ id, eventId: id }), aDelivery(scheduledAt(1), { id: `${id}b`, eventId: `${id}b` })]);

  async function loseAnswers(...calls: (() => Promise<unknown>)[]): Promise<void> {
    isAnswerLost = true;
    const results = await Promise.allSettled(calls.map((call) => call()));
    for (const result of results) assert.deepEqual(result, { status: 'rejected', reason: lost });
    isAnswerLost = false;
  }

  it('takes back what its callers were told has failed, before anything else', async () => {
    await writer.call('enqueue', batch('kept'));
    await loseAnswers(
      () => writer.call('enqueue', batch('lost')),
      () => writer.call('enqueue', batch('lost too')),
    );
    assert.equal(count('deliveries'), 6);
    const { claimed } = await writer.call('claim', {
      endpointId: 'endpoint',
      now: 5,
      limit: 10,
      ordered: false,
    });
    assert.deepEqual(
      claimed.map(({ delivery }) => delivery.id),
      ['keptb'],
    );
    assert.equal(count('deliveries'), 2);
    assert.equal(count('events'), 2);
  });

  it('lets the same ids be given again', async () => {
    await loseAnswers(() => writer.call('enqueue', batch('again')));
    await writer.call('enqueue', batch('again'));
    assert.equal(count('deliveries'), 2);
    await writer.call('listBacklogs', undefined);
    assert.equal(count('deliveries'), 2);
  });

  it('takes it back when it closes, if it can', async () => {
    await loseAnswers(() => writer.call('enqueue', batch('lost')));
    await writer.finish(lost);
    assert.equal(count('deliveries'), 0);
  });

  describe('with events of hooks', () => {
    const NOW = 1000;
    const event = (id: string) => ({ id, hookId: 'h', receivedAt: NOW, head: '{}', body: Buffer.from(id) });
    const mark = (eventId: string) => ({
      hookId: 'h',
      key: 'k',
      eventId,
      expiresAt: NOW + 1000,
      answer: { statusCode: 200, contentType: '', body: Buffer.from('first') },
    });
    const keep = (id: string, now = NOW) =>
      writer.call('keep', { event: event(id), mark: { ...mark(id), expiresAt: now + 1000 }, now });

    it('takes back event and mark, so that the sender who tries again comes first', async () => {
      await loseAnswers(() => keep('lost'));
      assert.equal(count('inbox_events'), 1);
      assert.deepEqual(await keep('again'), { kind: 'kept' });
      assert.equal(count('inbox_events'), 1);
      assert.equal(count('seen_marks'), 1);
    });

    it('leaves what another event had before', async () => {
      await keep('first');
      await loseAnswers(() => keep('second'));
      await writer.call('listBacklogs', undefined);
      const result = await keep('third');
      assert.equal(result.kind === 'duplicate' && result.first.eventId, 'first');
      assert.equal(count('inbox_events'), 1);
    });

    it('takes back a mark alone, and an event alone', async () => {
      await loseAnswers(
        () => writer.call('keep', { event: undefined, mark: mark('a'), now: NOW }),
        () => writer.call('keep', { event: event('b'), mark: undefined, now: NOW }),
      );
      await writer.finish(lost);
      assert.equal(count('inbox_events'), 0);
      assert.equal(count('seen_marks'), 0);
    });
  });

  it('rejects at once with the reason while the thread is gone', async () => {
    error = lost;
    await assert.rejects(writer.call('enqueue', batch('x')), lost);
    assert.equal(writer.counts.waitingCount, 0);
  });
});
