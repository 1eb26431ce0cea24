/** Nodes of Node-RED itself, for flows in the test's process. */
import { createRequire } from 'node:module';
import type { Node, NodeAPI } from 'node-red';
import { until } from './until.ts';

type Register = (RED: NodeAPI) => void;

const require = createRequire(import.meta.url);
const core = (file: string): Register => require(`@node-red/nodes/core/${file}`) as Register;

export const catchNode = core('common/25-catch.js');
export const completeNode = core('common/24-complete.js');
export const globalConfigNode = core('common/91-global-config.js');
export const httpNodes = core('network/21-httpin.js');
export const tlsConfigNode = core('network/05-tls.js');
export const httpProxyNode = core('network/06-httpproxy.js');
export const httpRequestNode = core('network/21-httprequest.js');

/** What a node's method was called with, call by call, as node-red-node-test-helper saw it: the first argument of each. */
export function argumentsOf(node: Node, method: 'status' | 'warn' | 'error'): unknown[] {
  const spied = node as unknown as Record<typeof method, { args: unknown[][] }>;
  return spied[method].args.map(([first]) => first);
}

/** The texts of the statuses that a node has shown, newest last. */
export const statusesOf = (node: Node): string[] =>
  argumentsOf(node, 'status').map((status) => (status as { text?: string }).text ?? '');

/** Waits until a node has shown just these: after a first change the next one takes its time. */
export const showsStatuses = (node: Node, ...texts: readonly string[]): Promise<void> =>
  until(() => statusesOf(node).join() === texts.join(), {
    what: () => `${texts.join()}, where ${statusesOf(node).join()} was shown`,
  });
