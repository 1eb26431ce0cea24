import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { readBody } from '../../../../src/inbound/body/read-body.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

describe('Reading a body', () => {
  let clock: FakeClock;
  let request: PassThrough;
  let result: Promise<unknown>;
  beforeEach(() => {
    clock = new FakeClock();
    request = new PassThrough();
    result = readBody(request as unknown as IncomingMessage, {
      limit: 100,
      deadlineMs: 30_000,
      idleMs: 10_000,
      clock,
    });
  });
  afterEach(() => {
    assert.equal(clock.timerCount, 0, 'no timer is left');
  });

  it('gives the bytes', async () => {
    request.write('a');
    await clock.advance(9000);
    request.end('b');
    assert.deepEqual(await result, Buffer.from('ab'));
  });

  it('ends when nothing comes for ten seconds', async () => {
    request.write('a');
    await clock.advance(9000);
    request.write('b');
    await clock.advance(9999);
    request.write('c');
    await clock.advance(10_000);
    assert.deepEqual(await result, { refused: 'body_timeout' });
  });

  it('ends when nothing comes at all', async () => {
    await clock.advance(10_000);
    assert.deepEqual(await result, { refused: 'body_timeout' });
  });

  it('ends when it takes too long, however steadily it comes', async () => {
    for (let second = 1; second < 30; second++) {
      request.write('a');
      await clock.advance(1000);
    }
    assert.equal(clock.timerCount, 1);
    await clock.advance(1000);
    assert.deepEqual(await result, { refused: 'body_timeout' });
  });

  it('takes a jump of the time of day for nothing', async () => {
    request.write('a');
    await clock.advance(1);
    clock.jump(3_600_000);
    request.end();
    assert.deepEqual(await result, Buffer.from('a'));
  });

  it('ends with what is too much', async () => {
    request.write('x'.repeat(101));
    assert.deepEqual(await result, { refused: 'body_too_large' });
  });

  it('ends when the sender goes away', async () => {
    request.write('a');
    request.destroy();
    assert.equal(await result, undefined);
  });
});
