import type { ServerResponse } from 'node:http';
import type { ShownAnswer, ShownHeader } from './interaction.ts';
import { BodyCollector } from './shown-body.ts';

/** An answer that is being given. */
export interface WatchedAnswer {
  /** What was given so far, unmasked; undefined = nothing yet. */
  read(): ShownAnswer | undefined;
  /** Keeps nothing of the body, now and from now on. */
  stop(): void;
}

type Call = (this: unknown, ...parameters: unknown[]) => unknown;

/** Sees what goes out as the answer, whoever gives it: through Node.js's own methods of the response all answers go. */
export function watchAnswer(response: ServerResponse): WatchedAnswer {
  const body = new BodyCollector();
  let head: Pick<ShownAnswer, 'statusCode' | 'headers'> | undefined;
  const hasBody = response.req.method !== 'HEAD';
  const note = (chunk: unknown, encoding: unknown): void => {
    const bytes = toBytes(chunk, encoding);
    if (bytes && hasBody) body.add(bytes);
  };
  const methods = response as unknown as Record<'writeHead' | 'write' | 'end', Call>;
  const { writeHead, write, end } = methods;
  Object.assign(methods, {
    writeHead(...parameters: unknown[]): unknown {
      const result = Reflect.apply(writeHead, response, parameters);
      head = { statusCode: response.statusCode, headers: headersOf(response, parameters.at(-1)) };
      return result;
    },
    write(...parameters: unknown[]): unknown {
      const result = Reflect.apply(write, response, parameters);
      note(parameters[0], parameters[1]);
      return result;
    },
    end(...parameters: unknown[]): unknown {
      const isFirst = !response.writableEnded;
      const result = Reflect.apply(end, response, parameters);
      if (isFirst) note(parameters[0], parameters[1]);
      return result;
    },
  });
  return { read: () => head && { ...head, body: body.show() }, stop: () => body.clear() };
}

/** Those that were set before, and those given with the status: Node.js sends these without setting them where none were set. */
function headersOf(response: ServerResponse, given: unknown): ShownHeader[] {
  const headers = new Map<string, ShownHeader>();
  const set = (name: string, value: unknown): void =>
    void headers.set(name.toLowerCase(), [name, String(value)]);
  for (const [name, value] of Object.entries(response.getHeaders())) set(name, value);
  if (Array.isArray(given))
    given.forEach((name: unknown, at) => at % 2 === 0 && set(String(name), given[at + 1]));
  else if (typeof given === 'object' && given !== null)
    for (const [name, value] of Object.entries(given)) set(name, value);
  return [...headers.values()];
}

function toBytes(chunk: unknown, encoding: unknown): Uint8Array | undefined {
  if (chunk instanceof Uint8Array) return chunk;
  if (typeof chunk !== 'string') return undefined;
  return Buffer.from(chunk, typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8');
}
