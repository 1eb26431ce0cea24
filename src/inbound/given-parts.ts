import type { ServerResponse } from 'node:http';

/** A response's methods, as one that stands in their place is called. */
export type ResponseCalls = Record<
  'writeHead' | 'write' | 'end',
  (this: unknown, ...parameters: unknown[]) => unknown
>;

/**
 * The headers of an answer as they are named there: those that were set before, and those given with the status. Node.js sends the
 * latter without setting them where none were set.
 */
export function headersGiven(response: ServerResponse, given: unknown): (readonly [string, string])[] {
  const headers = new Map<string, readonly [string, string]>();
  const set = (name: string, value: unknown): void =>
    void headers.set(name.toLowerCase(), [name, String(value)]);
  for (const [name, value] of Object.entries(response.getHeaders())) set(name, value);
  if (Array.isArray(given))
    given.forEach((name: unknown, at) => at % 2 === 0 && set(String(name), given[at + 1]));
  else if (typeof given === 'object' && given !== null)
    for (const [name, value] of Object.entries(given)) set(name, value);
  return [...headers.values()];
}

/** The bytes that `write` and `end` are given with their first two parameters; undefined where these are none. */
export function bytesGiven(chunk: unknown, encoding: unknown): Uint8Array | undefined {
  if (chunk instanceof Uint8Array) return chunk;
  if (typeof chunk !== 'string') return undefined;
  return Buffer.from(chunk, typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8');
}
