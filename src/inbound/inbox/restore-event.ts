import { HookError } from '../../errors.ts';
import { parsePairs } from '../body/fields.ts';
import { readEventHead, type EventHead } from './event-head.ts';
import type { InboundEvent } from '../hook.ts';
import type { InboxEvent } from './inbox-store.ts';
import { isRefusal, REFUSALS, type Refusal } from '../refusals.ts';
import { describeBody, understand } from '../understand.ts';

/** An accepted request as it was, but for the connection it came over: in its place stands what was kept of it. */
export interface RestoredEvent extends Omit<InboundEvent, 'request'> {
  readonly request: EventHead;
}

/** Reads a kept event again, as it was read when it came; rejects with HOOK_MESSAGE_UNREADABLE where that cannot be. */
export async function restoreEvent({ id, receivedAt, head, body }: InboxEvent): Promise<RestoredEvent> {
  const request = readEventHead(head);
  const { method, path, remoteAddress, contentType, keyName, signature, headers, bodyLimit } = request;
  const rawBody = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const { fields: query } = orThrow(parsePairs(request.search, 'malformed_query'));
  const described = describeBody({ headers });
  const received = { rawBody, described: described && orThrow(described), query, signature };
  const understood = orThrow(await understand(received, bodyLimit));
  return {
    requestId: id,
    receivedAt,
    request,
    method,
    path,
    remoteAddress,
    contentType,
    keyName,
    signature,
    rawBody,
    ...understood,
  };
}

function orThrow<Result extends object>(result: Result | Refusal): Result {
  if (!isRefusal(result)) return result;
  throw new HookError(
    'HOOK_MESSAGE_UNREADABLE',
    `A kept event cannot be read again: ${REFUSALS[result.refused].message}`,
  );
}
