import type { DeliveryUsage } from '../delivery/retention-store.ts';
import type { HookStore } from '../store/hook-store.ts';
import type { MetricFamily } from './metric-family.ts';

/** A store while it is open, and what its deliveries take up; undefined = nobody can say. */
export interface ObservedStore {
  readonly store: Pick<HookStore, 'health' | 'waitingCount'>;
  readonly usage: DeliveryUsage | undefined;
}

/** The metrics of the store; undefined = it is not open. */
export function storeFamilies(observed: ObservedStore | undefined): MetricFamily[] {
  const usage = observed?.usage;
  return [
    gauge('survey_hooks_store_up', 'Whether the store can keep anything at the moment: 1 or 0.', [
      observed?.store.health.isUp === true ? 1 : 0,
    ]),
    gauge(
      'survey_hooks_store_waiting_writes',
      'Writes that wait for their commit.',
      observed ? [observed.store.waitingCount] : [],
    ),
    gauge(
      'survey_hooks_store_deliveries',
      'Deliveries that the store keeps, open and closed.',
      usage ? [usage.deliveryCount] : [],
    ),
    gauge(
      'survey_hooks_store_delivery_bytes',
      'About how many bytes the deliveries take in the store.',
      usage ? [usage.deliveryBytes] : [],
    ),
  ];
}

const gauge = (name: string, help: string, values: readonly number[]): MetricFamily => ({
  name,
  type: 'gauge',
  help,
  samples: values.map((value) => ({ labels: {}, value })),
});
