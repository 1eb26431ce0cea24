import assert from 'node:assert/strict';
import { LONGEST_DURATION_MS, parseDuration } from '../../../src/platform/duration.ts';

describe('parseDuration', () => {
  const cases: readonly [text: string, ms: number][] = [
    ['500ms', 500],
    ['30s', 30_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
    [' 1.5 H ', 5_400_000],
    ['0s', 0],
    ['0.001s', 1],
    ['3650d', LONGEST_DURATION_MS],
  ];
  for (const [text, ms] of cases) it(`reads "${text}"`, () => assert.equal(parseDuration(text), ms));
  for (const text of [
    '',
    '5',
    'm',
    '-5m',
    '+5m',
    '5 m s',
    '5m 3s',
    '1e3s',
    '.5s',
    '5.s',
    '٥m',
    '3651d',
    '9'.repeat(20) + 's',
  ])
    it(`refuses "${text}"`, () => assert.equal(parseDuration(text), undefined));
});
