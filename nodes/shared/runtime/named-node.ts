import type { Node, NodeAPI, NodeDef } from 'node-red';

/** Nodes in a subflow are made of its nodes, with ids of their own. */
type MadeNode = Node & { readonly _alias?: string };

/** What stands in the flow for a node, which Node-RED fills variables in of before it makes the node. */
type Written = Readonly<Record<string, unknown>>;

/** A setting of a node that names a config node, and what the node was given for it. */
interface Naming {
  readonly setting: string;
  readonly value: unknown;
}

/**
 * The id of the config node that a node names in a setting; empty where it names none. Node-RED fills variables in before it makes
 * the node, so one that is empty reads as none, and a hook would be open to everyone, or a delivery go out unsigned: then this
 * answers what stands in the flow, which is no node's id.
 */
export function namedNode(RED: NodeAPI, node: MadeNode, { setting, value }: Naming): unknown {
  if (value !== undefined && value !== '') return value;
  return findWritten(RED, node)?.[setting] ?? '';
}

/** What stands in the flow for a node; undefined where it is not found there. */
export function findWritten(RED: NodeAPI, node: MadeNode): Written | undefined {
  const id = node._alias ?? node.id;
  let written: Written | undefined;
  RED.nodes.eachNode((one: NodeDef) => {
    if (one.id === id) written = one as NodeDef & Written;
  });
  return written;
}
