import assert from 'node:assert/strict';
import fc from 'fast-check';
import { askedDelay } from '../../../src/delivery/retry-after.ts';
import type { TransportResult } from '../../../src/delivery/transport.ts';

const NOW = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

type Headers = Record<string, string | string[]>;

const asked = (headers: Headers, statusCode = 503, now = NOW): number => {
  const result: TransportResult = {
    kind: 'response',
    statusCode,
    headers,
    body: Buffer.alloc(0),
    isBodyCut: false,
  };
  return askedDelay(result, now);
};
const after = (value: string | string[], statusCode?: number) => asked({ 'retry-after': value }, statusCode);
const inMs = (ms: number) => new Date(NOW + ms).toUTCString();

describe('What a receiver asks for', () => {
  const read: readonly [value: string, ms: number][] = [
    ['0', 0],
    ['1', 1000],
    ['120', 2 * MINUTE],
    ['00120', 2 * MINUTE],
    [' 120\t', 2 * MINUTE],
    ['86400', DAY],
    ['86401', DAY],
    ['99999999999', DAY],
    ['9'.repeat(400), DAY],
    ['Thu, 01 Jan 2026 00:10:00 GMT', 10 * MINUTE],
    ['Thursday, 01-Jan-26 00:10:00 GMT', 10 * MINUTE],
    ['Thu Jan  1 00:10:00 2026', 10 * MINUTE],
    ['Wed, 31 Dec 2025 23:59:59 GMT', 0],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['Fri, 31 Dec 9999 23:59:59 GMT', DAY],
  ];
  for (const [value, ms] of read)
    it(`in Retry-After: ${value.slice(0, 40)} is ${ms} ms`, () => assert.equal(after(value), ms));

  for (const value of [
    '',
    ' ',
    '-1',
    '+5',
    '1.5',
    '1e3',
    '0x10',
    '5s',
    '5 m',
    '120, 60',
    'soon',
    '٣',
    '2026-01-01T00:10:00Z',
    'Thu, 01 Jan 2026 00:10:00',
    'Fri, 01 Jan 2026 00:10:00 GMT',
  ])
    it(`in Retry-After: "${value}" is nothing`, () => assert.equal(after(value), 0));

  it('of several is the longest, and what is wrong among them is ignored', () => {
    assert.equal(after(['60', '120', 'soon']), 2 * MINUTE);
    assert.equal(after([]), 0);
  });
  it('counts with any answer that is a failure, but for a redirect, where it means the request that follows', () => {
    for (const statusCode of [202, 400, 404, 408, 413, 425, 429, 500, 502, 503, 504, 599])
      assert.equal(after('60', statusCode), MINUTE);
    for (const statusCode of [300, 301, 302, 303, 307, 308, 399]) assert.equal(after('60', statusCode), 0);
  });
  it('is nothing where no answer came', () => {
    assert.equal(askedDelay({ kind: 'error', code: 'timeout', message: '' }, NOW), 0);
  });

  it('as a date is kept by the receiver’s clock and by ours', () => {
    const date = { 'retry-after': inMs(10 * MINUTE), date: inMs(0) };
    assert.equal(asked(date, 503, NOW), 10 * MINUTE);
    assert.equal(asked(date, 503, NOW + 9 * MINUTE), 10 * MINUTE, 'ours is ahead');
    assert.equal(asked(date, 503, NOW - 9 * MINUTE), 19 * MINUTE, 'ours is behind');
    assert.equal(asked(date, 503, 0), DAY, 'ours is at its beginning');
    assert.equal(asked({ ...date, date: 'today' }, 503, NOW), 10 * MINUTE);
    assert.equal(asked({ ...date, date: inMs(DAY) }, 503, NOW), 10 * MINUTE);
  });

  it('is nothing, at once, where a value is as long as a receiver can make it', () => {
    const hostile = `1${' '.repeat(60_000)}1`;
    const begun = performance.now();
    assert.equal(after([hostile, hostile, hostile]), 0);
    assert.equal(asked({ 'retry-after': inMs(MINUTE), date: hostile }), MINUTE);
    assert.equal(asked({ 'x-ratelimit-reset': hostile }, 429), 0);
    assert.ok(performance.now() - begun < 1000);
  });

  it('is never negative and at most a day, whatever the headers', () => {
    const value = fc.oneof(fc.string(), fc.integer().map(String), fc.date().map(String));
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('retry-after', 'date', 'x-ratelimit-reset'), value),
        (headers) => {
          const ms = asked(headers, 429);
          assert.ok(ms >= 0 && ms <= DAY);
        },
      ),
    );
  });

  describe('in X-RateLimit-Reset', () => {
    const reset = (value: string, statusCode = 429, more: Headers = {}) =>
      asked({ 'x-ratelimit-reset': value, ...more }, statusCode);
    const unix = (ms: number) => String((NOW + ms) / 1000);

    it('is the time until that second', () => assert.equal(reset(unix(20 * MINUTE)), 20 * MINUTE));
    it('is nothing where it has passed', () => assert.equal(reset(unix(-MINUTE)), 0));
    it('counts with a 429 alone', () => assert.equal(reset(unix(MINUTE), 503), 0));
    it('gives way to a Retry-After', () => {
      assert.equal(reset(unix(20 * MINUTE), 429, { 'retry-after': '60' }), MINUTE);
      assert.equal(reset(unix(20 * MINUTE), 429, { 'retry-after': 'soon' }), 20 * MINUTE);
    });
    for (const [what, value] of [
      ['seconds', '17'],
      ['milliseconds', String(NOW + MINUTE)],
      ['a time beyond a day', unix(DAY + 1000)],
      ['a date', inMs(MINUTE)],
      ['a fraction', `${unix(MINUTE)}.5`],
    ] as const)
      it(`is nothing where it is ${what}`, () => assert.equal(reset(value), 0));
  });
});
