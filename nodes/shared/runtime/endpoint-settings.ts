import type { Node, NodeAPI } from 'node-red';
import {
  parseEndpoint,
  type EndpointCredential,
  type EndpointSettings,
  type ParsedEndpoint,
} from '../../../src/delivery/endpoint/endpoint-settings.ts';
import { compileEndpointFilter } from '../../../src/survey/endpoint-filter.ts';
import { attempt } from './failure.ts';
import { expandSettings } from './settings.ts';

/** An endpoint as a flow or a dialog has it, without its credentials. */
export type EndpointConfig = Omit<EndpointSettings, 'credentials' | 'filter' | 'readEnv'> & {
  readonly filter?: unknown;
};

export type EndpointCredentials = Readonly<Partial<Record<EndpointCredential, string>>>;

interface EndpointSource {
  readonly config: EndpointConfig;
  readonly credentials: EndpointCredentials;
  /** As which variables are read: those of its flow, group or subflow. */
  readonly node: Node;
  /** The id of what it names in a setting. */
  readonly named: (setting: 'signing' | 'tls' | 'proxy') => unknown;
}

/** Checks an endpoint with its variables filled in. */
export function readEndpoint(
  RED: NodeAPI,
  { config, credentials, node, named }: EndpointSource,
): ParsedEndpoint {
  const settings = expandSettings(RED, node, { ...config, credentials });
  return parseEndpoint({
    ...settings,
    filter: attempt(() => compileEndpointFilter(settings.filter)),
    signing: named('signing'),
    tls: named('tls'),
    proxy: named('proxy'),
    readEnv: (name): unknown => RED.util.getSetting(node, name),
  });
}
