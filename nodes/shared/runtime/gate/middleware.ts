import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Admission } from '../../../../src/inbound/gate-host.ts';

type Next = (error?: unknown) => void;

/** A handler in Express's shape. */
export type Middleware = (request: IncomingMessage, response: ServerResponse, next: Next) => unknown;

/** The handlers of a setting that may be one, a list of them, or lists in lists. */
export const toMiddleware = (setting: unknown): Middleware[] =>
  [setting]
    .flat(Infinity)
    .filter((handler): handler is Middleware => typeof handler === 'function' && handler.length < 4);

/**
 * Runs handlers one after the other; rejects with what one of them throws, rejects with or hands to `next`. One that neither
 * answers nor goes on ends with the connection.
 */
export async function runMiddleware(
  handlers: readonly Middleware[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Admission> {
  const over = new Promise<Admission>((resolve) => whenOver(response, () => resolve('answered')));
  for (const handler of handlers) {
    const admission = await Promise.race([over, runOne(handler, request, response)]);
    if (admission === 'answered') return admission;
  }
  return 'admitted';
}

async function runOne(
  handler: Middleware,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Admission> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void =>
      reject(error instanceof Error ? error : new Error('A handler of httpNodeMiddleware failed.'));
    const next = (error?: unknown): void => {
      if (error === undefined || error === null || error === 'route') resolve('admitted');
      else fail(error);
    };
    // In a promise, so that what an asynchronous handler rejects with is caught too.
    new Promise((run) => run(handler(request, response, next))).catch(fail);
  });
}

/** Calls back when a response was sent, or its connection is gone. */
export function whenOver(response: ServerResponse, callback: () => void): void {
  if (response.writableFinished || response.destroyed) callback();
  else response.once('finish', callback).once('close', callback);
}
