import assert from 'node:assert/strict';
import { makeUserDir, removeUserDir } from '../support/packed.ts';
import { NodeRed } from '../support/node-red.ts';
import { Receiver } from '../support/receiver.ts';
import { relayTo, sendToRelay } from '../support/relay.ts';
import { until } from '../support/until.ts';

const EVENTS = 200;
const SENT_BEFORE = 60;
const CONCURRENCY = 8;

/** Sends the events, `width` at a time, and fails unless each is accepted. */
async function sendAll(nodeRed: NodeRed, ids: readonly string[], width = 16): Promise<void> {
  const left = [...ids];
  const send = async (): Promise<void> => {
    for (let id = left.shift(); id; id = left.shift()) {
      const answer = await sendToRelay(nodeRed.url, id);
      assert.equal(answer.status, 200, answer.text);
    }
  };
  await Promise.all(Array.from({ length: width }, send));
}

describe('A Node-RED that is killed while it delivers', function () {
  this.timeout(60_000);
  let userDir: string;
  let receiver: Receiver;
  let nodeRed: NodeRed | undefined;

  beforeEach(async () => {
    receiver = await Receiver.start();
    userDir = await makeUserDir();
  });

  afterEach(async () => {
    await nodeRed?.kill9();
    await receiver.stop();
    await removeUserDir(userDir);
  });

  for (const retry of ['cio-pulse', 'none'])
    it(`loses none of ${EVENTS} accepted events, with retry ${retry}`, async () => {
      const ids = Array.from({ length: EVENTS }, (_, at) => `event-${at}`);
      const relay = relayTo(`${receiver.url}/surveys`, { retry, concurrency: CONCURRENCY });
      const first = (nodeRed = await NodeRed.start({ userDir, ...relay }));
      await sendAll(first, ids.slice(0, SENT_BEFORE));
      await first.waitForDeliveries(SENT_BEFORE);
      const sentBefore = new Set(receiver.webhookIds);
      receiver.hold();
      await sendAll(first, ids.slice(SENT_BEFORE));
      await until(() => receiver.inFlight === CONCURRENCY, {
        what: () => `${CONCURRENCY} attempts in flight; the receiver has ${receiver.inFlight}`,
      });
      const inFlight = new Set(receiver.webhookIds.filter((id) => !sentBefore.has(id)));
      assert.ok(inFlight.size >= 5, 'attempts are in flight');
      assert.ok(EVENTS - receiver.webhookIds.length >= 50, 'accepted events are unsent');

      await first.kill9();
      receiver.release();
      const second = (nodeRed = await NodeRed.start({ userDir }));
      const rows = await second.waitForDeliveries(EVENTS);

      assert.equal(rows.length, EVENTS);
      assert.deepEqual(receiver.webhookIds.toSorted(), ids.toSorted());
      for (const { webhookId, attempts } of rows) {
        const times = inFlight.has(webhookId) ? 2 : 1;
        assert.equal(receiver.countOf(webhookId), times, `${webhookId} is sent ${times} times`);
        assert.equal(attempts, times, `the log counts every attempt of ${webhookId}`);
      }
      assert.deepEqual(second.errors, []);
    });

  it('goes on in the order of acceptance, with the one that was under way, where the endpoint keeps it', async () => {
    const ids = Array.from({ length: 40 }, (_, at) => `event-${at}`);
    const settings = { ordered: true, concurrency: CONCURRENCY, retry: 'custom', retryDelays: '1s' };
    const relay = relayTo(`${receiver.url}/surveys`, settings);
    const first = (nodeRed = await NodeRed.start({ userDir, ...relay }));
    await sendAll(first, ids.slice(0, 10), 1);
    await first.waitForDeliveries(10);
    receiver.hold();
    await sendAll(first, ids.slice(10), 1);
    await until(() => receiver.inFlight === 1, { what: () => 'an attempt in flight' });

    await first.kill9();
    receiver.release();
    receiver.answer(({ webhookId }, earlier) =>
      webhookId === 'event-20' && earlier === 0 ? { status: 503 } : {},
    );
    const second = (nodeRed = await NodeRed.start({ userDir }));
    await second.waitForDeliveries(ids.length);

    const twice = ['event-10', 'event-20'];
    assert.deepEqual(
      receiver.requests.map(({ webhookId }) => webhookId),
      ids.flatMap((id) => (twice.includes(id) ? [id, id] : [id])),
    );
    assert.equal(receiver.maxInFlight, 1);
  });
});
