import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { formatIsoTime, parseUtcTime } from '../../../src/platform/utc-time.ts';

const iso = (text: string): string | undefined => {
  const at = parseUtcTime(text);
  return at === undefined ? undefined : formatIsoTime(at);
};

describe('A time as text', () => {
  const times: [text: string, iso: string][] = [
    ['2021-07-29 07:50:52', '2021-07-29T07:50:52.000Z'],
    ['2021-07-29T07:50:52', '2021-07-29T07:50:52.000Z'],
    ['2021-07-29t07:50:52z', '2021-07-29T07:50:52.000Z'],
    ['2021-07-29T07:50:52.1239Z', '2021-07-29T07:50:52.123Z'],
    ['2021-07-29T07:50+02:00', '2021-07-29T05:50:00.000Z'],
    ['2021-07-29 07:50:52 -0930', '2021-07-29T17:20:52.000Z'],
    ['2021-07-29T00:30+14', '2021-07-28T10:30:00.000Z'],
    ['  2024-02-29 ', '2024-02-29T00:00:00.000Z'],
    ['0050-01-01 00:00:00', '0050-01-01T00:00:00.000Z'],
  ];
  for (const [text, expected] of times)
    it(`"${text}" is ${expected}`, () => {
      assert.equal(iso(text), expected);
    });

  const refused = [
    '',
    'yesterday',
    '2023-02-29',
    '2026-02-30 10:00:00',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-31 24:00:00',
    '2026-01-31 10:60:00',
    '2026-01-31 23:59:60',
    '2026-01-31T10:00:00+25:00',
    '2026-01-31T10:00:00+01:60',
    '2026-01-31T10',
    '31/01/2026',
    '2026-1-31',
    '1769868300',
    '0000-01-01T00:00:00+01:00',
    `2026-01-31${' '.repeat(100)}`,
  ];
  for (const text of refused)
    it(`"${text.trimEnd()}" is none`, () => {
      assert.equal(iso(text), undefined);
    });

  it('comes back from its ISO form, whatever the machine’s zone', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('0000-01-01T00:00:00Z'),
          max: new Date('9999-12-31T23:59:59Z'),
          noInvalidDate: true,
        }),
        (date) => parseUtcTime(date.toISOString()) === date.getTime(),
      ),
    );
  });
});
