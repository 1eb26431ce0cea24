import assert from 'node:assert/strict';
import { findTrouble } from '../../../nodes/shared/editor/endpoint-trouble.ts';

const endpoint = { id: 'one', disabledReason: null, waiting: null };

describe('why the deliveries of an endpoint wait', () => {
  it('is nothing where they do not, and where nobody can say', () => {
    assert.equal(findTrouble(undefined), undefined);
    assert.equal(findTrouble(endpoint), undefined);
  });

  it('is left to the settings where it is one of them', () => {
    assert.equal(findTrouble({ ...endpoint, waiting: 'endpoint-off' }), undefined);
  });

  it('is what holds them at run time', () => {
    const off = { ...endpoint, waiting: 'endpoint-off' };
    assert.equal(findTrouble({ ...off, disabledReason: 'gone' }), 'gone');
    assert.equal(findTrouble({ ...off, disabledReason: 'by-hand' }), 'by-hand');
    assert.equal(findTrouble({ ...endpoint, waiting: 'endpoint-untested' }), 'untested');
    assert.equal(findTrouble({ ...endpoint, waiting: 'circuit-open' }), 'down');
  });
});
