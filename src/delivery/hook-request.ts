/** The hook's request that a message descends from. */
export interface HookRequest {
  readonly id: string;
  /** Whether the request goes into the flow again because nobody knows how far it came the first time. */
  readonly isRedelivered: boolean;
}

/** No id of ours is longer; what a flow wrote over it is kept out of the store's index. */
const LONGEST_ID = 100;

/** Reads `msg.hook`, which a flow may have changed: undefined where it names no request. */
export function readHookRequest(hook: unknown): HookRequest | undefined {
  if (typeof hook !== 'object' || hook === null) return undefined;
  const { requestId, redelivered } = hook as { requestId?: unknown; redelivered?: unknown };
  if (typeof requestId !== 'string' || requestId === '' || requestId.length > LONGEST_ID) return undefined;
  return { id: requestId, isRedelivered: redelivered === true };
}
