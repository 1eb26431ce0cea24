import assert from 'node:assert/strict';
import { descendsFromLogEvent } from '../../../../src/delivery/log-events/descent.ts';

describe('descendsFromLogEvent', () => {
  it('knows the message of an event, of an outcome, and whatever else carries the mark', () => {
    for (const logEvent of [{ id: 1, event: 'failed' }, true, {}, 0, ''])
      assert.equal(descendsFromLogEvent({ logEvent }), true);
  });

  it('knows a message without the mark', () => {
    for (const message of [{}, { logEvent: undefined }, { logEvent: null }, { logEvent: false }])
      assert.equal(descendsFromLogEvent(message), false);
  });
});
