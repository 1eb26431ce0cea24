import type { Node, NodeAPI } from 'node-red';

const ENV_TAG = /\$\{([^}\s]+)\}/g;

/**
 * A string setting with each `${NAME}` replaced by that environment variable, as the node's flow, group or subflow sees
 * it. An unknown name becomes an empty string, as in Node-RED itself.
 */
export function expandEnv(RED: NodeAPI, node: Node, text: string): string {
  return text.replaceAll(ENV_TAG, (_, name: string) => {
    const value: unknown = RED.util.getSetting(node, name);
    if (typeof value === 'string') return value;
    return value === undefined || value === null ? '' : JSON.stringify(value);
  });
}

/** Settings with each text in them expanded, however deep. */
export function expandSettings<Settings>(RED: NodeAPI, node: Node, settings: Settings): Settings {
  const expand = (value: unknown): unknown => {
    if (typeof value === 'string') return expandEnv(RED, node, value);
    if (Array.isArray(value)) return value.map(expand);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, expand(inner)]));
  };
  // The same shape: only texts are replaced, each by a text.
  return expand(settings) as Settings;
}
