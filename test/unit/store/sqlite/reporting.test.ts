import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../../../src/platform/clock.ts';
import { silentLogger } from '../../../../src/platform/logger.ts';
import type { Properties } from '../../../../src/records/record-store.ts';
import { openSqlite } from '../../../../src/store/sqlite/open.ts';
import { responseChange, STORED_AT } from '../../../support/records.ts';

const RESPONSE = {
  source: 'delighted',
  surveyId: 's1',
  surveyName: 'Onboarding',
  responseId: 'r1',
  metric: 'nps',
  score: 9,
  class: 'promoter',
  rating: 'gold',
  comment: '"Quick" 🙂',
  respondent: { id: '7', email: 'ann@example.org', phone: '+1 555', name: 'Ann' },
  account: 'Acme',
  agent: 'bo',
  supportGroup: { code: 'SD', name: 'Service Desk' },
  ticketId: 'INC1',
  language: 'en',
};

describe('The reporting table', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'survey-hooks-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** What another tool reads from the table once the responses are stored. */
  async function query(sql: string, ...responses: Properties[]): Promise<unknown[]> {
    const file = path.join(folder, 'hooks.db');
    const store = await openSqlite({ file, clock: systemClock, logger: silentLogger });
    for (const [index, response] of responses.entries())
      await store.records.upsert({ change: responseChange(`r${index + 1}`, response), now: STORED_AT });
    await store.close();
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      return database
        .prepare(sql)
        .all()
        .map((row) => ({ ...row }));
    } finally {
      database.close();
    }
  }

  it('has a column for each thing that people ask for', async () => {
    const columns = `
      source, response_id, datetime(submitted_at / 1000, 'unixepoch') as submitted, survey_id, survey_name, metric, score, class,
      rating, comment, respondent_id, respondent_email, respondent_phone, respondent_name, account, agent, support_group_code,
      support_group_name, ticket_id, language`;
    assert.deepEqual(await query(`select ${columns} from survey_responses`, RESPONSE), [
      {
        source: 'delighted',
        response_id: 'r1',
        submitted: '2026-01-01 00:00:00',
        survey_id: 's1',
        survey_name: 'Onboarding',
        metric: 'nps',
        score: 9,
        class: 'promoter',
        rating: 'gold',
        comment: '"Quick" 🙂',
        respondent_id: '7',
        respondent_email: 'ann@example.org',
        respondent_phone: '+1 555',
        respondent_name: 'Ann',
        account: 'Acme',
        agent: 'bo',
        support_group_code: 'SD',
        support_group_name: 'Service Desk',
        ticket_id: 'INC1',
        language: 'en',
      },
    ]);
  });

  it('gives averages by group, in which a response without a score does not count', async () => {
    const low = { ...RESPONSE, score: 0 };
    const none = { ...RESPONSE, score: null };
    const sql = 'select agent, count(*) as given, avg(score) as score from survey_responses group by agent';
    assert.deepEqual(await query(sql, RESPONSE, low, none), [{ agent: 'bo', given: 3, score: 4.5 }]);
  });

  it('takes a response that a flow has changed, with what can be read of it', async () => {
    const odd = { score: 'nine', comment: { text: 'x' }, respondent: 'Ann', agent: 7 };
    const sql = 'select score, comment, respondent_email, agent, language from survey_responses';
    assert.deepEqual(await query(sql, odd), [
      { score: null, comment: '{"text":"x"}', respondent_email: null, agent: '7', language: null },
    ]);
  });
});
