import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readReceivedAt } from '../../../src/records/received-at.ts';

const NOW = Date.UTC(2026, 0, 31, 14, 5);

describe('When an event was received', () => {
  it('is what its hook says', () => {
    assert.equal(readReceivedAt({ receivedAt: '2026-01-31T14:04:59.999Z' }, NOW), NOW - 1);
    assert.equal(readReceivedAt({ receivedAt: '2026-01-31T14:05:00Z' }, NOW), NOW);
  });

  const others: unknown[] = [undefined, null, 'hook', {}, { receivedAt: 5 }, { receivedAt: '' }];
  for (const hook of [...others, { receivedAt: '2026-02-30' }, { receivedAt: '2026-01-31T14:05:00.001Z' }])
    it(`is now with the hook ${JSON.stringify(hook)}`, () => assert.equal(readReceivedAt(hook, NOW), NOW));
});
