import assert from 'node:assert/strict';
import { EngineBench } from '../support/engine-bench.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

describe('A delivery that is sent again the moment it ends', () => {
  let bench: EngineBench;
  beforeEach(async () => {
    bench = await EngineBench.start({ concurrency: 1, timeout: 5 * MINUTE });
  });
  afterEach(() => bench.close());

  /** Its second attempt begins in the commit that ends its first one, and hangs. */
  const sendAgain = async (): Promise<string> => {
    bench.transport.answer(() => 'hang');
    const id = await bench.acceptOne();
    await bench.idle();
    await bench.engine.resendSome({ deliveries: [{ id, endpointId: 'a' }] });
    bench.transport.release(200);
    await bench.idle();
    assert.equal(bench.transport.sent.length, 2);
    return id;
  };

  it('is not taken for lost while that attempt is under way', async () => {
    const id = await sendAgain();
    await bench.advance(3 * MINUTE);
    assert.equal(bench.transport.sent.length, 2);
    bench.transport.release(200);
    await bench.idle();
    assert.deepEqual(
      (await bench.find(id)).attempts.map(({ outcome }) => outcome),
      ['succeeded', 'succeeded'],
    );
  });

  it('gets the time that attempts have as the engine stops', async () => {
    const id = await sendAgain();
    const stopped = bench.engine.stop();
    await bench.advance(3 * SECOND);
    bench.transport.release(200);
    await bench.idle();
    await stopped;
    assert.deepEqual(
      (await bench.find(id)).attempts.map(({ outcome }) => outcome),
      ['succeeded', 'succeeded'],
    );
  });
});
