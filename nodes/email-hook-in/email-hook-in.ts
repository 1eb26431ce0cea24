import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { EmailEvent } from '../../src/email/email-hook.ts';
import { keepMail, restoreMail } from '../../src/email/kept-mail.ts';
import type { HookFacts } from '../../src/inbound/hook-directory.ts';
import type { ListenerNode } from '../email-listener/email-listener.ts';
import { emailGate, mailReader } from '../shared/runtime/email/email-gate.ts';
import { joinInbox } from '../shared/runtime/engine/hook-inbox.ts';
import { hookDirectory, keepHooks } from '../shared/runtime/hook-directory.ts';
import { expandSettings } from '../shared/runtime/settings.ts';
import { EmailDisplay } from './email-display.ts';
import { emailMessage } from './email-message.ts';
import { readEmailSettings, type EmailSettings, type UnderstoodEmailHook } from './email-settings.ts';

type HookDef = NodeDef & EmailSettings;

/** Receives mail through its listener, and starts a flow with each. */
export default function register(RED: NodeAPI): void {
  const gate = emailGate(RED);
  keepHooks(RED);

  function EmailHookIn(this: Node, config: HookDef): void {
    RED.nodes.createNode(this, config);
    const understood = readEmailSettings(expandSettings(RED, this, config));
    if (!understood) {
      this.status({ fill: 'red', shape: 'ring', text: 'email-hook-in.status.address-invalid' });
      this.error(RED._('email-hook-in.errors.address-invalid'));
      return;
    }
    const { switches, listenerId, localPart } = understood;
    const { id, name = '' } = this;
    const activity = hookDirectory.join(factsOf(RED, this, understood), switches);
    const display = new EmailDisplay(RED, this, activity.isActive);
    const start = (event: EmailEvent, isRedelivered: boolean): void =>
      this.send(emailMessage(event, { id, name }, { isRedelivered }));
    const inbox = joinInbox(RED, this, {
      receiver: {
        name,
        isReceiving: () => activity.isActive,
        redeliver: async (kept) => start(await restoreMail(kept, mailReader), true),
      },
      onState: (state) => display.change({ isStoreDown: state === 'down' }),
    });
    const unwatch = activity.onSwitch(({ isActive }) => {
      display.change({ isActive });
      if (isActive) inbox.lookAgain();
    });
    gate.claim({
      id,
      name,
      listenerId,
      localPart,
      activity,
      canKeep: () => !display.isStoreDown,
      onListening: (trouble) => display.change({ trouble }),
      accept: async (event) => {
        const { kind } = await (await inbox.open()).take({ event: keepMail(id, event) });
        if (kind === 'deliver') start(event, false);
      },
    });
    this.on('close', () => {
      unwatch();
      hookDirectory.leave(id);
      gate.release(id);
    });
  }

  RED.nodes.registerType('email-hook-in', EmailHookIn);
}

function factsOf(RED: NodeAPI, node: Node, hook: UnderstoodEmailHook): HookFacts {
  const { description, listenerId, localPart } = hook;
  const listener = RED.nodes.getNode(listenerId) as ListenerNode | null;
  // A listener without a domain takes mail for every one.
  const url = listener?.domain ? `${localPart}@${listener.domain}` : localPart;
  return { id: node.id, name: node.name ?? '', description, kind: 'email', url, methods: [] };
}
