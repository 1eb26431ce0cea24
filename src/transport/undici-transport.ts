import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Dispatcher } from 'undici';
import {
  RESPONSE_BODY_BYTES,
  describeTransportError,
  type Transport,
  type TransportErrorCode,
  type TransportRequest,
  type TransportResult,
} from '../delivery/transport.ts';
import type { Clock } from '../platform/clock.ts';
import { codeOf } from './error-codes.ts';
import type { RouteAgents } from './route-agents.ts';
import { Routes } from './routes.ts';
import { TransportFailure } from './transport-failure.ts';
import { proxyRefusal } from './tunnel.ts';

/** What the transport may be given in place of the machine's own. */
export interface TransportOptions {
  /** Looks up the addresses of a name, all of them; it is not asked about addresses. */
  readonly lookup?: LookupFunction;
}

/** The transport over undici: keep-alive connections per route and origin, as many as requests are under way. */
export class UndiciTransport implements Transport {
  readonly #routes: Routes;
  readonly #clock: Clock;

  constructor(clock: Clock, { lookup = systemLookup }: TransportOptions = {}) {
    this.#clock = clock;
    this.#routes = new Routes({ clock, lookup });
  }

  async send(request: TransportRequest, signal: AbortSignal): Promise<TransportResult> {
    const ended = new AbortController();
    const timer = this.#clock.after(request.timeoutMs, () => ended.abort('timeout'));
    const breakOff = () => ended.abort('aborted');
    if (signal.aborted) breakOff();
    signal.addEventListener('abort', breakOff, { once: true });
    try {
      const exchange = this.#routes.use(request.route, (agents) =>
        makeExchange(request, agents, ended.signal),
      );
      return (await untilEnded(exchange, ended.signal)) ?? failure('aborted');
    } catch (error) {
      const reason: unknown = ended.signal.reason;
      return reason === 'timeout' || reason === 'aborted' ? failure(reason) : failureOf(error);
    } finally {
      timer.cancel();
      // `AbortSignal.any` would keep something of every request for as long as the process-wide signal lives.
      signal.removeEventListener('abort', breakOff);
    }
  }

  async close(): Promise<void> {
    await this.#routes.close();
  }
}

async function makeExchange(
  request: TransportRequest,
  agents: RouteAgents,
  signal: AbortSignal,
): Promise<TransportResult> {
  const { agent, origin, path, headers, isPassedOn } = agents.wayOf(request);
  const { method, body = null } = request;
  const response = await agent.request({ origin, path, method, headers, body, signal });
  const { bytes, isCut } = await readBody(response);
  if (isPassedOn && response.statusCode === 407) throw proxyRefusal(407);
  return {
    kind: 'response',
    statusCode: response.statusCode,
    headers: presentHeaders(response.headers),
    body: bytes,
    isBodyCut: isCut,
  };
}

/**
 * The exchange, or a rejection as soon as the signal says so: undici breaks a request off only once its connection stands. One whose
 * connection comes too late is not sent any more.
 */
function untilEnded<Result>(exchange: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const end = () => reject(new Error('The exchange is over.'));
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    exchange.then(resolve, reject);
  });
}

const failure = (code: TransportErrorCode, message = describeTransportError(code)): TransportResult => ({
  kind: 'error',
  code,
  message,
});

const failureOf = (error: unknown): TransportResult =>
  error instanceof TransportFailure ? failure(error.code, error.message) : failure(codeOf(error));

const NO_BODY = { bytes: Buffer.alloc(0), isCut: false };

/** An answer that never has a body is whole with its headers, whatever they say of a length (RFC 9112, section 6.3). */
async function readBody({ statusCode, body }: Dispatcher.ResponseData): ReturnType<typeof readStart> {
  const reading = readStart(body);
  return statusCode === 204 || statusCode === 304 ? reading.catch(() => NO_BODY) : reading;
}

/** Reads what is kept of a body; of a longer one the rest is not read, and its connection is given up. */
async function readStart(body: Dispatcher.ResponseData['body']): Promise<{ bytes: Buffer; isCut: boolean }> {
  // An error after we stopped reading concerns nobody, and unheard it would end the process.
  body.on('error', () => undefined);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > RESPONSE_BODY_BYTES) break;
  }
  const bytes = Buffer.concat(chunks);
  return { bytes: bytes.subarray(0, RESPONSE_BODY_BYTES), isCut: size > RESPONSE_BODY_BYTES };
}

function presentHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
