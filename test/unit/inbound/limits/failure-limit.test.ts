import assert from 'node:assert/strict';
import { FailureLimit } from '../../../../src/inbound/limits/failure-limit.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

describe('The limit on failed authentication', () => {
  let clock: FakeClock;
  let limit: FailureLimit;
  beforeEach(() => {
    clock = new FakeClock();
    limit = new FailureLimit(clock);
  });
  const at = (remoteAddress: string | null, hookId = 'hook') => ({ hookId, remoteAddress });
  const fail = (times: number, sender = at('192.0.2.7')): void => {
    for (let time = 0; time < times; time++) limit.noteFailure(sender);
  };

  it('takes ten failures, then one every six seconds', async () => {
    fail(9);
    assert.equal(limit.waitMs(at('192.0.2.7')), 0);
    fail(1);
    assert.equal(limit.waitMs(at('192.0.2.7')), 6000);
    await clock.advance(5999);
    assert.ok(limit.waitMs(at('192.0.2.7')) > 0);
    await clock.advance(1);
    assert.equal(limit.waitMs(at('192.0.2.7')), 0);
    fail(1);
    assert.equal(limit.waitMs(at('192.0.2.7')), 6000);
    await clock.advance(60_000);
    fail(9);
    assert.equal(limit.waitMs(at('192.0.2.7')), 0);
  });

  it('does not grow longer with failures that were under way', () => {
    fail(1000);
    assert.equal(limit.waitMs(at('192.0.2.7')), 6000);
  });

  it('is by hook and by address', () => {
    fail(10);
    assert.equal(limit.waitMs(at('192.0.2.8')), 0);
    assert.equal(limit.waitMs(at('192.0.2.7', 'other')), 0);
  });

  it('takes the spellings of one address for one', () => {
    fail(10, at('::ffff:192.0.2.7'));
    for (const same of ['192.0.2.7', '::ffff:c000:207', '192.0.2.7:4711'])
      assert.ok(limit.waitMs(at(same)) > 0, same);
  });

  it('is by network in IPv6', () => {
    for (let host = 1; host <= 10; host++) limit.noteFailure(at(`2001:db8:1:2::${host}`));
    assert.ok(limit.waitMs(at('2001:db8:1:2:ffff::1')) > 0);
    assert.ok(limit.waitMs(at('2001:0db8:0001:0002::99')) > 0);
    assert.equal(limit.waitMs(at('2001:db8:1:3::1')), 0);
  });

  it('takes all senders without an address for one', () => {
    for (const unknown of [null, '', 'unknown', 'x'.repeat(9999), '_hidden', 'a', 'b', 'c', 'd', 'e'])
      limit.noteFailure(at(unknown));
    assert.ok(limit.waitMs(at(null)) > 0);
    assert.ok(limit.waitMs(at('f')) > 0);
  });

  it('keeps nobody away from where someone was let in within the hour', async () => {
    fail(10);
    limit.noteSuccess(at('192.0.2.7'));
    assert.equal(limit.waitMs(at('192.0.2.7')), 0);
    fail(1000);
    assert.equal(limit.waitMs(at('192.0.2.7')), 0);
    fail(10, at('192.0.2.7', 'other'));
    assert.ok(limit.waitMs(at('192.0.2.7', 'other')) > 0);
    await clock.advance(3_599_999);
    fail(1000);
    assert.equal(limit.waitMs(at('192.0.2.7')), 0);
    await clock.advance(1);
    assert.ok(limit.waitMs(at('192.0.2.7')) > 0);
  });

  it('remembers a bounded number of senders, those that fail most recently', () => {
    const small = new FailureLimit(clock, 100);
    for (let sender = 0; sender < 10_000; sender++) {
      small.noteFailure(at(`10.0.${sender >> 8}.${sender & 255}`));
      small.noteSuccess(at(`10.1.${sender >> 8}.${sender & 255}`));
      for (let time = 0; time < 2; time++) small.noteFailure(at('192.0.2.7'));
    }
    assert.equal(small.size, 200);
    assert.ok(small.waitMs(at('192.0.2.7')) > 0);
  });
});
