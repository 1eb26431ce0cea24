import type { Express, Request, Response } from 'express';
import type { IncomingMessage } from 'node:http';
import type { Arrival } from '../../../../src/inbound/gate-host.ts';
import { parseCookies } from './cookies.ts';

/**
 * Gives request and response what Express's own handlers would find on them, so that core `http response` and functions find what
 * they know. A request that went through Express keeps what it got there.
 */
export function dress(arrival: Arrival, app: Express): void {
  const request = arrival.request as Request;
  const response = arrival.response as Response;
  Object.setPrototypeOf(request, app.request as object);
  Object.setPrototypeOf(response, app.response as object);
  request.res = response;
  // Express has it writable; it is the request as its type here says.
  (response as { req: Request }).req = request;
  response.locals = Object.create(null) as Response['locals'];
  request.originalUrl = request.url;
  request.baseUrl = '';
  request.params = { ...arrival.parameters };
  request.query = parseQuery(app, arrival.search);
  (request as { cookies: unknown }).cookies = parseCookies(request.headers.cookie);
  response.jsonp = answerPlainJson;
  // Express calls it when a file that was to be sent is missing; without it that callback throws.
  request.next = (error?: unknown) => endUnanswered(response, error);
  showHeaders(request);
}

/** What core `http response` answers with; with Express's own a `callback` in the query would make a script of the answer. */
function answerPlainJson(this: Response, body?: unknown): Response {
  return this.set('X-Content-Type-Options', 'nosniff').json(body);
}

/** A query as the host's own handlers would have it. */
export function parseQuery(app: Express, search: string): Request['query'] {
  const parse: unknown = app.get('query parser fn');
  return typeof parse === 'function' ? (parse as (text: string) => Request['query'])(search) : {};
}

function endUnanswered(response: Response, error: unknown): void {
  if (response.headersSent) response.destroy();
  else response.sendStatus(error ? 500 : 404);
}

/** As own and enumerable, so that the debug sidebar shows them. */
function showHeaders(request: IncomingMessage): void {
  Object.defineProperty(request, 'headers', {
    value: request.headers,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}
