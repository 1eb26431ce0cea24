import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { EndpointCredential } from '../../src/delivery/endpoint/endpoint-settings.ts';
import type { EndpointDirectory } from '../../src/delivery/endpoint/endpoint-directory.ts';
import { readEndpoint, type EndpointConfig } from '../shared/runtime/endpoint-settings.ts';
import { engineHost } from '../shared/runtime/engine/engine-host.ts';
import { namedNode } from '../shared/runtime/named-node.ts';

type Credentials = Record<EndpointCredential, string>;
type EndpointDef = NodeDef & EndpointConfig;

/** A place that receives deliveries. The engine finds it by its id at each attempt. */
export default function register(RED: NodeAPI): void {
  function WebhookEndpoint(this: Node<Credentials>, config: EndpointDef): void {
    RED.nodes.createNode(this, config);
    const host = engineHost(RED);
    const { endpoints } = host;
    const parsed = readEndpoint(RED, {
      config,
      credentials: this.credentials,
      node: this,
      named: (setting) => namedNode(RED, this, { setting, value: config[setting] }),
    });
    endpoints.set(parsed);
    const unlisten = host.onFlowsRun(tellProblems(this, endpoints, RED._('webhook-endpoint.errors.invalid')));
    const leave = host.join(this.id);
    this.on('close', (removed: boolean, done: () => void) => {
      unlisten();
      if (removed) endpoints.remove(this.id);
      void leave().finally(done);
    });
  }
  RED.nodes.registerType('webhook-endpoint', WebhookEndpoint, {
    credentials: {
      secretUrl: { type: 'password' },
      username: { type: 'text' },
      password: { type: 'password' },
      token: { type: 'password' },
      headerValue: { type: 'password' },
    },
  });
}

/** Logs what is wrong with the node's endpoint; while that stays the same, only once. */
function tellProblems(node: Node, endpoints: EndpointDirectory, words: string): () => void {
  let told: string[] = [];
  return () => {
    const entry = endpoints.get(node.id);
    const problems = entry?.kind === 'invalid' ? entry.problems : [];
    const lines = problems.map(({ setting, message }) => `${words} ${setting}: ${message}`);
    for (const line of lines) if (!told.includes(line)) node.error(line);
    told = lines;
  };
}
