import assert from 'node:assert/strict';
import { readHookRequest } from '../../../src/delivery/hook-request.ts';

describe('The hook request of a message', () => {
  it('is what the hook set', () => {
    assert.deepEqual(readHookRequest({ requestId: 'r1', redelivered: false }), {
      id: 'r1',
      isRedelivered: false,
    });
    assert.deepEqual(readHookRequest({ requestId: 'r1', redelivered: true }), {
      id: 'r1',
      isRedelivered: true,
    });
  });

  for (const redelivered of [undefined, null, 1, 'true', {}, []])
    it(`is not redelivered where that is ${JSON.stringify(redelivered)}`, () => {
      assert.equal(readHookRequest({ requestId: 'r1', redelivered })?.isRedelivered, false);
    });

  for (const hook of [undefined, null, 'r1', 7, [], {}, { redelivered: true }])
    it(`is none for ${JSON.stringify(hook)}`, () => {
      assert.equal(readHookRequest(hook), undefined);
    });

  for (const requestId of ['', 7, null, {}, ['r1'], 'x'.repeat(101)])
    it(`is none for the id ${JSON.stringify(requestId).slice(0, 20)}`, () => {
      assert.equal(readHookRequest({ requestId, redelivered: true }), undefined);
    });
});
