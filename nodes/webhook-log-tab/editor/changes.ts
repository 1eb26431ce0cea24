/** Something of the pack's that is not as it was, as the runtime tells open editors. */
export interface Change {
  readonly kind: string;
  readonly id: string;
  /** How it stands now, in one word; `removed` = it is gone. */
  readonly status: string;
}

export interface Changes {
  readonly items: readonly Change[];
  /** More has changed than is named here. */
  readonly more: boolean;
}

const TOPIC = 'survey-hooks/changed';

/** Nothing is known of what happened meanwhile. */
const ANYTHING: Changes = { items: [], more: true };

/** Tells of changes from now on, and of anything that may have been missed once the editor is connected again. Returns what ends it. */
export function followChanges(tell: (changes: Changes) => void): () => void {
  // The pack's own runtime published it.
  const hear = (_topic: string, message: unknown): void => tell(message as Changes);
  const miss = (): void => tell(ANYTHING);
  RED.comms.subscribe(TOPIC, hear);
  RED.comms.on('connect', miss);
  return () => {
    RED.comms.unsubscribe(TOPIC, hear);
    RED.comms.off('connect', miss);
  };
}
