import type { Node, NodeAPI, NodeDef } from 'node-red';
import {
  parseEndpoint,
  type EndpointCredential,
  type EndpointSettings,
} from '../../src/delivery/endpoint-settings.ts';
import { engineHost } from '../shared/runtime/engine/engine-host.ts';
import { expandSettings } from '../shared/runtime/settings.ts';

type Credentials = Record<EndpointCredential, string>;
type EndpointDef = NodeDef & Omit<EndpointSettings, 'credentials'>;

/** A place that receives deliveries. The engine finds it by its id at each attempt. */
export default function register(RED: NodeAPI): void {
  function WebhookEndpoint(this: Node<Credentials>, config: EndpointDef): void {
    RED.nodes.createNode(this, config);
    const host = engineHost(RED);
    const { endpoints } = host;
    const parsed = parseEndpoint(expandSettings(RED, this, { ...config, credentials: this.credentials }));
    endpoints.set(parsed);
    if (parsed.kind === 'invalid')
      for (const { setting, message } of parsed.problems)
        this.error(`${RED._('webhook-endpoint.errors.invalid')} ${setting}: ${message}`);
    const leave = host.join(this.id);
    this.on('close', (removed: boolean, done: () => void) => {
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
