import type { Node, NodeStatus } from 'node-red';

/** A node's status that goes to the editors only when it changes: thousands of messages a second would flood them. */
export interface Status {
  show(status: NodeStatus): void;
}

export function statusOf(node: Node): Status {
  let shown: NodeStatus = {};
  return {
    show(status) {
      if (status === shown || (!status.text && !shown.text)) return;
      shown = status;
      node.status(status);
    },
  };
}
