import type { Node, NodeAPI } from 'node-red';

const ENV_TAG = /\$\{([^}\s]+)\}/g;

/**
 * A string setting with each `${NAME}` replaced by that environment variable, as the node's flow, group or subflow sees
 * it. An unknown name becomes an empty string, as in Node-RED itself.
 */
export function expandEnv(RED: NodeAPI, node: Node, text: string): string {
  return text.replaceAll(ENV_TAG, (_, name: string) => {
    const value: unknown = RED.util.getSetting(node, name);
    return value === undefined || value === null ? '' : String(value as string | number | boolean);
  });
}
