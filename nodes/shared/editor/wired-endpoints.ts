import { toIds } from '../../../src/delivery/endpoint/endpoint-ids.ts';
import type { FittedSettings } from './endpoint-misfits.ts';

/** An endpoint as the editor holds it. */
export type EndpointNode = EditorNode & FittedSettings;

/** How the editor names the outputs of a node. */
const OUTPUTS = 0;

/** The endpoints that what a format node writes is sent to: those of the first out node on each way along the wires. */
export function wiredEndpoints(node: EditorNode): EndpointNode[] {
  const endpoints = new Set<EndpointNode>();
  // A set goes on with what is added while it is walked, so a loop of wires ends.
  const reached = new Set([node]);
  for (const { id } of reached)
    for (const { target } of RED.nodes.getNodeLinks(id, OUTPUTS)) {
      if (target.type === 'survey-webhook-out') addEndpoints(endpoints, target);
      // Behind another format node the payload is that one's.
      else if (target.type !== 'payload-format') reached.add(target);
    }
  return [...endpoints];
}

function addEndpoints(endpoints: Set<EndpointNode>, outNode: EditorNode & { endpoints?: unknown }): void {
  for (const id of toIds(outNode.endpoints)) {
    const endpoint = RED.nodes.node(id);
    if (endpoint?.type === 'webhook-endpoint') endpoints.add(endpoint);
  }
}
