import assert from 'node:assert/strict';
import { readLogQuery, type LogQueryParameters } from '../../../src/delivery/log-query.ts';

const AT = Date.UTC(2026, 0, 31, 12);

describe('readLogQuery', () => {
  it('asks for the newest 50 where nothing is given', () => {
    assert.deepEqual(readLogQuery({}), { limit: 50 });
  });

  it('takes what is given, as texts', () => {
    const given = {
      status: 'In Progress',
      endpoint: 'a',
      listeningPost: 'Transactional',
      search: 'msg_1',
      from: '2026-01-31T12:00:00Z',
      to: '2026-01-31 12:00:00',
      limit: '7',
      cursor: 'MS4x',
    };
    assert.deepEqual(readLogQuery(given), {
      status: 'In Progress',
      endpointId: 'a',
      listeningPost: 'Transactional',
      search: 'msg_1',
      from: AT,
      to: AT,
      limit: 7,
      cursor: 'MS4x',
    });
  });

  it('takes numbers and dates where a flow has those', () => {
    assert.deepEqual(readLogQuery({ limit: 1000, search: 42, from: AT, to: new Date(AT) }), {
      limit: 1000,
      search: '42',
      from: AT,
      to: AT,
    });
  });

  it('does not narrow by what is empty or null', () => {
    const none = { status: '', endpoint: null, search: '', from: null, to: '', limit: null, cursor: null };
    assert.deepEqual(readLogQuery(none), { limit: 50 });
  });

  for (const [given, words] of [
    [{ status: 'failed' }, '"status" must be one of In Progress, Succeeded, Failed.'],
    [{ status: ['Failed', 'Failed'] }, '"status" must be one text of at most 1000 characters.'],
    [{ endpoint: {} }, '"endpoint" must be one text of at most 1000 characters.'],
    [{ search: 'x'.repeat(1001) }, '"search" must be one text of at most 1000 characters.'],
    [{ from: 'yesterday' }, '"from" must be a time such as 2026-01-31T12:00:00Z.'],
    [{ to: '2026-02-30' }, '"to" must be a time such as 2026-01-31T12:00:00Z.'],
    [{ to: new Date('no') }, '"to" must be a time such as 2026-01-31T12:00:00Z.'],
    ...[0, -1, 1.5, 1001, 'all', NaN].map(
      (limit) => [{ limit }, '"limit" must be a whole number from 1 to 1000.'] as const,
    ),
  ] as readonly (readonly [LogQueryParameters, string])[])
    it(`refuses ${JSON.stringify(given).slice(0, 60)}`, () => {
      assert.throws(() => readLogQuery(given), { code: 'HOOK_CONFIG_INVALID', message: words });
    });
});
