import { Agent, type Dispatcher } from 'undici';
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

/** The transport over undici: keep-alive connections per origin, as many as requests are under way. */
export class UndiciTransport implements Transport {
  readonly #agent = new Agent({
    // The one deadline is ours and is a total; undici's own would count from the last byte.
    headersTimeout: 0,
    bodyTimeout: 0,
    // A connect that hangs is not broken off with its request, and the next request would wait for it.
    connect: { timeout: 10_000 },
    maxHeaderSize: 64 * 1024,
  });
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async send(request: TransportRequest, signal: AbortSignal): Promise<TransportResult> {
    const ended = new AbortController();
    const timer = this.#clock.after(request.timeoutMs, () => ended.abort('timeout'));
    const breakOff = () => ended.abort('aborted');
    if (signal.aborted) breakOff();
    signal.addEventListener('abort', breakOff, { once: true });
    try {
      return await untilEnded(this.#exchange(request, ended.signal), ended.signal);
    } catch (error) {
      const reason: unknown = ended.signal.reason;
      return failure(reason === 'timeout' || reason === 'aborted' ? reason : codeOf(error));
    } finally {
      timer.cancel();
      // `AbortSignal.any` would keep something of every request for as long as the process-wide signal lives.
      signal.removeEventListener('abort', breakOff);
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #exchange(
    { url, method, headers, body }: TransportRequest,
    signal: AbortSignal,
  ): Promise<TransportResult> {
    const response = await this.#agent.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: method,
      headers: headers.flat(),
      body: body ?? null,
      signal,
    });
    const { bytes, isCut } = await readStart(response.body);
    return {
      kind: 'response',
      statusCode: response.statusCode,
      headers: presentHeaders(response.headers),
      body: bytes,
      isBodyCut: isCut,
    };
  }
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

const failure = (code: TransportErrorCode): TransportResult => ({
  kind: 'error',
  code,
  message: describeTransportError(code),
});

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
