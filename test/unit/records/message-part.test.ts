import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readMessagePart } from '../../../src/records/message-part.ts';

describe('The part of its event that a message is', () => {
  it('is its place in each sequence, the innermost first', () => {
    assert.deepEqual(readMessagePart({ id: 'b', index: 3, parts: { id: 'a', index: 0 } }), [3, 0]);
  });

  it('is nothing where nothing was split', () => {
    const others: unknown[] = [undefined, null, 5, 'parts', {}, { index: '1' }, { index: 0.5 }];
    for (const parts of others) assert.deepEqual(readMessagePart(parts), []);
  });

  it('is read to an end, whatever a flow made of it', () => {
    const parts: Record<string, unknown> = { index: 1 };
    parts['parts'] = parts;
    assert.equal(readMessagePart(parts).length, 10);
  });
});
