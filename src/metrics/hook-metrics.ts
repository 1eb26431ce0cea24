import type { ListedHook } from '../inbound/hook-directory.ts';
import type { MetricFamily } from './metric-family.ts';
import { namedLabels } from './named-labels.ts';

/** The metrics of hooks. `parked` has how many events of each are parked; undefined while nobody can say. */
export function hookFamilies(
  hooks: readonly ListedHook[],
  parked: ReadonlyMap<string, number> | undefined,
): MetricFamily[] {
  const rows = hooks.map(({ facts, activity }) => ({
    id: facts.id,
    labels: namedLabels('hook', facts),
    counts: activity.counts,
  }));
  return [
    {
      name: 'survey_hooks_hook_requests_total',
      type: 'counter',
      help: 'Requests and mails to hooks since the process started, by whether they were received or refused.',
      samples: rows.flatMap(({ labels, counts }) => [
        { labels: { ...labels, outcome: 'received' }, value: counts.received },
        { labels: { ...labels, outcome: 'refused' }, value: counts.refused },
      ]),
    },
    {
      name: 'survey_hooks_hook_events_parked',
      type: 'gauge',
      help: 'Events of hooks that are parked until a person decides.',
      samples: parked ? rows.map(({ id, labels }) => ({ labels, value: parked.get(id) ?? 0 })) : [],
    },
  ];
}
