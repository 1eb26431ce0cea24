import type { ServerResponse } from 'node:http';
import { bytesGiven, headersGiven, type ResponseCalls } from '../given-parts.ts';
import type { ShownAnswer } from './interaction.ts';
import { BodyCollector } from './shown-body.ts';

/** An answer that is being given. */
export interface WatchedAnswer {
  /** What was given so far, unmasked; undefined = nothing yet. */
  read(): ShownAnswer | undefined;
  /** Keeps nothing of the body, now and from now on. */
  stop(): void;
}

/** Sees what goes out as the answer, whoever gives it: through Node.js's own methods of the response all answers go. */
export function watchAnswer(response: ServerResponse): WatchedAnswer {
  const body = new BodyCollector();
  let head: Pick<ShownAnswer, 'statusCode' | 'headers'> | undefined;
  const hasBody = response.req.method !== 'HEAD';
  const note = (chunk: unknown, encoding: unknown): void => {
    const bytes = bytesGiven(chunk, encoding);
    if (bytes && hasBody) body.add(bytes);
  };
  const methods = response as unknown as ResponseCalls;
  const { writeHead, write, end } = methods;
  Object.assign(methods, {
    writeHead(...parameters: unknown[]): unknown {
      const result = Reflect.apply(writeHead, response, parameters);
      head = { statusCode: response.statusCode, headers: headersGiven(response, parameters.at(-1)) };
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
