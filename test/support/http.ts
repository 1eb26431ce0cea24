import { Buffer } from 'node:buffer';

interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string or bytes go out as they are; anything else as JSON with its content type. */
  readonly body?: unknown;
  readonly basic?: { readonly username: string; readonly password: string };
  readonly timeoutMs?: number;
}

export interface Response {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body parsed as JSON; throws if it is none. */
  json(): unknown;
}

/** One HTTP request: POST if there is a body, else GET. */
export async function call(url: string, request: Call = {}): Promise<Response> {
  const headers = new Headers(request.headers);
  if (request.basic) headers.set('authorization', basicAuth(request.basic));
  const body = bytesOf(request.body);
  if (isForJson(request.body)) headers.set('content-type', 'application/json');
  const response = await fetch(url, {
    method: request.method ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(request.timeoutMs ?? 10_000),
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: () => JSON.parse(text) as unknown,
  };
}

/** The value of an `Authorization` header for Basic authentication in UTF-8 (RFC 7617). */
export function basicAuth({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

const isForJson = (body: unknown): boolean =>
  body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array);

function bytesOf(body: unknown): string | Uint8Array<ArrayBuffer> | undefined {
  if (body === undefined || typeof body === 'string') return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}
