import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openWriter } from '../../../../src/store/sqlite/connection.ts';
import { encodeChange } from '../../../../src/store/sqlite/records/change-text.ts';
import { createRecordWriter } from '../../../../src/store/sqlite/records/record-writer.ts';
import { Statements } from '../../../../src/store/sqlite/statements.ts';
import { aContact, externalChange, STORED_AT } from '../../../support/records.ts';

describe('The table of external responses', () => {
  it('holds a response as its records made it, for tools that ask it in SQL', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'survey-hooks-'));
    const database = openWriter({ file: path.join(folder, 'hooks.db'), now: 1 });
    const { upsertRecord } = createRecordWriter(new Statements(database));
    const contact = aContact({ email: 'ann@example.org' });
    const put = (fields: Parameters<typeof externalChange>[1], now: number) =>
      upsertRecord({ changeText: encodeChange(externalChange(contact, fields)), now });
    put({ properties: { score: 9, comment: null } }, STORED_AT);
    put({ properties: { comment: 'Quick.' }, sentAt: 5 }, STORED_AT + 5);
    put({ properties: { comment: 'Quick.' }, sentAt: 5 }, STORED_AT + 9);
    const rows = database
      .prepare('select sent_at, responded_at, properties, created_at, updated_at from external_responses')
      .all();
    database.close();
    rmSync(folder, { recursive: true });
    assert.deepEqual(
      rows.map((row) => ({ ...row })),
      [
        {
          sent_at: 5,
          responded_at: STORED_AT - 1000,
          properties: '{"score":9,"comment":"Quick."}',
          created_at: STORED_AT,
          updated_at: STORED_AT + 5,
        },
      ],
    );
  });
});
