/** The Node-RED that a fuzz run is aimed at: hooks of every kind, and a probe of its memory. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { call } from '../http.ts';
import { NodeRed, type FlowNode } from '../node-red.ts';
import { makeUserDir, removeUserDir } from '../packed.ts';
import { API_KEY, HOOKS, LOGIN, SIGNING_KEY, type HookName } from './draft.ts';

/** What the process holds after a collection. */
export interface Probe {
  readonly heapUsed: number;
  /** Connections to its server, that of the probe among them. */
  readonly connectionCount: number;
  /** How many messages the flows have got, and whether an object that all share was changed by one of them. */
  readonly messageCount: number;
  readonly isPolluted: boolean;
}

const hook = (name: HookName, changes: Record<string, unknown> = {}): FlowNode => ({
  id: name,
  z: 'tab',
  type: 'inbound-hook-in',
  name,
  path: HOOKS[name],
  auth: 'none',
  x: 100,
  y: 100,
  // To two nodes, so that Node-RED copies each message.
  wires: [['read', 'count']],
  ...changes,
});

const node = (id: string, type: string, changes: Record<string, unknown>): FlowNode => ({
  id,
  z: 'tab',
  type,
  name: id,
  x: 100,
  y: 100,
  wires: [],
  ...changes,
});

const flows: FlowNode[] = [
  { id: 'tab', type: 'tab', label: 'Hooks' },
  { id: 'secret', type: 'signing-secret', name: 'the secret', scheme: 'github' },
  hook('basic', { auth: 'basic', debug: true }),
  hook('keyed', { auth: 'api-key', apiKeyHeader: 'x-client', role: 'surveys' }),
  hook('signed', { signing: 'secret' }),
  hook('form', { kind: 'form', redirect: '/thanks' }),
  hook('flow', {
    respond: 'flow',
    responseTimeout: 500,
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    wires: [['answer', 'count']],
  }),
  hook('open', { debug: true, methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] }),
  hook('small', { bodyLimit: '2kb', dedupe: 'payload:Email' }),
  hook('guessed', { auth: 'basic' }),
  hook('weak', { auth: 'api-key', apiKeyHeader: 'x-client', role: 'another' }),
  hook('far', { allowedIps: '203.0.113.0/24, 2001:db8::/32' }),
  hook('off', { active: false }),
  hook('busy', { ratePerSecond: 2 }),
  hook('parameter', { path: '/hooks/of/:name' }),
  node('read', 'function', {
    func: 'JSON.stringify(msg.payload); for (const name in msg.payload) String(name);',
  }),
  node('count', 'function', { func: "global.set('count', (global.get('count') || 0) + 1);" }),
  // A list gets no answer from the flow.
  node('answer', 'function', {
    func: "return Array.isArray(msg.payload) ? null : { ...msg, payload: typeof msg.payload, statusCode: 222, headers: { 'x-flow': 'yes' } };",
    wires: [['response']],
  }),
  node('response', 'http response', {}),
  node('ask', 'http in', { method: 'get', url: '/probe', wires: [['probe']] }),
  node('probe', 'function', {
    func: `
      const { collect, connections } = global.get('probe');
      msg.payload = { heapUsed: collect(), connectionCount: connections(), messageCount: global.get('count') || 0,
        isPolluted: ({}).polluted !== undefined };
      return msg;`,
    wires: [['response']],
  }),
];

/** Without a flag of Node.js, so that it runs as a user's does. */
const SETTINGS = `
const v8 = require('node:v8');
const vm = require('node:vm');
v8.setFlagsFromString('--expose-gc');
const gc = vm.runInNewContext('gc');
module.exports = {
  uiHost: '127.0.0.1',
  flowFile: 'flows.json',
  credentialSecret: false,
  functionGlobalContext: {
    probe: {
      collect() {
        for (let n = 0; n < 4; n++) gc();
        return process.memoryUsage().heapUsed;
      },
      connections: () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length,
    },
  },
};`;

const aKey = (key: string, role: string) => {
  const hash = `sha256:${createHash('sha256').update(key).digest('hex')}`;
  return { id: role, name: `for ${role}`, hash, roles: [role] };
};

export class FuzzTarget {
  readonly nodeRed: NodeRed;
  readonly #userDir: string;

  private constructor(nodeRed: NodeRed, userDir: string) {
    this.nodeRed = nodeRed;
    this.#userDir = userDir;
  }

  static async start(): Promise<FuzzTarget> {
    const userDir = await makeUserDir();
    await writeFile(path.join(userDir, 'settings.js'), SETTINGS);
    const key = aKey(API_KEY, 'surveys');
    const credentials = {
      basic: LOGIN,
      guessed: LOGIN,
      keyed: { apiKeys: JSON.stringify([key]) },
      weak: { apiKeys: JSON.stringify([key, aKey('nobody has it', 'another')]) },
      secret: { secret: SIGNING_KEY },
    };
    return new FuzzTarget(await NodeRed.start({ userDir, flows, credentials }), userDir);
  }

  async probe(): Promise<Probe> {
    const answer = await call(`${this.nodeRed.url}/probe`, {
      timeoutMs: 30_000,
      headers: { connection: 'close' },
    });
    return answer.json() as Probe;
  }

  async stop(): Promise<void> {
    await this.nodeRed.stop();
    await removeUserDir(this.#userDir);
  }
}
