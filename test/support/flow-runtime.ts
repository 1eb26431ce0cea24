/** Node-RED's own runtime in the test's process, through node-red-node-test-helper: one node, or a few, with no editor. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Node, NodeAPI, NodeMessage } from 'node-red';

type Register = (RED: NodeAPI) => void;
type FlowNode = Readonly<{ id: string; type: string; [property: string]: unknown }>;
type Credentials = Readonly<Record<string, Readonly<Record<string, string>>>>;

interface TestHelper {
  init(runtimePath: string, settings?: object): void;
  settings(settings: object): void;
  startServer(): Promise<void>;
  stopServer(): Promise<void>;
  load(nodes: readonly Register[], flow: readonly FlowNode[], credentials?: Credentials): Promise<void>;
  unload(): Promise<void>;
  setFlows(flow: readonly FlowNode[], type: 'full' | 'nodes'): Promise<void>;
  getNode(id: string): Node;
}

interface Spy {
  readonly thisValues: readonly (Node | undefined)[];
  readonly args: readonly (readonly unknown[])[];
}

const require = createRequire(import.meta.url);
const helper = require('node-red-node-test-helper') as TestHelper;

/** A running runtime with a user directory of its own. */
export class FlowRuntime {
  readonly userDir: string;

  private constructor(userDir: string) {
    this.userDir = userDir;
  }

  static async start(): Promise<FlowRuntime> {
    const userDir = await mkdtemp(path.join(tmpdir(), 'survey-hooks-flow-'));
    helper.init(require.resolve('node-red'), { userDir });
    helper.settings({ userDir });
    await helper.startServer();
    return new FlowRuntime(userDir);
  }

  /** Runs a flow; what ran before is stopped first. */
  async load(
    nodes: readonly Register[],
    flow: readonly FlowNode[],
    credentials: Credentials = {},
  ): Promise<void> {
    await helper.unload();
    await helper.load(nodes, flow, credentials);
  }

  /** Deploys other flows as the editor does; credentials stand on the nodes. `nodes` restarts only what has changed. */
  async deploy(flow: readonly FlowNode[], type: 'full' | 'nodes'): Promise<void> {
    await helper.setFlows(flow, type);
  }

  /** Stops the flow as the end of Node-RED does. */
  async unload(): Promise<void> {
    await helper.unload();
  }

  async stop(): Promise<void> {
    await helper.unload();
    await helper.stopServer();
    await rm(this.userDir, { recursive: true, force: true });
  }

  node(id: string): Node {
    return helper.getNode(id);
  }

  /** With what a node called one of its own methods since the flow was loaded, call by call. */
  callsOf(id: string, method: 'error' | 'warn' | 'status'): readonly (readonly unknown[])[] {
    // The helper has put spies in the place of these methods, one for all nodes.
    const spy: unknown = Reflect.get(this.node(id), method);
    const { thisValues, args } = spy as Spy;
    return args.filter((_, index) => thisValues[index]?.id === id);
  }

  /** Gathers what reaches a node. */
  messagesAt<Message extends object = NodeMessage>(id: string): Message[] {
    const messages: Message[] = [];
    this.node(id).on('input', (message: object) => void messages.push(message as Message));
    return messages;
  }
}
