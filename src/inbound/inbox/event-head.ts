import type { IncomingHttpHeaders } from 'node:http';
import { HookError } from '../../errors.ts';
import type { Arrival } from '../gate-host.ts';
import type { InboundEvent } from '../hook.ts';

/** What is kept of an accepted request beside its body: enough to start its flow with the same message once more. */
export interface EventHead extends Pick<
  InboundEvent,
  'method' | 'path' | 'remoteAddress' | 'contentType' | 'keyName' | 'signature'
> {
  /** As the flow's `msg.req` has it. */
  readonly url: string;
  /** The query without its question mark, as it was sent. */
  readonly search: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** As the flow gets them: without what the hook asked for to let the sender in. */
  readonly headers: IncomingHttpHeaders;
  /** What the body could be inflated to when it was accepted, in bytes. */
  readonly bodyLimit: number;
}

export interface HeadSource {
  readonly event: InboundEvent;
  readonly arrival: Pick<Arrival, 'search' | 'parameters'>;
  readonly bodyLimit: number;
}

/** The head as JSON. */
export function writeEventHead({ event, arrival, bodyLimit }: HeadSource): string {
  const { method, path, remoteAddress, contentType, keyName, signature, request } = event;
  const head: EventHead = {
    method,
    path,
    remoteAddress,
    contentType,
    keyName,
    signature,
    url: request.url ?? '',
    search: arrival.search,
    parameters: arrival.parameters,
    headers: request.headers,
    bodyLimit,
  };
  return JSON.stringify(head);
}

/** The head of that JSON; rejects what cannot be one with HOOK_MESSAGE_UNREADABLE. */
export function readEventHead(text: string): EventHead {
  try {
    // Only what `writeEventHead` wrote is in the store; a hand that changed it there has changed a message, too.
    const head = JSON.parse(text) as Partial<EventHead> | null;
    if (isObject(head?.headers) && typeof head?.search === 'string' && typeof head.path === 'string')
      return { ...head, signature: head.signature } as EventHead;
  } catch (cause) {
    throw new HookError('HOOK_MESSAGE_UNREADABLE', 'What is kept of an event is no JSON.', { cause });
  }
  throw new HookError('HOOK_MESSAGE_UNREADABLE', 'What is kept of an event is not of a request.');
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
