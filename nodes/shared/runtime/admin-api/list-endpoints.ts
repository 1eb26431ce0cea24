import type { NodeAPI } from 'node-red';
import type { EngineHost } from '../engine/engine-host.ts';
import { endpointJson } from './endpoint-json.ts';
import { findLinkedNodes } from './linked-nodes.ts';

/** The endpoints of the flows that run. Whoever looks at them opens no store. */
export async function listEndpoints(RED: NodeAPI, host: EngineHost) {
  const named = host.endpoints.names();
  const open = await host.peek();
  // The list is looked at above all when something is wrong with the store.
  const ids = named.map(({ id }) => id);
  const ended = (await open?.store.log.countEnded(ids).catch(() => [])) ?? [];
  const failing = (await open?.store.log.listFailing(ids).catch(() => [])) ?? [];
  const endedById = new Map(ended.map((counts) => [counts.endpointId, counts]));
  const failingSinceById = new Map(failing.map(({ endpointId, failingSince }) => [endpointId, failingSince]));
  const linkedTo = findLinkedNodes(RED);
  return named.flatMap(({ id, name }) => {
    const entry = host.endpoints.get(id);
    if (!entry) return [];
    const health = entry.kind === 'valid' ? open?.engine.healthOf(entry.endpoint) : undefined;
    const openCount = open?.engine.openCount(id);
    const linkedNodes = linkedTo(id);
    return [
      endpointJson({
        id,
        name,
        entry,
        health,
        openCount,
        ended: endedById.get(id),
        failingSince: failingSinceById.get(id),
        linkedNodes,
      }),
    ];
  });
}
