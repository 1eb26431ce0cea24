import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { EndpointCredential } from '../../../../src/delivery/endpoint/endpoint-settings.ts';
import type { Endpoint } from '../../../../src/delivery/endpoint/endpoint.ts';
import { credentialsSent, leadsToSamePlace } from '../../../../src/delivery/test-fire/stored-credentials.ts';
import { textOf } from '../../../../src/platform/settings-check.ts';
import type { EngineHost } from '../engine/engine-host.ts';
import { readEndpoint, type EndpointConfig, type EndpointCredentials } from '../endpoint-settings.ts';
import { expandEnv } from '../settings.ts';
import { ApiError } from './guard.ts';
import { validEndpoint } from './valid-endpoint.ts';

const TYPE = 'webhook-endpoint';

/** What an editor has in the place of a credential that is stored and does not come back. */
const STORED = '__PWRD__';

const NAMES: readonly EndpointCredential[] = ['secretUrl', 'username', 'password', 'token', 'headerValue'];

type Fields = Readonly<Record<string, unknown>>;
/** What stands in the flow for a node. */
type Written = Pick<NodeDef, 'id'> & { readonly z?: string; readonly g?: string };
type EndpointNode = Node<EndpointCredentials>;

/** An endpoint as a dialog has it: its properties, its id, and the credentials that were typed. */
interface Typed {
  readonly config: EndpointConfig & { readonly z?: unknown };
  readonly credentials: EndpointCredentials;
  /** Those that the editor says are stored. */
  readonly claimed: readonly EndpointCredential[];
}

/**
 * The endpoint that a dialog has, with what is stored for the one that is deployed under its id. Throws where its settings are wrong,
 * and, with the code `credentials_needed`, where something stored would go anywhere but to where it goes already.
 */
export function readTypedEndpoint(RED: NodeAPI, host: EngineHost, given: unknown): Endpoint {
  const typed = readTyped(given);
  const { config } = typed;
  const running = findRunning(RED, config.id);
  const stored = running?.credentials ?? {};
  const node = running ?? neighbourOf(RED, config.z);
  const borrowed = borrowedFrom(stored, typed, expandEnv(RED, node, textOf(config.auth)).trim());
  if (borrowed.some((name) => !stored[name])) throw credentialsNeeded();
  const parsed = readEndpoint(RED, {
    config,
    credentials: { ...stored, ...typed.credentials },
    node,
    named: (setting) => namedId(RED, node, config[setting]),
  });
  const endpoint = validEndpoint(host.endpoints.resolve(parsed));
  if (borrowed.length === 0 && endpoint.signing === undefined) return endpoint;
  const deployed = host.endpoints.find(config.id);
  const shownUrl = expandEnv(RED, node, textOf(config.url));
  if (deployed && mayBorrow({ endpoint, deployed, shownUrl })) return endpoint;
  throw credentialsNeeded();
}

const credentialsNeeded = () => new ApiError(409, 'credentials_needed', CREDENTIALS_NEEDED);

const CREDENTIALS_NEEDED =
  'What is stored for an endpoint goes only to where the deployed one leads: enter the credentials again, or deploy first. ' +
  'Scheme, host, port, TLS configuration and proxy must be the same, and a signing secret the one that is deployed.';

const invalid = (message: string) => new ApiError(400, 'invalid_body', message);

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readTyped(given: unknown): Typed {
  const { id, credentials = {}, ...config } = isFields(given) ? given : {};
  if (typeof id !== 'string' || !/^[\w.-]{1,100}$/.test(id))
    throw invalid('"config" must be the properties of an endpoint, with its "id".');
  if (!isFields(credentials)) throw invalid('"credentials" must be an object of texts by name.');
  const texts = NAMES.flatMap((name) => {
    const text = credentials[name];
    return typeof text === 'string' ? [[name, text] as const] : [];
  });
  return {
    config: { ...config, id },
    credentials: Object.fromEntries(texts.filter(([, text]) => text !== STORED)),
    claimed: texts.flatMap(([name, text]) => (text === STORED ? [name] : [])),
  };
}

function findRunning(RED: NodeAPI, id: string): EndpointNode | undefined {
  const node = RED.nodes.getNode(id) as EndpointNode | null;
  return node?.type === TYPE ? node : undefined;
}

/** A node that sees the variables which this one will see when it is deployed; an empty one sees those of the process. */
function neighbourOf(RED: NodeAPI, flowId: unknown): Node {
  const flow = typeof flowId === 'string' ? flowId : '';
  let found: Node | undefined;
  RED.nodes.eachNode(({ id, z, g }: Written) => {
    if ((z ?? '') === flow && g === undefined) found ??= RED.nodes.getNode(id);
  });
  // All that is asked of it is which variables it sees.
  return found ?? ({} as unknown as Node);
}

/** A variable that is empty is not taken for none: what is written for it is no node's id. */
function namedId(RED: NodeAPI, node: Node, value: unknown): unknown {
  return typeof value === 'string' ? expandEnv(RED, node, value) || value : value;
}

/** The credentials that go out and come from what is stored, or are said to. */
const borrowedFrom = (
  stored: EndpointCredentials,
  { credentials, claimed }: Typed,
  auth: string,
): EndpointCredential[] =>
  credentialsSent(auth).filter(
    (name) => claimed.includes(name) || (credentials[name] === undefined && Boolean(stored[name])),
  );

interface Borrowing {
  readonly endpoint: Endpoint;
  readonly deployed: Endpoint;
  /** What people see of the URL in the dialog; a stored secret one stands in its place. */
  readonly shownUrl: string;
}

function mayBorrow({ endpoint, deployed, shownUrl }: Borrowing): boolean {
  const isShown = shownUrl.trim() === '' || isSameOrigin(shownUrl, endpoint.url.toString());
  const isSameSigning = endpoint.signing === undefined || endpoint.signing === deployed.signing;
  return isShown && isSameSigning && leadsToSamePlace(endpoint, deployed);
}

const isSameOrigin = (one: string, other: string): boolean =>
  URL.parse(one.trim())?.origin === URL.parse(other)?.origin;
