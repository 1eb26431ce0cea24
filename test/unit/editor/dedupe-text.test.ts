import assert from 'node:assert/strict';
import { readDedupe, writeDedupe, type DedupeChoice } from '../../../nodes/shared/editor/dedupe-text.ts';
import { parseDedupeRule } from '../../../src/inbound/deduplication/dedupe-rule.ts';

const choices: Record<string, DedupeChoice> = {
  '': { by: 'off', place: '' },
  signature: { by: 'signature', place: '' },
  'header:X-Event-Id': { by: 'header', place: 'X-Event-Id' },
  'payload:event.id': { by: 'payload', place: 'event.id' },
  'payload:urn:id': { by: 'payload', place: 'urn:id' },
  'header:${ID_HEADER}': { by: 'header', place: '${ID_HEADER}' },
  '${DEDUPE}': { by: 'text', place: '${DEDUPE}' },
};

describe('what tells events apart', () => {
  for (const [text, choice] of Object.entries(choices))
    it(`is chosen as ${choice.by} for ${text || 'nothing'}, and written so`, () => {
      assert.deepEqual(readDedupe(text), choice);
      assert.equal(writeDedupe(choice), text);
    });

  it('is written as the running flow understands it', () => {
    assert.deepEqual(parseDedupeRule(writeDedupe({ by: 'header', place: ' X-Id ' })), {
      by: 'header',
      name: 'x-id',
    });
    assert.deepEqual(parseDedupeRule(writeDedupe({ by: 'payload', place: 'a.b' })), {
      by: 'payload',
      path: ['a', 'b'],
    });
    assert.equal(parseDedupeRule(writeDedupe({ by: 'header', place: '' })), undefined);
  });
});
