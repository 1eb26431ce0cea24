import type {
  Application,
  ErrorRequestHandler,
  NextFunction,
  Request,
  RequestHandler,
  Response,
} from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { NodeAPI } from 'node-red';
import { HookError } from '../../../../src/errors.ts';
import { asError } from '../failure.ts';

/** A request that cannot be answered with a result. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * Refuses what a page of another origin makes a browser send: a foreign `Origin` or `Sec-Fetch-Site`, and a POST that a plain form
 * could make.
 */
export function refuseForeign(request: Request, response: Response, next: NextFunction): void {
  if (isForeign(request)) {
    answerError(
      response,
      new ApiError(403, 'foreign_origin', 'This request comes from a page of another origin.'),
    );
    return;
  }
  // Not `request.is`, which finds no type where there is no body.
  const isJson = /^application\/json *(;|$)/i.test(request.get('content-type') ?? '');
  const isPlain = !isJson && request.get('x-survey-hooks') === undefined;
  if (request.method === 'POST' && isPlain) {
    const message = 'Send the content type application/json or the header X-Survey-Hooks.';
    answerError(response, new ApiError(403, 'plain_post', message));
    return;
  }
  next();
}

function isForeign(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const origin = request.get('origin');
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== request.get('host');
}

/** What a request goes through before its work: it comes from no other page, and from a user who may. */
export const permit = ({ auth }: NodeAPI, permission: Permission): RequestHandler[] => [
  refuseForeign,
  auth.needsPermission(permission),
];

/** Lists; bodies and headers, which a plain `read` does not include; what changes something. */
export type Permission = 'survey-hooks.read' | 'survey-hooks.payload' | 'survey-hooks.write';

/** The fields of a request's body; none where it is no object. */
export const fieldsOf = ({ body }: Request): Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : {};

/** What a request is answered with: a status, 200 if none is given, and JSON. */
export interface Answer {
  readonly status?: number;
  readonly body: unknown;
}

/** Answers with what the work gives, as JSON, or with the error it ends in. */
export const answer = (work: (request: Request) => Answer | Promise<Answer>): RequestHandler =>
  answerWith(work, (response, { status = 200, body }) => response.status(status).json(body));

/** Answers with the text that the work gives, or with the error it ends in. */
export const answerText = (contentType: string, work: () => Promise<string>): RequestHandler =>
  answerWith(work, (response, text) => response.set('Content-Type', contentType).end(text));

/**
 * Answers with texts one after the other, each made when the one before is on its way, for as long as the client is there. An error
 * before the first is answered; one after it breaks the connection, so that nobody takes a part for the whole.
 */
export const answerTexts = (
  { contentType, fileName }: { readonly contentType: string; readonly fileName: string },
  work: (request: Request) => Promise<AsyncGenerator<string>>,
): RequestHandler =>
  answerWith(
    async (request) => {
      const texts = await work(request);
      return { texts, first: await texts.next() };
    },
    async (response, { texts, first }) => {
      response.set({
        'Content-Type': contentType,
        'Content-Disposition': `attachment; filename="${fileName}"`,
      });
      if (response.req.method === 'HEAD') {
        response.end();
        await texts.return(undefined);
        return;
      }
      // Its own store of what is read ahead would hold 16 texts.
      const rest = Readable.from(resume(first, texts), { highWaterMark: 1 });
      // Whoever asked has gone, or is told by the end that comes too early.
      await pipeline(rest, response).catch(() => undefined);
    },
  );

async function* resume(first: IteratorResult<string>, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}

function answerWith<Result>(
  work: (request: Request) => Result | Promise<Result>,
  send: (response: Response, result: Result) => unknown,
): RequestHandler {
  return (request, response) => {
    Promise.resolve(request)
      .then(work)
      .then((result) => send(response.set('Cache-Control', 'no-store'), result))
      .catch((error: unknown) => answerError(response, error));
  };
}

/**
 * Answers, as JSON, for what fails before one of our routes is reached, such as a body that cannot be parsed: Express would answer with
 * a page and its stack trace. Bodies are parsed by the app that Node-RED's admin app is mounted on.
 */
export function installUnreadable(app: Application, root: string): void {
  app.use(root, answerUnreadable);
  // Express sets it; its types leave it out.
  (app as { parent?: Application }).parent?.use(root, answerUnreadable);
}

// eslint-disable-next-line max-params -- Express knows a handler of errors by its four parameters.
const answerUnreadable: ErrorRequestHandler = (thrown: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(thrown);
    return;
  }
  const given: unknown =
    typeof thrown === 'object' && thrown && 'status' in thrown ? thrown.status : undefined;
  const status = typeof given === 'number' && given >= 400 && given < 500 ? given : 500;
  answerError(
    response,
    status === 500 ? thrown : new ApiError(status, 'unreadable', 'The request cannot be read.'),
  );
};

function answerError(response: Response, thrown: unknown): void {
  const { status, code, message } = describe(thrown);
  response.status(status).json({ error: { code, message } });
}

function describe(thrown: unknown): { status: number; code: string; message: string } {
  if (thrown instanceof ApiError) return thrown;
  if (thrown instanceof HookError)
    return {
      status: thrown.code === 'HOOK_CONFIG_INVALID' ? 400 : 503,
      code: thrown.code,
      message: thrown.message,
    };
  // What it says may hold anything; the log has it.
  return { status: 500, code: 'internal', message: `The request failed (${asError(thrown).name}).` };
}
