import type { Clock } from '../platform/clock.ts';
import type { Authentication } from './authenticators/authenticator.ts';
import { mediaTypeOf } from './body/content.ts';
import { parsePairs, type FieldsRead } from './body/fields.ts';
import { readBody } from './body/read-body.ts';
import type { Arrival, GateHost } from './gate-host.ts';
import { verifySender } from './hook-signing.ts';
import type { InboundEvent, InboundHook } from './hook.ts';
import { isRefusal, refusal, type Refusal } from './refusals.ts';
import { describeBody, understand, type Received } from './understand.ts';

export interface ReadingPorts {
  readonly clock: Clock;
  readonly host: GateHost;
  readonly newId: () => string;
  /** How long a whole body may take. */
  readonly bodyDeadlineMs: number;
  /** How long nothing of it may come. */
  readonly bodyIdleMs: number;
}

interface Reading {
  readonly arrival: Arrival;
  readonly hook: InboundHook;
  readonly authentication: Authentication;
}

/** Reads, verifies and understands a request whose sender may send; undefined when the sender went away. */
export async function readEvent(
  { arrival, hook, authentication }: Reading,
  ports: ReadingPorts,
): Promise<InboundEvent | Refusal | undefined> {
  const { request, path } = arrival;
  const receivedAt = ports.clock.now();
  const remoteAddress = ports.host.remoteAddress(request);
  const received = await (hook.signing ? receiveSigned : receiveOpen)(arrival, hook, ports);
  if (!received || isRefusal(received)) return received;
  const understood = await understand(received, hook.bodyLimit);
  if (isRefusal(understood)) return understood;
  return {
    requestId: ports.newId(),
    receivedAt,
    request,
    method: request.method ?? '',
    path,
    remoteAddress,
    contentType: mediaTypeOf(request.headers['content-type'] ?? '') || null,
    keyName: authentication.keyName,
    signature: received.signature,
    rawBody: received.rawBody,
    ...understood,
  };
}

/** A request before anything has looked into its body. */
type ReceivedBytes = Pick<Received, 'rawBody' | 'described'>;

type Receive<Result> = (
  arrival: Arrival,
  hook: InboundHook,
  ports: ReadingPorts,
) => Promise<Result | Refusal | undefined>;

const receiveOpen: Receive<Received> = async (arrival, hook, ports) => {
  const query = readQuery(arrival);
  if (isRefusal(query)) return query;
  const bytes = await receiveBytes(arrival, hook, ports);
  if (!bytes || isRefusal(bytes)) return bytes;
  return { ...bytes, query: query.fields, signature: undefined };
};

/** Looks into nothing, the query neither, before the signature is verified. */
const receiveSigned: Receive<Received> = async (arrival, hook, ports) => {
  const bytes = await receiveBytes(arrival, hook, ports);
  if (!bytes || isRefusal(bytes)) return bytes;
  const { signing } = hook;
  const signature =
    signing && verifySender(arrival, { signing, rawBody: bytes.rawBody, now: ports.clock.now() });
  if (signature && isRefusal(signature)) return signature;
  const query = readQuery(arrival);
  return isRefusal(query) ? query : { ...bytes, query: query.fields, signature };
};

const readQuery = ({ search }: Arrival): FieldsRead | Refusal => parsePairs(search, 'malformed_query');

const receiveBytes: Receive<ReceivedBytes> = async (arrival, hook, ports) => {
  const described = describeBody(arrival.request);
  if (described && isRefusal(described)) return described;
  const rawBody = described ? await readWire(arrival, hook, ports) : Buffer.alloc(0);
  if (!rawBody || isRefusal(rawBody)) return rawBody;
  arrival.recording?.noteBody(rawBody);
  return { rawBody, described };
};

async function readWire(
  { request, response }: Arrival,
  { bodyLimit }: InboundHook,
  { clock, bodyDeadlineMs: deadlineMs, bodyIdleMs: idleMs }: ReadingPorts,
): Promise<Buffer | Refusal | undefined> {
  const { 'content-length': length = '0', expect } = request.headers;
  if (request.readableDidRead) throw new Error('Something in front of the hook has read the body already.');
  if (Number(length) > bodyLimit) return refusal('body_too_large');
  // Only now: a sender that asks first shall not send what is refused anyhow.
  if (expect !== undefined) response.writeContinue();
  return readBody(request, { limit: bodyLimit, deadlineMs, idleMs, clock });
}
