import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hasValue, mergeProperties, withValues } from '../../../src/records/merge-properties.ts';

describe('Properties', () => {
  it('are put over those that are stored', () => {
    assert.deepEqual(mergeProperties({ a: 1, b: 2 }, { b: 3, c: 4 }), { a: 1, b: 3, c: 4 });
  });

  it('that are null or undefined erase nothing and are not stored', () => {
    const merged = mergeProperties({ a: 1, b: 2 }, { a: null, b: undefined, c: null });
    assert.deepEqual(merged, { a: 1, b: 2 });
    assert.deepEqual(withValues({ a: null, b: undefined, c: 0, d: '', e: false }), { c: 0, d: '', e: false });
  });

  it('of any name are only properties', () => {
    const sent = JSON.parse('{"__proto__":{"polluted":1},"constructor":2}') as Record<string, unknown>;
    const merged = mergeProperties({ a: 1 }, sent);
    assert.deepEqual(Object.keys(merged), ['a', '__proto__', 'constructor']);
    assert.equal((merged as { polluted?: unknown }).polluted, undefined);
    assert.equal(hasValue({}, 'constructor'), false);
    assert.equal(hasValue(sent, 'constructor'), true);
  });

  it('merged again change nothing, not even their order', () => {
    const properties = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(properties, properties, (stored, sent) => {
        const once = JSON.stringify(mergeProperties(stored, sent));
        const again = mergeProperties(JSON.parse(once) as Record<string, unknown>, sent);
        assert.equal(JSON.stringify(again), once);
      }),
    );
  });
});
