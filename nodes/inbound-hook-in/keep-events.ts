import type { Node, NodeAPI } from 'node-red';
import type { HookActivity } from '../../src/inbound/hook-activity.ts';
import type { EventKeeping } from '../../src/inbound/hook.ts';
import { restoreEvent } from '../../src/inbound/inbox/restore-event.ts';
import { joinInbox } from '../shared/runtime/engine/hook-inbox.ts';
import { parseQuery } from '../shared/runtime/gate/express-dress.ts';
import type { HookDisplay } from './hook-display.ts';
import type { HookKeeping } from './hook-keeping.ts';
import { redeliveredMessage } from './hook-message.ts';

interface KeepingHook {
  readonly settings: HookKeeping;
  readonly activity: HookActivity;
  readonly display: HookDisplay;
}

/** How the node's events are kept; undefined where none need to be. What was kept before goes into its flow in any case. */
export function keepEvents(
  RED: NodeAPI,
  node: Node,
  { settings, activity, display }: KeepingHook,
): EventKeeping | undefined {
  const { isDurable, dedupe } = settings;
  const isKeeping = isDurable || dedupe !== undefined;
  const hook = { id: node.id, name: node.name ?? '' };
  const inbox = joinInbox(RED, node, {
    needsStore: isKeeping,
    receiver: {
      name: hook.name,
      isReceiving: () => activity.isActive,
      redeliver: async (kept) => {
        const event = await restoreEvent(kept);
        node.send(redeliveredMessage(event, hook, (search) => parseQuery(RED.httpNode, search)));
      },
    },
    onState: (state) => display.change({ isStoreDown: isKeeping && state === 'down' }),
  });
  const unwatch = activity.onSwitch(({ isActive }) => {
    if (isActive) inbox.lookAgain();
  });
  node.on('close', () => unwatch());
  return isKeeping ? { isDurable, dedupe, open: () => inbox.open() } : undefined;
}
