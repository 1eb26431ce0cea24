import type { Node, NodeAPI, NodeMessage } from 'node-red';
import { readHookRequest } from '../../../../src/delivery/hook-request.ts';
import { HOOK_ERRORS, HookError } from '../../../../src/errors.ts';
import type { EventReceiver } from '../../../../src/inbound/inbox/event-receivers.ts';
import type { Inbox } from '../../../../src/inbound/inbox/inbox.ts';
import { engineHost, type EngineState } from './engine-host.ts';

/** A hook's place at the inbox of this process. */
export interface HookInbox {
  /**
   * The inbox, opened if it is not; rejects with a `HookError` while the store cannot be opened or the flows do not run, and where the
   * node was closed meanwhile.
   */
  open(): Promise<Inbox>;
  /** Lets what waits for the hook go into its flow: after it was switched on while the flows run. */
  lookAgain(): void;
}

interface HookInboxUser {
  readonly receiver: EventReceiver;
  /** False = the node keeps nothing itself: it only takes again what was kept for it before, should the store be open. */
  readonly needsStore?: boolean;
  /** Told how the store stands, at once and after each change. */
  readonly onState: (state: EngineState) => void;
}

/** Takes a place at the inbox for as long as the node lives: the store is open from the start of the flows on. */
export function joinInbox(
  RED: NodeAPI,
  node: Node,
  { receiver, needsStore = true, onState }: HookInboxUser,
): HookInbox {
  const host = engineHost(RED);
  const leave = needsStore ? host.join(node.id) : () => Promise.resolve();
  const leaveReceivers = host.receivers.set(node.id, receiver);
  const unlisten = host.onState(onState);
  let isClosed = false;
  node.on('close', (_removed: boolean, done: () => void) => {
    isClosed = true;
    unlisten();
    leaveReceivers();
    void leave().finally(done);
  });
  return {
    async open() {
      const { inbox } = await host.get();
      // A store takes a while to open. The flow behind this node is gone, and an event that is kept now would be taken for started.
      if (isClosed) throw new HookError('HOOK_STORE_CLOSED', 'The flows were deployed anew.');
      return inbox;
    },
    lookAgain: () => {
      if (host.state === 'open') void host.get().then(({ inbox }) => inbox.lookAgain());
    },
  };
}

/**
 * Takes that a message could not be kept. Where it descends from an event of the inbox and the store may recover, the event goes into
 * its flow again: its sender was told that it is accepted.
 */
export function giveBackEvent(RED: NodeAPI, message: NodeMessage, error: unknown): void {
  const request = readHookRequest((message as { hook?: unknown }).hook);
  const isPassing = error instanceof HookError && error.retryable && HOOK_ERRORS[error.code].kind === 'store';
  if (!request || !isPassing) return;
  engineHost(RED)
    .get()
    .then(
      ({ inbox }) => inbox.giveBack(request.id),
      // Then nothing is open that could have it.
      () => undefined,
    );
}
