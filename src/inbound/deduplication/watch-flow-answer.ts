import type { ServerResponse } from 'node:http';
import type { Clock } from '../../platform/clock.ts';
import { bytesGiven, headersGiven, type ResponseCalls } from '../given-parts.ts';
import type { RememberedAnswer } from '../inbox/inbox-store.ts';

/** The largest body that is remembered; of a larger one, only the status is. */
export const LARGEST_REMEMBERED = 16 * 1024;

interface FlowAnswerWatch {
  readonly clock: Clock;
  /** How long the flow may take to begin its answer. */
  readonly timeoutMs: number;
  /** Called once: with the answer as soon as it is whole, or without one when none will come. */
  readonly onEnd: (answer: RememberedAnswer | undefined) => void;
}

/**
 * Waits for the flow's answer; what comes back calls it off. A sender that goes away does not end it: senders that give up send the same again, and
 * the flow is still at work.
 */
export function watchFlowAnswer(
  response: ServerResponse,
  { clock, timeoutMs, onEnd }: FlowAnswerWatch,
): () => void {
  const body = new SmallBody();
  let given: unknown;
  let isOver = false;
  let isLate = false;
  const end = (answer: RememberedAnswer | undefined): void => {
    if (isOver) return;
    isOver = true;
    timer.cancel();
    onEnd(answer);
  };
  const timer = clock.after(timeoutMs, () => {
    isLate = true;
    // One that has begun, in parts for instance, comes to its end or dies with the connection.
    if (!response.headersSent || response.closed) end(undefined);
  });
  response.once('close', () => {
    if (isLate) end(undefined);
  });
  const methods = response as unknown as ResponseCalls;
  const { writeHead, write, end: endResponse } = methods;
  Object.assign(methods, {
    writeHead(...parameters: unknown[]): unknown {
      given = parameters.at(-1);
      return Reflect.apply(writeHead, response, parameters);
    },
    write(...parameters: unknown[]): unknown {
      body.add(bytesGiven(parameters[0], parameters[1]));
      return Reflect.apply(write, response, parameters);
    },
    end(...parameters: unknown[]): unknown {
      const result = Reflect.apply(endResponse, response, parameters);
      body.add(bytesGiven(parameters[0], parameters[1]));
      end(rememberAnswer(response, given, body));
      return result;
    },
  });
  return () => end(undefined);
}

function rememberAnswer(response: ServerResponse, given: unknown, body: SmallBody): RememberedAnswer {
  const headers = new Map(
    headersGiven(response, given).map(([name, value]) => [name.toLowerCase(), value] as const),
  );
  const location = headers.get('location');
  const answer = { statusCode: response.statusCode, ...(location !== undefined && { location }) };
  // Encoded bytes would be sent again without the header that names the encoding.
  if (body.isTooLarge || headers.has('content-encoding'))
    return { ...answer, contentType: '', body: new Uint8Array() };
  return { ...answer, contentType: headers.get('content-type') ?? '', body: body.bytes() };
}

/** A body that is kept while it is small. */
class SmallBody {
  #chunks: Uint8Array[] = [];
  #size = 0;

  get isTooLarge(): boolean {
    return this.#size > LARGEST_REMEMBERED;
  }

  add(chunk: Uint8Array | undefined): void {
    if (!chunk) return;
    this.#size += chunk.length;
    if (this.isTooLarge) this.#chunks = [];
    // Copied: the flow may use its buffer again.
    else this.#chunks.push(Uint8Array.from(chunk));
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.#chunks);
  }
}
