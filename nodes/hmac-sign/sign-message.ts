import { types } from 'node:util';
import type { NodeMessage } from 'node-red';
import { encodeContent } from '../../src/delivery/content.ts';
import { HookError } from '../../src/errors.ts';
import { isWebhookId, newWebhookId } from '../../src/platform/ids.ts';
import type { RequestHeaders } from '../../src/signature/scheme.ts';
import type { SigningSecret } from '../../src/signature/signing-secret.ts';
import { attempt } from '../shared/runtime/failure.ts';

interface Signing {
  readonly secret: SigningSecret;
  /** What is to be signed, as it stands on the message. */
  readonly content: unknown;
  /** Epoch ms. */
  readonly now: number;
}

/** What the core node `http request` reads of a message, and what this package adds to that. */
interface OutgoingMessage extends NodeMessage {
  readonly headers?: unknown;
  readonly method?: unknown;
  readonly url?: unknown;
  readonly webhookId?: unknown;
}

type Headers = Readonly<Record<string, unknown>>;

/** The message with the exact bytes that were signed, and with the headers of the signature. Throws where it cannot be signed. */
export function signMessage(message: OutgoingMessage, { secret, content, now }: Signing): NodeMessage {
  const bytes = encode(content);
  const id = webhookIdOf(message);
  const given = ownHeaders(message.headers);
  const isJson = !isText(content) && !('content-type' in lowerCased(given));
  const headers = isJson ? { ...given, 'content-type': 'application/json' } : given;
  const signature = secret.sign(
    { bytes, id, method: methodOf(message), url: urlOf(message), headers: lowerCased(headers) },
    now,
  );
  return Object.assign(message, {
    payload: bytes,
    headers: { ...without(headers, Object.keys(signature)), ...signature },
    webhookId: id,
  });
}

const isText = (content: unknown): boolean => typeof content === 'string' || types.isUint8Array(content);

function encode(content: unknown): Buffer {
  const bytes = content === null ? undefined : attempt(() => encodeContent(content, 'json').body);
  if (Buffer.isBuffer(bytes)) return bytes;
  throw new HookError(
    'HOOK_MESSAGE_INCOMPLETE',
    'There is nothing to sign: give a text, a Buffer, or a value that can be written as JSON. A request without a body is signed with an empty text.',
  );
}

function webhookIdOf({ webhookId }: OutgoingMessage): string {
  if (webhookId === undefined || webhookId === null || webhookId === '') return newWebhookId();
  const id = typeof webhookId === 'number' ? String(webhookId) : webhookId;
  if (typeof id === 'string' && isWebhookId(id)) return id;
  throw new HookError(
    'HOOK_MESSAGE_INCOMPLETE',
    'msg.webhookId is sent as a header, and this one cannot be: give up to 255 letters, digits and signs of ASCII, without spaces.',
  );
}

const methodOf = ({ method }: OutgoingMessage): string =>
  typeof method === 'string' && method !== '' ? method.toUpperCase() : 'POST';

const urlOf = ({ url }: OutgoingMessage): string | undefined =>
  typeof url === 'string' && /^https?:\/\//i.test(url) ? url : undefined;

/** The mark that core `http request` puts beside the headers of an answer, to leave them out of the next request. */
const ANSWER_MARK = 'x-node-red-request-node';

/** The headers that are to be sent. Those of an answer are not: an `http request` behind this would no longer know them. */
function ownHeaders(headers: unknown): Headers {
  if (typeof headers !== 'object' || headers === null || ANSWER_MARK in headers) return {};
  return without(headers as Headers, ['content-length']);
}

function without(headers: Headers, names: readonly string[]): Headers {
  const unwanted = new Set(names.map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !unwanted.has(name.toLowerCase())));
}

const lowerCased = (headers: Headers): RequestHeaders =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
