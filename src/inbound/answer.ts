import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../platform/clock.ts';
import { hasBody } from './body/content.ts';
import type { RememberedAnswer } from './inbox/inbox-store.ts';
import { REFUSALS, type Refusal } from './refusals.ts';

/** A request and the response to it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** How much of a refused body is still read, so that a sender who reads only after sending sees the answer. */
const READ_AFTER_REFUSAL_BYTES = 64 * 1024;
/** How long a refused sender who is still sending may take to read the answer before the connection is cut. */
const LINGER_MS = 1000;

/** Statuses whose answers have no body (RFC 9110, 15.3.5 and 15.4.5). */
const BODILESS = new Set([204, 304]);

const isOver = ({ response }: Exchange): boolean =>
  response.headersSent || response.writableEnded || response.destroyed;

/** Answers, unless there is an answer already. */
export function answerWith(exchange: Exchange, answer: RememberedAnswer): void {
  if (isOver(exchange)) return;
  const { statusCode, contentType, location, body } = answer;
  const headers = {
    ...(contentType !== '' && { 'Content-Type': contentType }),
    ...(location !== undefined && { Location: location }),
    ...(!BODILESS.has(statusCode) && { 'Content-Length': body.length }),
  };
  exchange.response.writeHead(statusCode, headers).end(body);
}

/**
 * Answers a refusal and ends the connection. Of a body that is still coming it reads a little and drops it, then waits a moment
 * for the sender to read: cutting at once would take the answer away, and reading on would take in whatever is sent.
 */
export function answerRefusal(exchange: Exchange, refusal: Refusal, clock: Clock): void {
  if (isOver(exchange)) return;
  const { request, response } = exchange;
  const { status, message } = REFUSALS[refusal.refused];
  const text = JSON.stringify({ error: { code: refusal.refused, message } });
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    Connection: 'close',
    ...refusal.headers,
  });
  if (request.method === 'HEAD' || request.complete || !hasBody(request)) {
    response.end(request.method === 'HEAD' ? undefined : text);
    return;
  }
  response.write(text);
  endLater(exchange, clock);
}

function endLater({ request, response }: Exchange, clock: Clock): void {
  let left = READ_AFTER_REFUSAL_BYTES;
  const end = (): void => {
    timer.cancel();
    request.off('data', drop).off('end', end).off('close', end);
    response.end();
  };
  const drop = (chunk: Buffer): void => {
    left -= chunk.length;
    if (left <= 0) request.pause();
  };
  const timer = clock.after(LINGER_MS, end);
  request.on('data', drop).once('end', end).once('close', end).resume();
}

/** Gives a sender that the host has answered a moment to end its body. Node.js would read whatever it sends, for hours. */
export function limitUnread({ request }: Exchange, clock: Clock): void {
  if (request.complete || !hasBody(request)) return;
  clock.after(LINGER_MS, () => {
    if (!request.complete) request.destroy();
  });
}

/**
 * Makes a response that was answered deaf: what a flow still does with it has no effect. Without this a late answer in some
 * callback of a function node throws, and ends Node-RED.
 */
export function silence(response: ServerResponse): void {
  const same = (): ServerResponse => response;
  Object.assign(response, {
    setHeader: same,
    setHeaders: same,
    appendHeader: same,
    removeHeader: same,
    writeHead: same,
    flushHeaders: same,
    end: same,
    write: () => true,
  });
}
