/** The files of `examples/`, made ready to run against local receivers. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Credentials, FlowNode } from './node-red.ts';

const folder = path.join(import.meta.dirname, '..', '..', 'examples');

export const exampleLogin = { username: 'example', password: 'secret:for:examples' };

/** A signing secret of a form that every scheme takes. */
export const exampleSecret = `whsec_${Buffer.from('made up for the examples').toString('base64')}`;

/** Where the examples take their own Node-RED to be. */
export const OWN_URL = 'http://127.0.0.1:1880';

/** The flow that `npm start` runs. */
export const DEMO_FILE = '09 - Demo of a survey on its way.json';

export interface Example {
  readonly file: string;
  readonly nodes: readonly FlowNode[];
}

/** All example files, by name; from this clone, or from another copy of the folder. */
export async function readExamples(from = folder): Promise<Example[]> {
  const files = (await readdir(from)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (file) => ({
      file,
      nodes: JSON.parse(await readFile(path.join(from, file), 'utf8')) as FlowNode[],
    })),
  );
}

/**
 * What a person changes in an example before it runs: endpoints get a receiver's address, with the host they had as
 * the first segment of the path. Listeners take any port that is free. Debug nodes write to the log, so that a test sees them, and nothing starts by itself.
 */
export function readyToRun(nodes: readonly FlowNode[], receiverUrl: string): FlowNode[] {
  return nodes.map((node) => {
    if (node.type === 'debug') return { ...node, console: true };
    if (node.type === 'inject') return { ...node, once: false };
    if (node.type === 'email-listener') return { ...node, port: 0 };
    if (node.type === 'webhook-endpoint' && typeof node.url === 'string')
      return { ...node, url: node.url.replace(/^https:\//, receiverUrl) };
    return node;
  });
}

/** The same login for whatever in these nodes asks for Basic authentication, on either side; the same secret for all that signs. */
export function credentialsFor(nodes: readonly FlowNode[]): Credentials {
  return Object.fromEntries(nodes.flatMap((node) => entryFor(node) ?? []));
}

function entryFor({ id, type, auth, authType }: FlowNode): [id: string, Credentials[string]][] | undefined {
  const { username, password } = exampleLogin;
  if (type === 'signing-secret') return [[id, { secret: exampleSecret }]];
  if (auth !== 'basic' && authType !== 'basic') return undefined;
  return [[id, { [type === 'http request' ? 'user' : 'username']: username, password }]];
}

/** The same flows for a Node-RED with another address than the usual one. */
export const movedTo = (url: string, nodes: readonly FlowNode[]): FlowNode[] =>
  JSON.parse(JSON.stringify(nodes).replaceAll(OWN_URL, url)) as FlowNode[];
