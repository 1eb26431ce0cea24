import assert from 'node:assert/strict';
import type { EndpointSettings } from '../../src/delivery/endpoint/endpoint-settings.ts';
import type { TransportErrorCode, TransportResult } from '../../src/delivery/transport.ts';
import { EngineBench } from '../support/engine-bench.ts';

const MINUTE = 60_000;
/** Longer than anything waits here. */
const LONG = 30 * MINUTE;
const DAY = 24 * 60 * MINUTE;

const answer = (statusCode: number, headers: Record<string, string> = {}): TransportResult => ({
  kind: 'response',
  statusCode,
  headers,
  body: Buffer.from('busy'),
  isBodyCut: false,
});
const failure = (code: TransportErrorCode): TransportResult => ({ kind: 'error', code, message: 'No.' });

let bench: EngineBench;
let begun: number;

async function start(settings: Partial<EndpointSettings> = {}): Promise<void> {
  bench = await EngineBench.start(settings);
  begun = bench.clock.now();
}
/** When the attempts were made, in minutes from the start. */
const attempted = () => bench.transport.sent.map(({ at }) => (at - begun) / MINUTE);
async function nextAttempt(id: string): Promise<number | undefined> {
  const { state } = (await bench.find(id)).delivery;
  return state.kind === 'scheduled' ? (state.nextAttemptAt - begun) / MINUTE : undefined;
}

describe('The engine, at a receiver that asks to be left alone', () => {
  afterEach(() => bench.close());

  for (const status of [429, 503]) {
    it(`waits as the Retry-After of a ${status} says, and shows until when`, async () => {
      await start();
      bench.transport.answer((_, earlier) =>
        earlier === 0 ? answer(status, { 'retry-after': '1200' }) : 200,
      );
      const id = await bench.acceptOne();
      await bench.idle();
      assert.equal(await nextAttempt(id), 20);
      assert.equal(await bench.statusOf(id), 'In Progress');
      await bench.advance(20 * MINUTE - 1);
      assert.deepEqual(attempted(), [0]);
      await bench.advance(1);
      assert.deepEqual(attempted(), [0, 20]);
      assert.equal(await bench.statusOf(id), 'Succeeded');
    });
  }

  it('waits until a date', async () => {
    await start();
    const at = new Date(begun + 25 * MINUTE).toUTCString();
    bench.transport.answer((_, earlier) => (earlier === 0 ? answer(503, { 'retry-after': at }) : 200));
    await bench.acceptOne();
    await bench.advance(LONG);
    assert.deepEqual(attempted(), [0, 25]);
  });

  it('never comes before the policy’s own delay, and counts on from the end of the attempt', async () => {
    await start();
    bench.transport.answer(() => ({ afterMs: MINUTE, reply: answer(503, { 'retry-after': '600' }) }));
    await bench.acceptOne();
    await bench.advance(90 * MINUTE);
    assert.deepEqual(attempted(), [0, 11, 22, 43, 84]);
  });

  it('waits a day at most', async () => {
    await start();
    bench.transport.answer(() => answer(429, { 'retry-after': '99999999' }));
    const id = await bench.acceptOne();
    await bench.idle();
    assert.equal(await nextAttempt(id), DAY / MINUTE);
    bench.clock.jump(DAY - 2 * MINUTE);
    await bench.advance(MINUTE);
    assert.equal(bench.transport.sent.length, 1);
    await bench.advance(MINUTE);
    assert.equal(bench.transport.sent.length, 2);
  });

  it('makes no attempt more than the policy has', async () => {
    await start({ retry: 'custom', retryDelays: '1s,1s' });
    bench.transport.answer(() => answer(429, { 'retry-after': '600' }));
    const id = await bench.acceptOne();
    await bench.advance(LONG);
    assert.deepEqual(attempted(), [0, 10, 20]);
    const { delivery } = await bench.find(id);
    assert.equal(delivery.state.kind === 'failed' && delivery.state.reason, 'attempts-used-up');
  });

  it('goes by the policy alone where it asks for nothing that can be read', async () => {
    await start();
    bench.transport.answer((_, earlier) => (earlier === 0 ? answer(503, { 'retry-after': 'soon' }) : 200));
    await bench.acceptOne();
    await bench.advance(LONG);
    assert.deepEqual(attempted(), [0, 5]);
  });

  it('makes one attempt where nothing is tried again', async () => {
    await start({ retry: 'none' });
    bench.transport.answer(() => answer(503, { 'retry-after': '60' }));
    const id = await bench.acceptOne();
    await bench.advance(LONG);
    assert.deepEqual(attempted(), [0]);
    assert.equal(await bench.statusOf(id), 'Failed');
  });

  it('gives up at once where the failure is a lasting one', async () => {
    await start({ retryOn: 'transient' });
    bench.transport.answer(() => answer(404, { 'retry-after': '60' }));
    const id = await bench.acceptOne();
    await bench.advance(LONG);
    assert.deepEqual(attempted(), [0]);
    assert.equal(await bench.statusOf(id), 'Failed');
  });

  it('leaves the time of the next attempt alone when a person’s attempt is told to wait', async () => {
    await start();
    bench.transport.answer((_, earlier) =>
      answer(503, { 'retry-after': ['600', '6000', '60'][earlier] ?? '' }),
    );
    const id = await bench.acceptOne();
    await bench.advance(MINUTE);
    await bench.engine.resend({ delivery: { id, endpointId: 'a' } });
    await bench.idle();
    assert.equal(await nextAttempt(id), 10);
    await bench.advance(10 * MINUTE);
    assert.deepEqual(attempted(), [0, 1, 10]);
    assert.equal((await bench.find(id)).delivery.charged, 2);
  });

  it('knows after a restart until when', async () => {
    await start();
    bench.transport.answer(() => answer(503, { 'retry-after': '3600' }));
    const id = await bench.acceptOne();
    await bench.idle();
    await bench.stopProcess();
    await bench.startEngine();
    assert.equal(await nextAttempt(id), 60);
    await bench.advance(59 * MINUTE);
    assert.deepEqual(attempted(), [0]);
    await bench.advance(MINUTE);
    assert.deepEqual(attempted(), [0, 60]);
  });

  it('goes on with what it does not speak of: other deliveries of the endpoint', async () => {
    await start();
    bench.transport.answer(({ webhookId }) =>
      webhookId === 'msg_1' ? answer(503, { 'retry-after': '3600' }) : 200,
    );
    await bench.acceptOne();
    const id = await bench.acceptOne();
    await bench.idle();
    assert.equal(await bench.statusOf(id), 'Succeeded');
  });
});

describe('The engine, when an attempt fails without an answer', () => {
  afterEach(() => bench.close());

  for (const retry of ['cio-pulse', 'standard-webhooks', 'none'] as const)
    for (const retryOn of ['failure', 'transient'] as const)
      it(`gives up at once what cannot or may not be sent: ${retry}, ${retryOn}`, async () => {
        await start({ retry, retryOn });
        bench.transport.answer(() => failure(retryOn === 'failure' ? 'request' : 'address'));
        const id = await bench.acceptOne();
        await bench.advance(6 * MINUTE);
        const { delivery, attempts } = await bench.find(id);
        assert.equal(delivery.state.kind === 'failed' && delivery.state.reason, 'permanent');
        assert.deepEqual(
          attempts.map(({ number, error, statusCode }) => [number, error, statusCode]),
          [[1, 'No.', undefined]],
        );
        assert.equal(bench.told.length, 1);
      });

  for (const code of ['dns', 'reset', 'connect', 'timeout', 'tls', 'protocol', 'other'] as const)
    it(`tries again after ${code}, also where only what may pass is tried again`, async () => {
      await start({ retryOn: 'transient' });
      bench.transport.answer((_, earlier) => (earlier === 0 ? failure(code) : 200));
      const id = await bench.acceptOne();
      await bench.advance(6 * MINUTE);
      assert.deepEqual(attempted(), [0, 5]);
      assert.equal(await bench.statusOf(id), 'Succeeded');
    });
});
