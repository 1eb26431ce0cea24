import type { IncomingMessage } from 'node:http';
import { types } from 'node:util';
import type { NodeMessage } from 'node-red';
import { parseTarget } from '../../src/inbound/request-target.ts';
import type { RequestHeaders } from '../../src/signature/scheme.ts';
import type { Received } from '../../src/signature/signing-secret.ts';

/** What core `http in` and `inbound hook in` put on a message, as far as a signature covers it. A flow may have changed any of it. */
export interface HttpMessage extends NodeMessage {
  readonly rawBody?: unknown;
  readonly req?: unknown;
  readonly headers?: unknown;
  readonly method?: unknown;
  readonly url?: unknown;
}

type Request = Partial<Pick<IncomingMessage, 'headers' | 'method' | 'url'>> & {
  /** The target as it came: Express takes the part of a router off `url`. */
  readonly originalUrl?: string;
  readonly socket?: { readonly encrypted?: boolean };
};

/** The message as its signature covers it, or undefined where the bytes of its body are gone. */
export function receivedMessage(message: HttpMessage): Received | undefined {
  const bytes = bytesOf(message);
  if (!bytes) return undefined;
  const request = isObject(message.req) ? (message.req as Request) : undefined;
  const headers = headersOf(request?.headers ?? message.headers);
  const method = request?.method ?? message.method;
  return {
    bytes,
    headers,
    method: typeof method === 'string' ? method.toUpperCase() : 'POST',
    ...(request ? addressOf(request, headers) : splitUrl(message.url)),
  };
}

/** Never a parsed body written anew: spaces, the order of keys and the signs of a number would not be those that were signed. */
function bytesOf({ rawBody, payload }: HttpMessage): Buffer | undefined {
  if (types.isUint8Array(rawBody)) return Buffer.from(rawBody);
  if (types.isUint8Array(payload)) return Buffer.from(payload);
  return typeof payload === 'string' ? Buffer.from(payload, 'utf8') : undefined;
}

function headersOf(headers: unknown): RequestHeaders {
  if (!isObject(headers)) return {};
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : String(value)]),
  );
}

type Address = Pick<Received, 'origin' | 'target'>;

function addressOf({ socket, originalUrl, url }: Request, { host }: RequestHeaders): Address {
  const scheme = socket?.encrypted === true ? 'https' : 'http';
  const { origin, target } = splitUrl(originalUrl ?? url);
  return { origin: origin ?? (host === undefined ? undefined : `${scheme}://${host}`), target };
}

const splitUrl = (url: unknown): Address =>
  typeof url === 'string' ? parseTarget(url) : { origin: undefined, target: undefined };

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
