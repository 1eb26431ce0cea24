import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Middleware } from './middleware.ts';

/** `httpNodeCors`, in the words of the `cors` package that Node-RED uses for its own routes. */
interface CorsOptions {
  readonly origin?: unknown;
  readonly methods?: string | readonly string[];
  readonly allowedHeaders?: string | readonly string[];
  readonly headers?: string | readonly string[];
  readonly exposedHeaders?: string | readonly string[];
  readonly credentials?: boolean;
  readonly maxAge?: number | string;
  readonly preflightContinue?: boolean;
  readonly optionsSuccessStatus?: number;
}

type Callback<Value> = (error: unknown, value?: Value) => void;
type OptionsFor = (request: IncomingMessage, callback: Callback<CorsOptions>) => void;
type OriginFor = (origin: string | undefined, callback: Callback<unknown>) => void;

const DEFAULT_METHODS = 'GET,HEAD,PUT,PATCH,POST,DELETE';

/** A handler that does for hooks what `httpNodeCors` makes Node-RED do for its own routes (Fetch Standard, CORS protocol). */
export function corsMiddleware(setting: CorsOptions | OptionsFor): Middleware {
  return async (request, response, next) => {
    const options =
      typeof setting === 'function' ? await call<CorsOptions>((done) => setting(request, done)) : setting;
    const allowed = await allowedOrigin(request.headers.origin, options ?? {});
    if (allowed === undefined) {
      next();
      return;
    }
    setCommonHeaders(response, allowed, options ?? {});
    if (request.method !== 'OPTIONS') next();
    else if (answerPreflight(request, response, options ?? {})) next();
  };
}

/** What `Access-Control-Allow-Origin` says; undefined where there is no CORS at all, null where this origin may not. */
async function allowedOrigin(
  sent: string | undefined,
  options: CorsOptions,
): Promise<string | null | undefined> {
  const { origin } = options;
  const wanted: unknown =
    typeof origin === 'function' ? await call<unknown>((done) => (origin as OriginFor)(sent, done)) : origin;
  if (wanted === undefined && typeof origin !== 'function') return '*';
  if (!wanted) return undefined;
  if (wanted === '*') return '*';
  if (typeof wanted === 'string') return wanted;
  return sent !== undefined && isAllowed(sent, wanted) ? sent : null;
}

function isAllowed(origin: string, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return wanted.some((one) => isAllowed(origin, one));
  if (wanted instanceof RegExp) return wanted.test(origin);
  return wanted === true || wanted === origin;
}

function setCommonHeaders(response: ServerResponse, origin: string | null, options: CorsOptions): void {
  if (origin !== null) response.setHeader('Access-Control-Allow-Origin', origin);
  if (origin !== '*') response.appendHeader('Vary', 'Origin');
  if (options.credentials === true) response.setHeader('Access-Control-Allow-Credentials', 'true');
  setList(response, 'Access-Control-Expose-Headers', options.exposedHeaders);
}

/** Answers whether the next handler is to answer instead. */
function answerPreflight(request: IncomingMessage, response: ServerResponse, options: CorsOptions): boolean {
  setList(response, 'Access-Control-Allow-Methods', options.methods ?? DEFAULT_METHODS);
  const headers = options.allowedHeaders ?? options.headers;
  setList(
    response,
    'Access-Control-Allow-Headers',
    headers ?? request.headers['access-control-request-headers'],
  );
  if (headers === undefined) response.appendHeader('Vary', 'Access-Control-Request-Headers');
  if (options.maxAge !== undefined) response.setHeader('Access-Control-Max-Age', String(options.maxAge));
  if (options.preflightContinue === true) return true;
  response.statusCode = options.optionsSuccessStatus ?? 204;
  response.setHeader('Content-Length', '0');
  response.end();
  return false;
}

function setList(
  response: ServerResponse,
  name: string,
  value: string | readonly string[] | undefined,
): void {
  const text = typeof value === 'string' ? value : (value ?? []).join(',');
  if (text !== '') response.setHeader(name, text);
}

/** What a function gives to its callback. */
function call<Value>(run: (done: Callback<Value>) => void): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    run((error, value) => {
      if (error) reject(error instanceof Error ? error : new Error('A function of httpNodeCors failed.'));
      else resolve(value);
    });
  });
}
