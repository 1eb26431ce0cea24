import { parseUtcTime } from '../platform/utc-time.ts';

/**
 * When the event behind a message was received, epoch ms: what `msg.hook` says, also when the event goes into the flow again; now
 * where there is no hook, or a flow has put something there that is no time of the past.
 */
export function readReceivedAt(hook: unknown, now: number): number {
  if (typeof hook !== 'object' || hook === null) return now;
  const { receivedAt } = hook as { receivedAt?: unknown };
  const at = typeof receivedAt === 'string' ? parseUtcTime(receivedAt) : undefined;
  return at === undefined || at > now ? now : at;
}
