import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { InboundHook, PathRefusal } from '../../src/inbound/hook.ts';
import { hookGate } from '../shared/runtime/gate/hook-gate.ts';
import { isGuardedByNodeRed } from '../shared/runtime/gate/node-auth.ts';
import { httpRoots } from '../shared/runtime/gate/roots.ts';
import { expandSettings } from '../shared/runtime/settings.ts';
import { hookMessage } from './hook-message.ts';
import {
  readHookSettings,
  type HookCredentials,
  type HookSettings,
  type UnderstoodHook,
} from './hook-settings.ts';

type HookDef = NodeDef & HookSettings;

const red = (name: string) =>
  ({ fill: 'red', shape: 'ring', text: `inbound-hook-in.status.${name}` }) as const;
const STATUS = {
  ready: { fill: 'green', shape: 'dot', text: 'inbound-hook-in.status.ready' },
  inactive: { fill: 'grey', shape: 'ring', text: 'inbound-hook-in.status.inactive' },
} as const;

/** Receives webhooks and forms through the gate, and starts a flow with each. */
export default function register(RED: NodeAPI): void {
  const gate = hookGate(RED);

  function InboundHookIn(this: Node<HookCredentials>, config: HookDef): void {
    RED.nodes.createNode(this, config);
    const { node: root } = httpRoots(RED);
    if (!gate || root === undefined) {
      this.status(red('hooks-off'));
      this.error(RED._('inbound-hook-in.errors.hooks-off'));
      return;
    }
    const understood = readHookSettings(
      expandSettings(RED, this, config),
      expandSettings(RED, this, { ...this.credentials }),
    );
    if ('setting' in understood) {
      this.status(red('setting-invalid'));
      this.error(RED._('inbound-hook-in.errors.setting-invalid', { setting: understood.setting }));
      return;
    }
    const hook: InboundHook = {
      ...understood,
      id: this.id,
      name: this.name ?? '',
      root,
      isGuardedByHost: isGuardedByNodeRed(RED, understood),
      onRouted: (refusal) => show(this, understood, refusal),
      accept: (event, response) => this.send(hookMessage(event, hook, response)),
    };
    gate.claim(hook);
    this.on('close', () => gate.release(this.id));
  }

  function show(node: Node, hook: UnderstoodHook, refusal: PathRefusal | undefined): void {
    if (refusal) {
      const problem = refusal.code === 'path_taken' ? `path-taken-by-${refusal.by}` : 'path-invalid';
      node.status(red(refusal.code === 'path_taken' ? 'path-taken' : 'path-invalid'));
      node.error(RED._(`inbound-hook-in.errors.${problem}`, { path: hook.path, ...refusal }));
    } else if (!hook.hasCredentials) {
      node.status(red('no-credentials'));
      node.error(RED._('inbound-hook-in.errors.no-credentials'));
    } else node.status(hook.isActive ? STATUS.ready : STATUS.inactive);
  }

  RED.nodes.registerType<Node<HookCredentials>, HookDef, object, HookCredentials>(
    'inbound-hook-in',
    InboundHookIn,
    {
      credentials: { username: { type: 'text' }, password: { type: 'password' } },
    },
  );
}
