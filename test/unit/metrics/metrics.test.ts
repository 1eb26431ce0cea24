import assert from 'node:assert/strict';
import { HookDirectory, type HookFacts } from '../../../src/inbound/hook-directory.ts';
import { DeliveryMetrics, type ObservedEndpoint } from '../../../src/metrics/delivery-metrics.ts';
import { writeExposition } from '../../../src/metrics/exposition.ts';
import { hookFamilies } from '../../../src/metrics/hook-metrics.ts';
import type { MetricFamily } from '../../../src/metrics/metric-family.ts';
import { storeFamilies } from '../../../src/metrics/store-metrics.ts';
import { readExposition } from '../../support/exposition.ts';
import { anAttempt } from '../../support/store.ts';

const NOW = 1_000_000;

/** Each sample as a line, by the metric's name. */
function linesOf(families: readonly MetricFamily[]): Record<string, string[]> {
  const read = readExposition(writeExposition(families));
  return Object.fromEntries(
    [...read].map(([name, { samples }]) => [
      name,
      samples.map(({ labels, value }) => `${Object.values(labels).join(' ')} ${value}`.trim()),
    ]),
  );
}

describe('The metrics of deliveries', () => {
  const endpoint = (id: string, fields: Partial<ObservedEndpoint> = {}): ObservedEndpoint => ({
    id,
    name: `Endpoint ${id}`,
    openCount: 0,
    oldestOpenAt: undefined,
    isEnabled: true,
    isCircuitOpen: false,
    ...fields,
  });
  const accepted = (endpointId: string) => [{ id: 'd', webhookId: 'msg', endpoint: endpointId }];
  let metrics: DeliveryMetrics;
  beforeEach(() => (metrics = new DeliveryMetrics()));

  it('count what is accepted and attempted, and how long it took, by endpoint', () => {
    metrics.accepted([...accepted('a'), ...accepted('a'), ...accepted('b')]);
    metrics.attempted('a', anAttempt({ durationMs: 40 }));
    metrics.attempted('a', anAttempt({ outcome: 'failed', durationMs: 700 }));
    metrics.attempted('a', anAttempt({ outcome: 'interrupted', durationMs: undefined }));
    const lines = linesOf(metrics.families([endpoint('a'), endpoint('b')], NOW));
    assert.deepEqual(lines['survey_hooks_deliveries_accepted_total'], ['a Endpoint a 2', 'b Endpoint b 1']);
    assert.deepEqual(lines['survey_hooks_delivery_attempts_total'], [
      'a Endpoint a succeeded 1',
      'a Endpoint a failed 1',
      'a Endpoint a interrupted 1',
      'b Endpoint b succeeded 0',
      'b Endpoint b failed 0',
      'b Endpoint b interrupted 0',
    ]);
    const durations = lines['survey_hooks_delivery_attempt_duration_seconds'] ?? [];
    for (const line of ['0.05 1', '0.5 1', '1 2', '+Inf 2', '0.74', '2'])
      assert.ok(durations.includes(`a Endpoint a ${line}`), line);
  });

  it('show what is open for each endpoint, and since when', () => {
    const endpoints = [
      endpoint('a', { openCount: 3, oldestOpenAt: NOW - 90_500 }),
      endpoint('b'),
      endpoint('later', { openCount: 1, oldestOpenAt: NOW + 5 }),
      endpoint('unknown', { openCount: undefined }),
    ];
    const lines = linesOf(metrics.families(endpoints, NOW));
    assert.deepEqual(lines['survey_hooks_deliveries_pending'], [
      'a Endpoint a 3',
      'b Endpoint b 0',
      'later Endpoint later 1',
    ]);
    assert.deepEqual(lines['survey_hooks_deliveries_oldest_pending_age_seconds'], [
      'a Endpoint a 90.5',
      'b Endpoint b 0',
      'later Endpoint later 0',
    ]);
  });

  it('show which endpoints are disabled, and which circuits are open', () => {
    const endpoints = [
      endpoint('a'),
      endpoint('b', { isEnabled: false, isCircuitOpen: true }),
      endpoint('unknown', { isEnabled: undefined, isCircuitOpen: undefined }),
    ];
    const lines = linesOf(metrics.families(endpoints, NOW));
    assert.deepEqual(lines['survey_hooks_endpoint_enabled'], ['a Endpoint a 1', 'b Endpoint b 0']);
    assert.deepEqual(lines['survey_hooks_endpoint_circuit_open'], ['a Endpoint a 0', 'b Endpoint b 1']);
  });

  it('forget an endpoint that is gone', () => {
    metrics.accepted(accepted('a'));
    assert.deepEqual(linesOf(metrics.families([], NOW)), {});
    const lines = linesOf(metrics.families([endpoint('a')], NOW));
    assert.deepEqual(lines['survey_hooks_deliveries_accepted_total'], ['a Endpoint a 0']);
  });

  it('show the name that an endpoint has now, and not the whole of a long one', () => {
    metrics.accepted(accepted('a'));
    const lines = linesOf(metrics.families([endpoint('a', { name: `${'😀'.repeat(100)}"end"` })], NOW));
    assert.deepEqual(lines['survey_hooks_deliveries_accepted_total'], [`a ${'😀'.repeat(100)} 1`]);
  });
});

describe('The metrics of hooks', () => {
  const facts: HookFacts = {
    id: 'h',
    name: 'A "hook"',
    description: '',
    kind: 'webhook',
    url: '/secret',
    methods: [],
  };

  it('count what was received and refused, and what is parked', () => {
    const directory = new HookDirectory();
    const activity = directory.join(facts, { isActive: true, isDebugged: false });
    activity.noteReceived(NOW);
    activity.noteReceived(NOW);
    activity.noteRefused();
    const lines = linesOf(hookFamilies(directory.all(), new Map([['h', 4]])));
    assert.deepEqual(lines, {
      survey_hooks_hook_requests_total: ['h A "hook" received 2', 'h A "hook" refused 1'],
      survey_hooks_hook_events_parked: ['h A "hook" 4'],
    });
    assert.ok(!writeExposition(hookFamilies(directory.all(), undefined)).includes('secret'));
  });

  it('say nothing of what is parked while nobody knows', () => {
    const directory = new HookDirectory();
    directory.join(facts, { isActive: true, isDebugged: false });
    assert.deepEqual(Object.keys(linesOf(hookFamilies(directory.all(), undefined))), [
      'survey_hooks_hook_requests_total',
    ]);
  });
});

describe('The metrics of the store', () => {
  it('show whether it is up, what waits for it and what it keeps', () => {
    const store = { health: { isUp: true }, waitingCount: 7 } as const;
    const usage = { deliveryCount: 5, deliveryBytes: 9000, freeBytes: 1 };
    assert.deepEqual(linesOf(storeFamilies({ store, usage })), {
      survey_hooks_store_up: ['1'],
      survey_hooks_store_waiting_writes: ['7'],
      survey_hooks_store_deliveries: ['5'],
      survey_hooks_store_delivery_bytes: ['9000'],
    });
  });

  it('show that it is not open', () => {
    assert.deepEqual(linesOf(storeFamilies(undefined)), { survey_hooks_store_up: ['0'] });
  });
});
