import assert from 'node:assert/strict';
import { EndpointLane, type LaneLimits } from '../../../src/delivery/endpoint-lane.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const lane = (clock = new FakeClock()) => new EndpointLane('e', clock);
const slots = (concurrency: number): LaneLimits => ({ concurrency, ratePerSecond: 0 });

/** Takes that many slots, one after the other, with the limits. */
function takeSlots(one: EndpointLane, count: number, limits: LaneLimits = slots(1000)): void {
  for (let taken = 0; taken < count; taken++) assert.equal(one.takeSlot(limits, 0), true);
}

describe('EndpointLane', () => {
  it('begins no claim while nothing is due', () => {
    const one = lane();
    assert.equal(one.beginClaim(slots(8), 100), 0);
    one.noteDue(101);
    assert.equal(one.beginClaim(slots(8), 100), 0);
    assert.equal(one.beginClaim(slots(8), 101), 8);
  });
  it('claims for the free slots only, and takes them', () => {
    const one = lane();
    takeSlots(one, 5);
    one.noteDue(1);
    assert.equal(one.beginClaim(slots(8), 1), 3);
    assert.equal(one.busyCount, 8);
  });
  it('begins one claim at a time', () => {
    const one = lane();
    one.noteDue(1);
    one.beginClaim(slots(4), 1);
    one.give(4);
    assert.equal(one.beginClaim(slots(4), 1), 0);
    one.endClaim({ unusedSlots: 0, nextDueAt: 1 });
    assert.equal(one.beginClaim(slots(4), 1), 4);
  });
  it('gives back what a claim did not use, and takes over the next due time', () => {
    const one = lane();
    one.noteDue(1);
    one.beginClaim(slots(4), 1);
    one.endClaim({ unusedSlots: 3, nextDueAt: 500 });
    assert.equal(one.busyCount, 1);
    assert.equal(one.nextDueAt, 500);
  });
  it('remembers what fell due while it claimed, which the answer may not know', () => {
    const one = lane();
    one.noteDue(1);
    one.beginClaim(slots(4), 1);
    one.noteDue(2);
    one.noteDue(9);
    one.endClaim({ unusedSlots: 4, nextDueAt: undefined });
    assert.equal(one.nextDueAt, 2);
  });
  it('looks again when it said it would after a claim that failed, not before', () => {
    const one = lane();
    one.noteDue(1);
    one.beginClaim(slots(4), 1);
    one.noteDue(2);
    one.failClaim({ slots: 4, retryAt: 1001 });
    assert.equal(one.busyCount, 0);
    assert.equal(one.nextDueAt, 1001);
    assert.equal(one.beginClaim(slots(4), 1001), 4);
  });
  it('never has fewer than no free slots, when the endpoint gets fewer', () => {
    const one = lane();
    takeSlots(one, 8);
    assert.equal(one.takeSlot(slots(2), 1), false);
    one.noteDue(1);
    assert.equal(one.beginClaim(slots(2), 1), 0);
  });
  it('gives no slot to what has just come while something is due, or while none is free', () => {
    const one = lane();
    takeSlots(one, 1);
    assert.equal(one.takeSlot(slots(1), 1), false);
    one.give(1);
    one.noteDue(5);
    assert.equal(one.takeSlot(slots(1), 5), false);
    assert.equal(one.takeSlot(slots(1), 4), true);
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
  it('takes resends last after a claim that brought nothing else', () => {
    const one = lane();
    assert.equal(one.resends, 'first');
    one.noteClaimed(2, 2);
    assert.equal(one.resends, 'last');
    one.noteClaimed(2, 1);
    assert.equal(one.resends, 'first');
    one.noteClaimed(0, 0);
    assert.equal(one.resends, 'first');
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

  describe('with a rate', () => {
    const limits = { concurrency: 1000, ratePerSecond: 20 };
    let clock: FakeClock;
    let one: EndpointLane;
    beforeEach(() => (one = lane((clock = new FakeClock()))));

    it('begins what a tenth of a second allows, and then nothing until the rate allows it', async () => {
      takeSlots(one, 2, limits);
      assert.equal(one.takeSlot(limits, 0), false);
      await clock.advance(49);
      assert.equal(one.takeSlot(limits, 0), false);
      await clock.advance(1);
      assert.equal(one.takeSlot(limits, 0), true);
    });
    it('gives back with an attempt its slot only, and with one that did not begin what the rate allows too', () => {
      takeSlots(one, 2, limits);
      one.give(1);
      assert.equal(one.takeSlot(limits, 0), false);
      one.giveUnused(1);
      assert.equal(one.takeSlot(limits, 0), true);
      assert.equal(one.busyCount, 1);
    });
    it('claims no more than the rate allows, and has all of that again where nothing was to be had', () => {
      one.noteDue(1);
      assert.equal(one.beginClaim(limits, 1), 2);
      one.endClaim({ unusedSlots: 2, nextDueAt: 1 });
      assert.equal(one.beginClaim(limits, 1), 2);
      one.endClaim({ unusedSlots: 0, nextDueAt: 1 });
      assert.equal(one.beginClaim(limits, 1), 0);
    });
    it('says when it can next be sent to: not before it is due, nor before the rate allows it', async () => {
      assert.equal(one.nextStartAt(limits, 1000), undefined);
      one.noteDue(900);
      assert.equal(one.nextStartAt(limits, 1000), 1000);
      one.beginClaim(limits, 1000);
      one.endClaim({ unusedSlots: 0, nextDueAt: 900 });
      assert.equal(one.nextStartAt(limits, 1000), 1050);
      one.endClaim({ unusedSlots: 0, nextDueAt: 5000 });
      assert.equal(one.nextStartAt(limits, 1000), 5000);
      await clock.advance(50);
      one.noteDue(900);
      assert.equal(one.nextStartAt(limits, 1050), 1050);
    });
    it('takes over another rate at once, and none', () => {
      takeSlots(one, 2, limits);
      assert.equal(one.takeSlot({ ...limits, ratePerSecond: 1 }, 0), false);
      takeSlots(one, 50, { ...limits, ratePerSecond: 0 });
    });
  });
});
