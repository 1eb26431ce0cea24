import type { InboxEvent } from './inbox-store.ts';

/** Who takes the kept events of a hook again. */
export interface EventReceiver {
  /** As people know the hook. */
  readonly name: string;
  /** False = its events wait in the store. */
  isReceiving(): boolean;
  /** Starts the flow with the event once more, marked as redelivered. What throws or rejects is parked. */
  redeliver(event: InboxEvent): void | Promise<void>;
}

/** The hooks of this process whose events are kept, of every kind, by id. */
export class EventReceivers {
  readonly #receivers = new Map<string, EventReceiver>();

  /** Puts a hook in, over one with the same id; answers how it goes. */
  set(hookId: string, receiver: EventReceiver): () => void {
    this.#receivers.set(hookId, receiver);
    return () => {
      // A deploy may have put in the one that follows it.
      if (this.#receivers.get(hookId) === receiver) this.#receivers.delete(hookId);
    };
  }

  /** The hook's receiver, if it takes events at the moment. */
  find(hookId: string): EventReceiver | undefined {
    const receiver = this.#receivers.get(hookId);
    return receiver?.isReceiving() ? receiver : undefined;
  }
}
