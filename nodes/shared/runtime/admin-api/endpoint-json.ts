import type { EndedCount } from '../../../../src/delivery/delivery-log.ts';
import type { EndpointEntry } from '../../../../src/delivery/endpoint/endpoint-entry.ts';
import type { EndpointHealth } from '../../../../src/delivery/health/endpoint-health.ts';
import type { LinkedNode } from './linked-nodes.ts';

/** An endpoint of the flows, and what is known of it; undefined = nobody can say. */
export interface ListedEndpoint {
  readonly id: string;
  readonly name: string;
  readonly entry: EndpointEntry;
  readonly health: EndpointHealth | undefined;
  readonly openCount: number | undefined;
  readonly ended: EndedCount | undefined;
  /** Epoch ms. */
  readonly failingSince: number | undefined;
  readonly linkedNodes: readonly LinkedNode[];
}

/** A row of the list of endpoints: null for what nobody can say, as while the store is down or the settings are not valid. */
export function endpointJson(listed: ListedEndpoint) {
  const { id, name, entry, health, openCount, ended, failingSince, linkedNodes } = listed;
  return {
    id,
    name,
    // Without what is secret of it.
    url: entry.kind === 'valid' ? entry.endpoint.url.toString() : null,
    ...healthJson(health),
    pending: openCount ?? null,
    succeeded: ended?.succeeded ?? null,
    failed: ended?.failed ?? null,
    lastSuccessAt: timeJson(ended?.lastSuccessAt),
    failingSince: timeJson(failingSince),
    linkedNodes,
    problems: entry.kind === 'invalid' ? entry.problems : [],
  };
}

const timeJson = (at: number | undefined): string | null =>
  at === undefined ? null : new Date(at).toISOString();

/** How an endpoint is at run time, as the admin API gives it. */
export function healthJson(health: EndpointHealth | undefined) {
  const { isEnabled = null, isTested = null, circuit = null } = health ?? {};
  const { disabledBecause = null, waiting = null, nextProbeAt } = health ?? {};
  return {
    enabled: isEnabled,
    disabledReason: disabledBecause,
    tested: isTested,
    circuit,
    nextProbeAt: timeJson(nextProbeAt),
    waiting,
  };
}
