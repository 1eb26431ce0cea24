import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { InboundHook } from '../../src/inbound/hook.ts';
import type { HookSigning } from '../../src/inbound/hook-signing.ts';
import type { HookFacts } from '../../src/inbound/hook-directory.ts';
import { hookGate } from '../shared/runtime/gate/hook-gate.ts';
import { hostFacts } from '../shared/runtime/gate/host-facts.ts';
import { isGuardedByNodeRed } from '../shared/runtime/gate/node-auth.ts';
import { httpRoots } from '../shared/runtime/gate/roots.ts';
import { hookDirectory } from '../shared/runtime/hook-directory.ts';
import { namedNode } from '../shared/runtime/named-node.ts';
import { expandSettings } from '../shared/runtime/settings.ts';
import { signingSecrets } from '../shared/runtime/signing-secrets.ts';
import { watchSecret } from '../shared/runtime/watch-secret.ts';
import { STATUS } from './hook-condition.ts';
import { HookDisplay } from './hook-display.ts';
import { hookMessage } from './hook-message.ts';
import {
  readHookSettings,
  type HookCredentials,
  type HookSettings,
  type UnderstoodHook,
} from './hook-settings.ts';
import { keepEvents } from './keep-events.ts';

type HookDef = NodeDef & HookSettings;

/** Receives webhooks and forms through the gate, and starts a flow with each. */
export default function register(RED: NodeAPI): void {
  const gate = hookGate(RED);

  function InboundHookIn(this: Node<HookCredentials>, config: HookDef): void {
    RED.nodes.createNode(this, config);
    const { node: root } = httpRoots(RED);
    if (!gate || root === undefined) {
      this.status(STATUS['hooks-off']);
      this.error(RED._('inbound-hook-in.errors.hooks-off'));
      return;
    }
    const understood = readHookSettings(
      {
        ...expandSettings(RED, this, config),
        signing: namedNode(RED, this, { setting: 'signing', value: config.signing }),
      },
      expandSettings(RED, this, { ...this.credentials }),
    );
    if ('setting' in understood) {
      this.status(STATUS['setting-invalid']);
      this.error(RED._('inbound-hook-in.errors.setting-invalid', { setting: understood.setting }));
      return;
    }
    const { path, switches, hasCredentials, signingId } = understood;
    const activity = hookDirectory.join(factsOf(this, config, { root, ...understood }), switches);
    const display = new HookDisplay(RED, this, {
      path,
      isActive: activity.isActive,
      hasCredentials,
      hasSecret: true,
      pathRefusal: undefined,
      isStoreDown: false,
      rejection: undefined,
    });
    const hook: InboundHook = {
      ...understood,
      id: this.id,
      name: this.name ?? '',
      root,
      activity,
      keeping: keepEvents(RED, this, { settings: understood, activity, display }),
      signing: signingId === undefined ? undefined : signingWith(this, signingId, display),
      isGuardedByHost: isGuardedByNodeRed(RED, understood),
      onRouted: (refusal) => display.route(refusal),
      accept: (event, response) => this.send(hookMessage(event, hook, response)),
    };
    const unwatch = activity.onSwitch(({ isActive }) => display.change({ isActive }));
    gate.claim(hook);
    this.on('close', () => {
      unwatch();
      hookDirectory.leave(this.id);
      gate.release(this.id);
    });
  }

  RED.nodes.registerType<Node<HookCredentials>, HookDef, object, HookCredentials>(
    'inbound-hook-in',
    InboundHookIn,
    {
      credentials: { username: { type: 'text' }, password: { type: 'password' }, apiKeys: { type: 'text' } },
      settings: {
        // The editor has it as `RED.settings.inboundHookInHost`.
        inboundHookInHost: {
          exportable: true,
          get value() {
            return hostFacts(RED);
          },
        },
      },
    },
  );
}

const factsOf = (
  node: Node,
  { description = '' }: HookDef,
  hook: UnderstoodHook & { root: string },
): HookFacts => ({
  id: node.id,
  name: node.name ?? '',
  description,
  kind: hook.isForm ? 'form' : 'webhook',
  url: `${hook.root}${hook.path}`,
  methods: hook.methods,
});

/** Looks the secret up at each request: with a deploy of modified nodes only, another may stand there than before. */
function signingWith(node: Node, id: string, display: HookDisplay): HookSigning {
  // Another secret is another beginning: what was refused with the one before says nothing any more.
  watchSecret(node, id, (hasSecret) => display.change({ hasSecret, rejection: undefined }));
  return {
    findSecret: () => signingSecrets.find(id),
    onChecked: (result) => display.judge(result.verified ? undefined : result.reason),
  };
}
