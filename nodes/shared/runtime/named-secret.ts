import type { Node, NodeAPI, NodeDef } from 'node-red';

/** Nodes in a subflow are made of its nodes, with ids of their own. */
type MadeNode = Node & { readonly _alias?: string };

/**
 * The id of the signing secret that a node names in its setting `signing`; empty where it names none. Node-RED fills variables in
 * before it makes the node, so one that is empty reads as none, and a hook would be open to everyone: then this answers what stands
 * in the flow, which is no node's id.
 */
export function namedSecret(RED: NodeAPI, node: MadeNode, signing: unknown): unknown {
  if (signing !== undefined && signing !== '') return signing;
  const id = node._alias ?? node.id;
  let written: unknown = '';
  RED.nodes.eachNode((one: NodeDef & { readonly signing?: unknown }) => {
    if (one.id === id) written = one.signing ?? '';
  });
  return written;
}
