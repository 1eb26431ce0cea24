import assert from 'node:assert/strict';
import type { Delivery } from '../../src/delivery/delivery.ts';
import { EngineBench } from '../support/engine-bench.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const MESSAGE_EVERY = 15 * MINUTE;
const DOWN_FROM = 2 * DAY;
const DOWN_UNTIL = 5 * DAY;

/** A week with a message each quarter of an hour, and a receiver that takes no connection for three days of it. */
describe('In a week in which a receiver is down for three days', function () {
  this.timeout(60_000);
  let bench: EngineBench;
  let begun: number;
  afterEach(() => bench.close());

  const start = async (settings: Parameters<typeof EngineBench.start>[0]): Promise<void> => {
    bench = await EngineBench.start(settings);
    begun = bench.clock.now();
    const refused = { kind: 'error', code: 'connect', message: 'The connection was refused.' } as const;
    bench.transport.answer(({ at }) => (isDown(at) ? refused : 200));
  };
  const passed = () => bench.clock.now() - begun;
  const isDown = (at: number) => at >= begun + DOWN_FROM && at < begun + DOWN_UNTIL;
  /** Passes the time until then in these steps, with the messages that come meanwhile; answers their ids. */
  const liveUntil = async (end: number, steps = [MESSAGE_EVERY]): Promise<string[]> => {
    const ids: string[] = [];
    while (passed() < end) {
      ids.push(await bench.acceptOne());
      for (const step of steps) await bench.leap(step);
    }
    return ids;
  };
  const find = (ids: readonly string[]): Promise<Delivery[]> =>
    Promise.all(ids.map(async (id) => (await bench.find(id)).delivery));

  it('`cio-pulse` alone gives each message of that time five attempts, and up after 75 minutes', async () => {
    await start({ retry: 'cio-pulse' });
    // Retries are due 5, 15, 35 and 75 minutes after a message.
    const retrySteps = [5 * MINUTE, 10 * MINUTE];
    const ids = [
      ...(await liveUntil(DOWN_FROM)),
      ...(await liveUntil(DOWN_UNTIL + 2 * HOUR, retrySteps)),
      ...(await liveUntil(7 * DAY)),
    ];
    const deliveries = await find(ids);
    const lost = deliveries.filter(({ createdAt }) => isDown(createdAt) && isDown(createdAt + 75 * MINUTE));
    assert.equal(lost.length, (3 * DAY - 75 * MINUTE) / MESSAGE_EVERY);
    for (const { state, createdAt, attempts } of lost) {
      assert.equal(state.kind === 'failed' && state.reason, 'attempts-used-up');
      assert.equal(state.kind === 'failed' && state.finishedAt - createdAt, 75 * MINUTE);
      assert.equal(attempts, 5);
    }
    assert.deepEqual(await bench.statuses(), { Failed: lost.length, Succeeded: ids.length - lost.length });
  });

  it('a circuit wastes no attempt, keeps the order, and has all delivered at the endpoint’s own pace', async () => {
    await start({
      retry: 'cio-pulse',
      circuit: true,
      expireAfter: '7d',
      ordered: true,
      ratePerSecond: 2,
    });
    const ids = await liveUntil(DOWN_UNTIL - MESSAGE_EVERY);
    ids.push(await bench.acceptOne());
    await bench.leap(MESSAGE_EVERY - 1);
    assert.equal((await bench.statuses())['In Progress'], (3 * DAY) / MESSAGE_EVERY);
    const sentDown = bench.transport.sent.filter(({ at }) => isDown(at));
    // Timer by timer, as the pace of what drains is to be seen.
    await bench.advance(1);
    ids.push(await bench.acceptOne());
    await bench.advance(MESSAGE_EVERY);
    ids.push(...(await liveUntil(7 * DAY)));

    const deliveries = await find(ids);
    assert.deepEqual(await bench.statuses(), { Succeeded: (7 * DAY) / MESSAGE_EVERY });
    const arrived = bench.transport.sent.filter(({ at }) => !isDown(at));
    assert.deepEqual(
      arrived.map(({ webhookId }) => webhookId),
      deliveries.map(({ webhookId }) => webhookId),
    );
    // The policy has charged the first one for the four failures before the one that opened the circuit, and nothing else.
    const first = deliveries.find(({ createdAt }) => isDown(createdAt))!;
    assert.deepEqual([first.charged, first.attempts], [4, sentDown.length + 1]);
    assert.ok(deliveries.every((one) => one === first || (one.charged === 0 && one.attempts === 1)));
    // Five attempts, then a probe at most each quarter of an hour.
    assert.ok(sentDown.length < 5 + 6 + (3 * DAY) / (15 * MINUTE), `${sentDown.length} attempts`);
    assert.ok(sentDown.every(({ webhookId }) => webhookId === first.webhookId));
    const gaps = arrived.slice(1).map(({ at }, index) => at - arrived[index]!.at);
    assert.ok(Math.min(...gaps) >= 500, `${Math.min(...gaps)} ms`);
  });
});
