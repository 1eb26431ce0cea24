import assert from 'node:assert/strict';
import {
  filterQuery,
  hiddenFilterCount,
  isOpenFilter,
  type LogFilter,
} from '../../../../nodes/webhook-log-tab/editor/deliveries/filter-query.ts';

const open: LogFilter = {
  search: '',
  status: '',
  endpoint: '',
  listeningPost: '',
  period: '',
  from: '',
  to: '',
};
const NOW = Date.UTC(2026, 0, 31, 12);
const queryOf = (fields: Partial<LogFilter>) => filterQuery({ ...open, ...fields }, NOW);

describe('What the log is narrowed by', () => {
  it('is nothing where nothing is chosen', () => {
    assert.deepEqual(queryOf({}), {});
    assert.ok(isOpenFilter({ ...open, search: ' ' }));
  });

  it('is named as the admin API names it', () => {
    assert.deepEqual(queryOf({ search: ' a b ', status: 'In Progress', endpoint: 'e', listeningPost: 'p' }), {
      search: 'a b',
      status: 'In Progress',
      endpoint: 'e',
      listeningPost: 'p',
    });
  });

  it('goes back from now, or from one time in GMT to another', () => {
    assert.deepEqual(queryOf({ period: 'day' }), { from: '2026-01-30T12:00:00.000Z' });
    assert.deepEqual(queryOf({ period: 'between', from: '2026-01-02T03:04', to: '2026-01-02T05:06' }), {
      from: '2026-01-02T03:04:00.000Z',
      to: '2026-01-02T05:06:00.000Z',
    });
    assert.deepEqual(queryOf({ period: 'between', from: '', to: 'soon' }), {});
    assert.deepEqual(queryOf({ from: '2026-01-02T03:04' }), {});
  });

  it('is counted where it is out of sight', () => {
    const filter = { ...open, search: 'a', status: 'Failed', endpoint: 'e', period: 'day' };
    assert.equal(hiddenFilterCount(filter), 2);
    assert.ok(!isOpenFilter(filter));
  });
});
