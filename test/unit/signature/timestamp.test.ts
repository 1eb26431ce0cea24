import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readTimestamp, writeTimestamp } from '../../../src/signature/timestamp.ts';
import type { TimestampFormat } from '../../../src/signature/notation.ts';

const FORMATS: readonly TimestampFormat[] = ['seconds', 'milliseconds', 'iso', 'http'];

/** What has ten digits of seconds. */
const time = fc.integer({ min: 1_000_000_000_000, max: 9_999_999_999_999 });

describe('A timestamp', () => {
  it('is read as it was written, to the second at least', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FORMATS), time, (format, now) => {
        const read = readTimestamp(writeTimestamp(now, format), format) ?? NaN;
        const isExact = format === 'milliseconds' || format === 'iso';
        return read === (isExact ? now : Math.floor(now / 1000) * 1000);
      }),
    );
  });

  it('is none where only a part of it is there, or more', () => {
    for (const format of FORMATS) {
      const text = writeTimestamp(1_700_000_000_123, format);
      for (let end = 0; end < text.length; end++) {
        assert.equal(readTimestamp(text.slice(0, end), format), undefined, text.slice(0, end));
        assert.equal(readTimestamp(text.slice(end + 1), format), undefined, text.slice(end + 1));
      }
      for (const more of [`${text}1`, `1${text}`, ` ${text}`, `${text}\n`, `${text}Z`])
        assert.equal(readTimestamp(more, format), undefined, more);
    }
  });

  it('is read as senders write it', () => {
    const at = Date.UTC(2026, 10, 21, 22, 13, 43);
    const rows: [string, TimestampFormat][] = [
      ['Sat, 21 Nov 2026 22:13:43 GMT', 'http'],
      ['Sat, 21 Nov 2026 22:13:43 UTC', 'http'],
      ['Sat, 21 Nov 2026 23:13:43 +0100', 'http'],
      ['2026-11-21T22:13:43Z', 'iso'],
      ['2026-11-21T22:13:43.000000Z', 'iso'],
      ['2026-11-21T23:13:43+01:00', 'iso'],
    ];
    for (const [text, format] of rows) assert.equal(readTimestamp(text, format), at, text);
  });

  it('is none without a zone, nor as a number of another kind', () => {
    const rows: [string, TimestampFormat][] = [
      ['Sat, 21 Nov 2026 22:13:43', 'http'],
      ['2026-11-21T22:13:43', 'iso'],
      ['2026-11-21', 'iso'],
      ['2026-02-30T00:00:00Z', 'iso'],
      ['Xyz, 99 Foo 2026 22:13:43 GMT', 'http'],
      ['Infinity', 'seconds'],
      ['1e9', 'seconds'],
      ['-170000000', 'seconds'],
      ['1700000000.5', 'seconds'],
      ['١٧٠٠٠٠٠٠٠٠', 'seconds'],
      ['', 'milliseconds'],
    ];
    for (const [text, format] of rows) assert.equal(readTimestamp(text, format), undefined, text);
  });
});
