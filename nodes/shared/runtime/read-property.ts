import type { NodeAPI, NodeMessage } from 'node-red';

/** Undefined also where something on the way to the property is missing: senders decide what is there. */
export function readProperty(RED: NodeAPI, message: NodeMessage, property: string): unknown {
  try {
    return RED.util.getMessageProperty(message, property);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
