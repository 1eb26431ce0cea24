import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Exchange } from './answer.ts';

/** The answer to the latest request of each connection, while it is not given. */
const latest = new WeakMap<Socket, ServerResponse>();

/**
 * Takes the request's place among those of its connection, and answers the response to the one before it. One that others answer has
 * a place too: what Node.js is told to send for a later one while an earlier one waits can get between that one's head and body.
 */
export function takePlace({ request, response }: Exchange): ServerResponse | undefined {
  const { socket } = request;
  const earlier = latest.get(socket);
  latest.set(socket, response);
  // A connection that stays open must not keep what was sent over it.
  response.once('close', () => {
    if (latest.get(socket) === response) latest.delete(socket);
  });
  return earlier;
}

/**
 * Calls back when the request before this one on its connection is answered: a sender may send several at once. Never, if the
 * connection ends with that answer: what is sent behind it gets no answer, so it must not be accepted (RFC 9112, 9.6).
 */
export function inTurn(exchange: Exchange, take: () => void): void {
  const { socket } = exchange.request;
  const earlier = takePlace(exchange);
  const takeUnlessOver = (): void => {
    if (!socket.writableEnded && !socket.destroyed) take();
  };
  if (!earlier || earlier.writableFinished || earlier.destroyed) {
    takeUnlessOver();
    return;
  }
  const next = (): void => {
    earlier.off('finish', next).off('close', next);
    takeUnlessOver();
  };
  earlier.once('finish', next).once('close', next);
}
