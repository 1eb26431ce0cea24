import type { Node, NodeAPI } from 'node-red';
import type { EventReceiver } from '../../../../src/inbound/event-receivers.ts';
import type { Inbox } from '../../../../src/inbound/inbox.ts';
import { engineHost, type EngineState } from './engine-host.ts';

/** A hook's place at the inbox of this process. */
export interface HookInbox {
  /** The inbox, opened if it is not; rejects with a `HookError` while the store cannot be opened or the flows do not run. */
  open(): Promise<Inbox>;
  /** Lets what waits for the hook go into its flow: after it was switched on while the flows run. */
  lookAgain(): void;
}

interface HookInboxUser {
  readonly receiver: EventReceiver;
  /** Told whether the store is there, at once and after each change. */
  readonly onState: (state: EngineState) => void;
}

/** Takes a place at the inbox for as long as the node lives: the store is open from the start of the flows on. */
export function joinInbox(RED: NodeAPI, node: Node, { receiver, onState }: HookInboxUser): HookInbox {
  const host = engineHost(RED);
  const leave = host.join(node.id);
  const leaveReceivers = host.receivers.set(node.id, receiver);
  const unlisten = host.onState(onState);
  node.on('close', (_removed: boolean, done: () => void) => {
    unlisten();
    leaveReceivers();
    void leave().finally(done);
  });
  return {
    open: async () => (await host.get()).inbox,
    lookAgain: () => {
      host.get().then(
        ({ inbox }) => inbox.lookAgain(),
        () => undefined,
      );
    },
  };
}
