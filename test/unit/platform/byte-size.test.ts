import assert from 'node:assert/strict';
import { parseByteSize } from '../../../src/platform/byte-size.ts';

describe('A size in words', () => {
  const cases: [string, number | undefined][] = [
    ['400kb', 409_600],
    [' 2 MB ', 2_097_152],
    ['1000', 1000],
    ['12b', 12],
    ['1.5kb', 1536],
    ['0', undefined],
    ['', undefined],
    ['-1kb', undefined],
    ['many', undefined],
    ['1tb', undefined],
  ];
  for (const [text, bytes] of cases)
    it(`is ${bytes ?? 'none'} for ${JSON.stringify(text)}`, () => assert.equal(parseByteSize(text), bytes));
});
