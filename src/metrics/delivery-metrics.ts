import type { AcceptedDelivery } from '../delivery/acceptance.ts';
import type { DeliveryObserver } from '../delivery/delivery-observer.ts';
import type { AttemptRecord } from '../delivery/delivery-store.ts';
import { Histogram } from './histogram.ts';
import { namedLabels, type Named } from './named-labels.ts';
import type { MetricFamily, Sample } from './metric-family.ts';

/** An endpoint of the flows, and what is open for it; undefined = nobody can say. */
export interface ObservedEndpoint extends Named {
  readonly openCount: number | undefined;
  /** When the longest open delivery was accepted, epoch ms; undefined = none is open. */
  readonly oldestOpenAt: number | undefined;
  /** By its setting, and not disabled at run time; undefined = nobody can say, as of `isCircuitOpen`. */
  readonly isEnabled: boolean | undefined;
  readonly isCircuitOpen: boolean | undefined;
}

const OUTCOMES = ['succeeded', 'failed', 'interrupted'] as const;

/** In seconds: from a receiver next door to the longest time-out that is in use. */
const DURATION_BOUNDS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

class EndpointCounts {
  acceptedCount = 0;
  readonly outcomes: Record<AttemptRecord['outcome'], number> = { succeeded: 0, failed: 0, interrupted: 0 };
  readonly durations = new Histogram(DURATION_BOUNDS);
}

/** What the engine has done since the process started, by endpoint. In memory only, and small: a few numbers for each endpoint. */
export class DeliveryMetrics implements DeliveryObserver {
  readonly #counts = new Map<string, EndpointCounts>();

  accepted(deliveries: readonly AcceptedDelivery[]): void {
    for (const { endpoint } of deliveries) this.#of(endpoint).acceptedCount += 1;
  }

  attempted(endpointId: string, { outcome, durationMs }: AttemptRecord): void {
    const counts = this.#of(endpointId);
    counts.outcomes[outcome] += 1;
    if (durationMs !== undefined) counts.durations.observe(durationMs / 1000);
  }

  /** The metrics of the endpoints that are there now; what was counted for others is forgotten. */
  families(endpoints: readonly ObservedEndpoint[], now: number): MetricFamily[] {
    const ids = new Set(endpoints.map(({ id }) => id));
    for (const id of this.#counts.keys()) if (!ids.has(id)) this.#counts.delete(id);
    const rows = endpoints.map((endpoint) => ({
      labels: namedLabels('endpoint', endpoint),
      counts: this.#of(endpoint.id),
    }));
    return [
      {
        name: 'survey_hooks_deliveries_accepted_total',
        type: 'counter',
        help: 'Deliveries accepted since the process started, with those that failed at once.',
        samples: rows.map(({ labels, counts }) => ({ labels, value: counts.acceptedCount })),
      },
      {
        name: 'survey_hooks_delivery_attempts_total',
        type: 'counter',
        help: 'Attempts that ended since the process started, by outcome.',
        samples: rows.flatMap(({ labels, counts }) =>
          OUTCOMES.map((outcome) => ({ labels: { ...labels, outcome }, value: counts.outcomes[outcome] })),
        ),
      },
      {
        name: 'survey_hooks_delivery_attempt_duration_seconds',
        type: 'histogram',
        help: 'How long attempts took since the process started.',
        samples: rows.flatMap(({ labels, counts }) => counts.durations.samples(labels)),
      },
      ...backlogFamilies(endpoints, now),
      ...healthFamilies(endpoints),
    ];
  }

  #of(endpointId: string): EndpointCounts {
    const counts = this.#counts.get(endpointId) ?? new EndpointCounts();
    this.#counts.set(endpointId, counts);
    return counts;
  }
}

function backlogFamilies(endpoints: readonly ObservedEndpoint[], now: number): MetricFamily[] {
  const known = endpoints.flatMap(({ openCount, ...endpoint }) =>
    openCount === undefined ? [] : [{ ...endpoint, openCount, labels: namedLabels('endpoint', endpoint) }],
  );
  const ages = known.map(({ labels, oldestOpenAt }): Sample => {
    const ageMs = oldestOpenAt === undefined ? 0 : Math.max(now - oldestOpenAt, 0);
    return { labels, value: ageMs / 1000 };
  });
  return [
    {
      name: 'survey_hooks_deliveries_pending',
      type: 'gauge',
      help: 'Deliveries in progress: due, waiting, being sent or held.',
      samples: known.map(({ labels, openCount }) => ({ labels, value: openCount })),
    },
    {
      name: 'survey_hooks_deliveries_oldest_pending_age_seconds',
      type: 'gauge',
      help: 'How long ago the oldest delivery in progress was accepted; 0 where none is in progress.',
      samples: ages,
    },
  ];
}

function healthFamilies(endpoints: readonly ObservedEndpoint[]): MetricFamily[] {
  return [
    {
      name: 'survey_hooks_endpoint_enabled',
      type: 'gauge',
      help: 'Whether deliveries go to the endpoint: 0 where its setting or a person has disabled it, or a 410.',
      samples: switchSamples(endpoints, ({ isEnabled }) => isEnabled),
    },
    {
      name: 'survey_hooks_endpoint_circuit_open',
      type: 'gauge',
      help: 'Whether deliveries wait because the endpoint has failed too often in a row: 1 until it takes one again.',
      samples: switchSamples(endpoints, ({ isCircuitOpen }) => isCircuitOpen),
    },
  ];
}

const switchSamples = (
  endpoints: readonly ObservedEndpoint[],
  read: (endpoint: ObservedEndpoint) => boolean | undefined,
): Sample[] =>
  endpoints.flatMap((endpoint) => {
    const isOn = read(endpoint);
    return isOn === undefined ? [] : [{ labels: namedLabels('endpoint', endpoint), value: Number(isOn) }];
  });
