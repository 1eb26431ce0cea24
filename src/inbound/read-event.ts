import type { Clock } from '../platform/clock.ts';
import type { Authentication } from './authenticators/authenticator.ts';
import { hasBody, mediaTypeOf, readContent } from './body/content.ts';
import { mergeFields, parsePairs, type Fields } from './body/fields.ts';
import { MOST_FIELDS } from './body/limits.ts';
import { parseBody } from './body/parse-body.ts';
import type { ParsedBody } from './body/parsed-body.ts';
import { readBody } from './body/read-body.ts';
import type { Arrival, GateHost } from './gate-host.ts';
import type { InboundEvent, InboundHook } from './hook.ts';
import { isRefusal, refusal, type Refusal } from './refusals.ts';

/** An event still without its id and its sender's name. */
type Content = Pick<InboundEvent, 'payload' | 'query' | 'body' | 'rawBody' | 'files'>;

export interface ReadingPorts {
  readonly clock: Clock;
  readonly host: GateHost;
  readonly newId: () => string;
  /** How long a whole body may take. */
  readonly bodyDeadlineMs: number;
}

interface Reading {
  readonly arrival: Arrival;
  readonly hook: InboundHook;
  readonly authentication: Authentication;
}

/** Reads and understands a request whose sender is known; undefined when the sender went away. */
export async function readEvent(
  { arrival, hook, authentication }: Reading,
  ports: ReadingPorts,
): Promise<InboundEvent | Refusal | undefined> {
  const { request, path } = arrival;
  const receivedAt = ports.clock.now();
  const remoteAddress = ports.host.remoteAddress(request);
  const content = await readEventContent(arrival, hook, ports);
  if (!content || isRefusal(content)) return content;
  return {
    requestId: ports.newId(),
    receivedAt,
    request,
    method: request.method ?? '',
    path,
    remoteAddress,
    contentType: mediaTypeOf(request.headers['content-type'] ?? '') || null,
    keyName: authentication.keyName,
    ...content,
  };
}

async function readEventContent(
  arrival: Arrival,
  hook: InboundHook,
  ports: ReadingPorts,
): Promise<Content | Refusal | undefined> {
  const query = parsePairs(arrival.search, 'malformed_query');
  if (isRefusal(query)) return query;
  const { fields } = query;
  const none = {
    payload: fields,
    query: fields,
    body: undefined,
    rawBody: Buffer.alloc(0),
    files: undefined,
  };
  if (!hasBody(arrival.request)) return none;
  const described = readContent(arrival.request);
  if (isRefusal(described)) return described;
  const rawBody = await readWire(arrival, hook, ports);
  if (!rawBody || isRefusal(rawBody)) return rawBody;
  if (rawBody.length === 0) return none;
  const parsed = await parseBody(rawBody, described, hook.bodyLimit);
  if (isRefusal(parsed)) return parsed;
  return understand({ parsed, query: fields, rawBody, isMultipart: described.format === 'multipart' });
}

async function readWire(
  { request, response }: Arrival,
  { bodyLimit }: InboundHook,
  { clock, bodyDeadlineMs }: ReadingPorts,
): Promise<Buffer | Refusal | undefined> {
  const { 'content-length': length = '0', expect } = request.headers;
  if (request.readableDidRead) throw new Error('Something in front of the hook has read the body already.');
  if (Number(length) > bodyLimit) return refusal('body_too_large');
  // Only now: a sender that asks first shall not send what is refused anyhow.
  if (expect !== undefined) response.writeContinue();
  return readBody(request, { limit: bodyLimit, deadlineMs: bodyDeadlineMs, clock });
}

function understand(read: {
  readonly parsed: ParsedBody;
  readonly query: Fields;
  readonly rawBody: Buffer;
  readonly isMultipart: boolean;
}): Content | Refusal {
  const { parsed, query, rawBody } = read;
  const { value } = parsed;
  const payload = isFields(value) ? mergeFields(query, value) : value;
  if (isFields(payload) && Object.keys(payload).length > MOST_FIELDS) return refusal('too_many_fields');
  return { payload, query, body: value, rawBody, files: read.isMultipart ? parsed.files : undefined };
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
