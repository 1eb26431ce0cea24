import type { Node, NodeAPI, NodeMessage } from 'node-red';
import type { EndpointDirectory } from '../../src/delivery/endpoint/endpoint-directory.ts';

interface Host {
  readonly node: Pick<Node, 'warn'>;
  readonly endpoints: Pick<EndpointDirectory, 'find'>;
  readonly RED: NodeAPI;
}

type WarnOf = (message: NodeMessage, endpointIds: readonly string[]) => void;

const METHODS: readonly unknown[] = ['POST', 'PUT', 'PATCH'];

/**
 * Warns where the format made a payload for another method than the endpoint's: a comment that is put, and an endpoint that posts. Once
 * for each endpoint and its method while the node is there: the payload is delivered all the same.
 */
export function methodWarning({ node, endpoints, RED }: Host): WarnOf {
  const warned = new Set<string>();
  return (message, endpointIds) => {
    const wanted = methodOf(message);
    if (wanted === undefined) return;
    for (const id of endpointIds) {
      const endpoint = endpoints.find(id);
      if (!endpoint || endpoint.method === wanted || warned.has(`${id} ${endpoint.method}`)) continue;
      warned.add(`${id} ${endpoint.method}`);
      const words = { endpoint: endpoint.name, method: endpoint.method, wanted };
      node.warn(RED._('survey-webhook-out.warnings.method', words));
    }
  };
}

function methodOf({ target }: NodeMessage & { target?: unknown }): string | undefined {
  const method = typeof target === 'object' && target !== null && 'method' in target ? target.method : '';
  return METHODS.includes(method) ? String(method) : undefined;
}
