import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { LogEntry } from '../../src/delivery/delivery-log.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { UndiciTransport } from '../../src/transport/undici-transport.ts';
import { EngineBench } from '../support/engine-bench.ts';
import { Receiver } from '../support/receiver.ts';
import { until } from '../support/until.ts';

const STATUSES = Array.from({ length: 400 }, (_, index) => 200 + index);

const RULES: Readonly<Record<string, (status: number) => boolean>> = {
  '2xx': (status) => status < 300,
  '200': (status) => status === 200,
  '200,201,204,302': (status) => [200, 201, 204, 302].includes(status),
};
const RETRIED: Readonly<Record<string, (status: number) => boolean>> = {
  failure: () => true,
  transient: (status) => status >= 500 || [408, 425, 429].includes(status),
};

describe('The engine, at a receiver that answers each status from 200 to 599', () => {
  let bench: EngineBench<UndiciTransport>;
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await Receiver.start(({ webhookId }) => ({
      status: Number(webhookId),
      headers: { location: 'https://elsewhere.example/S3CR3T', 'retry-after': '7200' },
      // These have none, and Node.js refuses to send one.
      body: ['204', '304'].includes(webhookId) ? '' : `This is ${webhookId}`,
    }));
    bench = await EngineBench.startWith(() => new UndiciTransport(systemClock));
  });
  afterEach(async () => {
    await bench.close();
    await receiver.stop();
  });

  async function deliver(statuses: readonly number[]): Promise<LogEntry[]> {
    const accepted = await Promise.all(
      statuses.map((status) => bench.accept(['a'], { webhookId: `${status}` })),
    );
    const isAttempted = async () => {
      const { items } = await bench.store.log.list({ limit: 1000 });
      return items.every(({ state, attempts }) => attempts === 1 && state.kind !== 'sending');
    };
    await until(isAttempted, { what: () => 'one attempt of each' });
    return Promise.all(accepted.map(([delivery]) => bench.find(delivery!.id)));
  }

  for (const [success, succeeds] of Object.entries(RULES))
    for (const [retryOn, isRetried] of Object.entries(RETRIED))
      it(`goes by ${success} for a success and retries on ${retryOn}`, async () => {
        bench.endpoint({
          url: receiver.url,
          success,
          retryOn,
          concurrency: 16,
          retry: 'custom',
          retryDelays: '1h',
        });
        // A 410 disables an endpoint that tries again only what may pass.
        const statuses = STATUSES.filter((status) => status !== 410 || retryOn === 'failure');
        const entries = await deliver(statuses);
        assert.equal(receiver.requests.length, statuses.length);
        for (const { delivery, attempts } of entries) {
          const status = Number(delivery.webhookId);
          const failed = isRetried(status) ? 'scheduled' : 'failed';
          assert.equal(delivery.state.kind, succeeds(status) ? 'succeeded' : failed, `${status}`);
          if (delivery.state.kind === 'failed') assert.equal(delivery.state.reason, 'permanent');
          if (delivery.state.kind === 'scheduled')
            assert.equal(
              delivery.state.nextAttemptAt - delivery.lastActivityAt,
              status < 400 && status >= 300 ? 3_600_000 : 7_200_000,
              `Retry-After of a ${status}`,
            );
          assert.equal(attempts.length, 1);
          assert.equal(attempts[0]?.statusCode, status);
          assert.match(attempts[0].error, succeeds(status) ? /^$/ : reasonOf(status));
          assert.doesNotMatch(JSON.stringify([delivery, attempts]), /S3CR3T/);
        }
      }).timeout(20_000);
});

const reasonOf = (status: number): RegExp =>
  status >= 300 && status < 400
    ? new RegExp(
        `^The receiver answered ${status} and points to elsewhere\\.example; redirects are not followed\\.$`,
      )
    : new RegExp(`^The receiver answered ${status}, which the endpoint's success rule does not accept\\.$`);
