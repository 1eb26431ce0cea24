import assert from 'node:assert/strict';
import { BoundedMap } from '../../../../src/inbound/limits/bounded-map.ts';

describe('A bounded map', () => {
  it('forgets the entry longest unused when there are too many', () => {
    const map = new BoundedMap<number>(2);
    map.set('a', 1);
    map.set('b', 2);
    assert.equal(map.get('a'), 1);
    map.set('c', 3);
    assert.deepEqual([map.get('a'), map.get('b'), map.get('c'), map.size], [1, undefined, 3, 2]);
  });

  it('takes another value for a key in the place of the first', () => {
    const map = new BoundedMap<number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.set('a', 3);
    map.set('c', 4);
    assert.deepEqual([map.get('a'), map.get('b'), map.size], [3, undefined, 2]);
  });
});
