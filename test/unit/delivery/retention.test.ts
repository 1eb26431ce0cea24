import assert from 'node:assert/strict';
import { readRetention, type RetentionSettings } from '../../../src/delivery/retention-settings.ts';
import { exceededBy, planFreeBytes, planPruning } from '../../../src/delivery/retention.ts';
import { SettingsCheck } from '../../../src/platform/settings-check.ts';

const DAY = 86_400_000;
const GB = 1024 ** 3;
const NO_LIMITS = { ageMs: undefined, count: undefined, bytes: undefined };
const USAGE = { deliveryCount: 100, deliveryBytes: 5000, freeBytes: 0 };
const NOW = 1_000_000;

describe('What retention deletes', () => {
  it('is nothing without limits', () => {
    assert.deepEqual(planPruning(NO_LIMITS, USAGE, NOW), { activeBefore: -Infinity, count: 0, bytes: 0 });
  });

  it('is what has been inactive for longer than the age', () => {
    assert.equal(planPruning({ ...NO_LIMITS, ageMs: 1000 }, USAGE, NOW).activeBefore, NOW - 1000);
  });

  for (const [count, expected] of [
    [99, 1],
    [100, 0],
    [101, 0],
  ] as const)
    it(`is ${expected} of 100 deliveries where ${count} may be kept`, () => {
      assert.equal(planPruning({ ...NO_LIMITS, count }, USAGE, NOW).count, expected);
    });

  for (const [bytes, expected] of [
    [4000, 1000],
    [5000, 0],
    [6000, 0],
  ] as const)
    it(`is ${expected} of 5000 bytes where ${bytes} may be kept`, () => {
      assert.equal(planPruning({ ...NO_LIMITS, bytes }, USAGE, NOW).bytes, expected);
    });

  it('leaves free what new deliveries take soon', () => {
    assert.equal(planFreeBytes({ deliveryBytes: 0 }), 16 * 1024 ** 2);
    assert.equal(planFreeBytes({ deliveryBytes: 2 * GB }), 0.2 * GB);
  });

  it('names the settings that are exceeded', () => {
    assert.deepEqual(exceededBy(NO_LIMITS, USAGE), []);
    assert.deepEqual(exceededBy({ ...NO_LIMITS, count: 100, bytes: 5000 }, USAGE), []);
    assert.deepEqual(exceededBy({ ...NO_LIMITS, count: 99 }, USAGE), ['retentionRows']);
    assert.deepEqual(exceededBy({ ...NO_LIMITS, count: 99, bytes: 1 }, USAGE), [
      'retentionRows',
      'retentionBytes',
    ]);
  });
});

describe('The settings of retention', () => {
  const read = (settings: RetentionSettings) => {
    const check = new SettingsCheck(settings);
    return { limits: readRetention(check), wrong: check.problems.map(({ setting }) => setting) };
  };
  const USUAL = { ageMs: 30 * DAY, count: 1_000_000, bytes: 2 * GB };

  for (const settings of [{}, { retentionDays: '', retentionRows: ' ', retentionBytes: '' }])
    it(`are the usual limits for ${JSON.stringify(settings)}`, () => {
      assert.deepEqual(read(settings), { limits: USUAL, wrong: [] });
    });

  it('are no limits where they are 0', () => {
    for (const retentionBytes of [0, '0', '0gb', ' 0 MB '])
      assert.deepEqual(read({ retentionDays: 0, retentionRows: '0', retentionBytes }), {
        limits: NO_LIMITS,
        wrong: [],
      });
  });

  it('are read as numbers or texts', () => {
    assert.deepEqual(read({ retentionDays: '7', retentionRows: 500, retentionBytes: '1.5gb' }), {
      limits: { ageMs: 7 * DAY, count: 500, bytes: 1.5 * GB },
      wrong: [],
    });
    assert.equal(read({ retentionBytes: 2_000_000 }).limits.bytes, 2_000_000);
  });

  for (const [setting, values] of [
    ['retentionDays', ['-1', '1.5', '30d', '3651', 'many', 'Infinity', '1e3']],
    ['retentionRows', ['-1', '1.5', '1,000', '1m', '9999999999']],
    ['retentionBytes', ['2 tb', '-1gb', 'gb', '2g', '1e9', '2gb ok', '2', '500', '1023kb']],
  ] as const)
    for (const value of values)
      it(`name what is wrong with ${setting} ${value}`, () => {
        assert.deepEqual(read({ [setting]: value }).wrong, [setting]);
      });
});
