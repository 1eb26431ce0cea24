import assert from 'node:assert/strict';
import { parseStore } from '../../../src/store/store-settings.ts';

const TOKEN = 'token-of-16-chars';

describe('The settings of a store', () => {
  it('name the file, how much is kept and who reads the metrics', () => {
    const store = parseStore({
      file: ' my.db ',
      retentionDays: 7,
      credentials: { metricsToken: ` ${TOKEN} ` },
    });
    assert.equal(store.file, 'my.db');
    assert.equal(store.retention?.ageMs, 7 * 86_400_000);
    assert.equal(store.metricsToken?.reveal(), TOKEN);
    assert.deepEqual(store.problems, []);
  });

  it('may be missing, as in flows from before they were there', () => {
    const { file, retention, metricsToken, problems } = parseStore({});
    assert.deepEqual([file, metricsToken, problems], ['', undefined, []]);
    assert.deepEqual(retention, { ageMs: 30 * 86_400_000, count: 1_000_000, bytes: 2 * 1024 ** 3 });
  });

  it('keep everything where one limit cannot be read', () => {
    const { retention, problems, file } = parseStore({
      file: 'my.db',
      retentionDays: 7,
      retentionRows: 'all',
    });
    assert.equal(retention, undefined);
    assert.equal(file, 'my.db');
    assert.deepEqual(
      problems.map(({ setting }) => setting),
      ['retentionRows'],
    );
  });

  for (const metricsToken of ['short', 'has a space in it', 'ends-with-a-line\nend', 'quo"ted-token-of-it'])
    it(`take no token such as ${JSON.stringify(metricsToken)}, and do not repeat it`, () => {
      const store = parseStore({ credentials: { metricsToken } });
      assert.equal(store.metricsToken, undefined);
      assert.ok(store.retention);
      assert.equal(store.problems.length, 1);
      assert.ok(!JSON.stringify(store).includes(metricsToken));
    });
});
