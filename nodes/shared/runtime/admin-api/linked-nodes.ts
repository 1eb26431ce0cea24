import type { Node, NodeAPI, NodeDef } from 'node-red';
import { toIds } from '../../../../src/delivery/endpoint/endpoint-ids.ts';

/** A node of the flows that sends to an endpoint. */
export interface LinkedNode {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** What people call the flow or the subflow that it stands in; its id where it has no name. */
  readonly flow: string;
}

/** What stands in the flow for a node, a tab or a subflow. */
type Written = NodeDef & { readonly label?: string; readonly endpoints?: unknown };

const SENDING_TYPE = 'survey-webhook-out';

/** Gives the nodes that send to an endpoint, by its id. */
export function findLinkedNodes(RED: NodeAPI): (endpointId: string) => readonly LinkedNode[] {
  const flows = new Map<string, string>();
  const senders: Written[] = [];
  RED.nodes.eachNode((node: Written) => {
    if (node.type === 'tab') flows.set(node.id, node.label ?? '');
    if (node.type === 'subflow') flows.set(node.id, node.name);
    if (node.type === SENDING_TYPE) senders.push(node);
  });
  const linked = new Map<string, LinkedNode[]>();
  for (const { id, name, type, z, endpoints } of senders)
    for (const endpointId of new Set(toIds(endpoints))) {
      const node = { id, name: name || '', type, flow: flows.get(z) || z };
      linked.set(endpointId, [...(linked.get(endpointId) ?? []), node]);
    }
  return (endpointId) => linked.get(writtenId(RED, endpointId)) ?? [];
}

/** An endpoint in a subflow is made of the one that stands there, with an id of its own. */
function writtenId(RED: NodeAPI, endpointId: string): string {
  const node = RED.nodes.getNode(endpointId) as (Node & { readonly _alias?: string }) | null;
  return node?._alias ?? endpointId;
}
