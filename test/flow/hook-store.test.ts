import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { NodeAPI } from 'node-red';
import hookStore from '../../nodes/hook-store/hook-store.ts';
import { engineHost, type EngineHost } from '../../nodes/shared/runtime/engine/engine-host.ts';
import { argumentsOf, globalConfigNode } from '../support/core-nodes.ts';
import { FlowRuntime } from '../support/flow-runtime.ts';

const TOKEN = 'a-token-for-metrics';
const DAY = 86_400_000;

describe('hook-store', () => {
  let runtime: FlowRuntime;
  let host: EngineHost;

  before(async () => (runtime = await FlowRuntime.start()));
  after(() => runtime.stop());
  // A node that only stops keeps its store named, for the deploy that makes it anew: the files that run after this one have stores of their own.
  afterEach(() => runtime.deploy([], 'full'));

  const takeHost = (RED: NodeAPI): void => void (host = engineHost(RED));
  const store = (id: string, settings: object) => ({ id, type: 'hook-store', file: `${id}.db`, ...settings });
  const run = (settings: object, credentials: Record<string, string> = {}): Promise<void> =>
    runtime.load(
      [hookStore, globalConfigNode, takeHost],
      [
        { id: 'env', type: 'global-config', env: [{ name: 'DAYS', value: '7', type: 'str' }] },
        store('store', settings),
      ],
      { store: credentials },
    );
  const told = (id: string, how: 'error' | 'status'): string =>
    JSON.stringify(argumentsOf(runtime.node(id), how));

  it('says how much is kept, and who reads the metrics', async () => {
    await run({ retentionDays: '${DAYS}', retentionRows: 0, retentionBytes: '1gb' }, { metricsToken: TOKEN });
    assert.deepEqual(host.stores.retention, { ageMs: 7 * DAY, count: undefined, bytes: 1024 ** 3 });
    assert.equal(host.stores.metricsToken?.reveal(), TOKEN);
    assert.deepEqual([told('store', 'error'), told('store', 'status')], ['[]', '[]']);
  });

  it('takes the usual limits where a flow from before has none', async () => {
    await run({});
    assert.deepEqual(host.stores.retention, { ageMs: 30 * DAY, count: 1_000_000, bytes: 2 * 1024 ** 3 });
    assert.equal(host.stores.metricsToken, undefined);
  });

  it('is red where a limit cannot be read, and keeps everything', async () => {
    await run({ retentionRows: 'all of them' });
    assert.equal(host.stores.retention, undefined);
    assert.match(told('store', 'status'), /"red".*hook-store\.status\.invalid/);
    assert.match(told('store', 'error'), /retentionRows/);
  });

  for (const limit of ['retentionDays', 'retentionRows', 'retentionBytes'])
    it(`is red where ${limit} names a variable without a value, and keeps everything`, async () => {
      await run({ [limit]: ' ${NOT_SET} ' });
      assert.equal(host.stores.retention, undefined);
      assert.match(told('store', 'status'), /"red".*hook-store\.status\.invalid/);
      assert.match(told('store', 'error'), new RegExp(`${limit}: .*variable`));
    });

  it('is red where the token is too short, and does not say it', async () => {
    await run({}, { metricsToken: 'guess-me' });
    assert.equal(host.stores.metricsToken, undefined);
    assert.ok(host.stores.retention);
    assert.match(told('store', 'status'), /"red"/);
    assert.doesNotMatch(told('store', 'error'), /guess-me/);
  });

  it('is red where there is one already, whose settings go on to count', async () => {
    await runtime.load([hookStore, takeHost], [store('store', { retentionDays: 1 }), store('second', {})], {
      second: { metricsToken: TOKEN },
    });
    assert.equal(host.stores.retention?.ageMs, DAY);
    assert.equal(host.stores.metricsToken, undefined);
    // Of both nodes.
    assert.equal(argumentsOf(runtime.node('second'), 'status').length, 1);
    assert.match(told('second', 'status'), /hook-store\.status\.duplicate/);
  });
});
