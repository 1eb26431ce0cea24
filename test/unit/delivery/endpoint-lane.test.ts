import assert from 'node:assert/strict';
import { EndpointLane } from '../../../src/delivery/endpoint-lane.ts';

const lane = () => new EndpointLane('e');

describe('EndpointLane', () => {
  it('begins no claim while nothing is due', () => {
    const one = lane();
    assert.equal(one.beginClaim(8, 100), 0);
    one.noteDue(101);
    assert.equal(one.beginClaim(8, 100), 0);
    assert.equal(one.beginClaim(8, 101), 8);
  });
  it('claims for the free slots only, and takes them', () => {
    const one = lane();
    one.take(5);
    one.noteDue(1);
    assert.equal(one.beginClaim(8, 1), 3);
    assert.equal(one.freeSlots(8), 0);
  });
  it('begins one claim at a time', () => {
    const one = lane();
    one.noteDue(1);
    one.beginClaim(4, 1);
    one.give(4);
    assert.equal(one.beginClaim(4, 1), 0);
    one.endClaim({ unusedSlots: 0, nextDueAt: 1 });
    assert.equal(one.beginClaim(4, 1), 4);
  });
  it('gives back what a claim did not use, and takes over the next due time', () => {
    const one = lane();
    one.noteDue(1);
    one.beginClaim(4, 1);
    one.endClaim({ unusedSlots: 3, nextDueAt: 500 });
    assert.equal(one.busyCount, 1);
    assert.equal(one.nextDueAt, 500);
  });
  it('remembers what fell due while it claimed, which the answer may not know', () => {
    const one = lane();
    one.noteDue(1);
    one.beginClaim(4, 1);
    one.noteDue(2);
    one.noteDue(9);
    one.endClaim({ unusedSlots: 4, nextDueAt: undefined });
    assert.equal(one.nextDueAt, 2);
  });
  it('looks again when it said it would after a claim that failed, not before', () => {
    const one = lane();
    one.noteDue(1);
    one.beginClaim(4, 1);
    one.noteDue(2);
    one.failClaim({ slots: 4, retryAt: 1001 });
    assert.equal(one.busyCount, 0);
    assert.equal(one.nextDueAt, 1001);
    assert.equal(one.beginClaim(4, 1001), 4);
  });
  it('never has fewer than no free slots, when the endpoint gets fewer', () => {
    const one = lane();
    one.take(8);
    assert.equal(one.freeSlots(2), 0);
  });
  it('counts as open what is stored and what is on its way to the store', () => {
    const one = lane();
    one.arriving(3);
    assert.equal(one.openCount, 3);
    one.arrived(2, { isStored: true });
    one.arrived(1, { isStored: false });
    assert.equal(one.openCount, 2);
    one.closed(1);
    assert.equal(one.openCount, 1);
  });
  it('takes over what the store counts, besides what is on its way', () => {
    const one = lane();
    one.arriving(2);
    one.refresh({ nextDueAt: undefined, openCount: 5 });
    assert.equal(one.openCount, 7);
    one.refresh({ nextDueAt: undefined, openCount: 0 });
    one.closed(1);
    assert.equal(one.openCount, 2);
  });
});
