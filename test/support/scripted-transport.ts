import type { Transport, TransportRequest, TransportResult } from '../../src/delivery/transport.ts';
import type { Clock } from '../../src/platform/clock.ts';

/** What comes of a request: a status code, a whole result, nothing ever, or one of them after some time of the clock. */
export type Reply =
  number | TransportResult | 'hang' | { readonly afterMs: number; readonly reply: number | TransportResult };

export interface Sent {
  readonly webhookId: string;
  readonly host: string;
  /** By the clock. */
  readonly at: number;
  readonly request: TransportRequest;
}

/** A transport without a network, for tests in which time is what is tested. */
export class ScriptedTransport implements Transport {
  readonly sent: Sent[] = [];
  maxInFlight = 0;
  #inFlight = 0;
  readonly #clock: Clock;
  #reply: (sent: Sent, earlier: number) => Reply;
  readonly #hanging = new Set<(reply: number) => void>();

  constructor(clock: Clock, reply: (sent: Sent, earlier: number) => Reply = () => 200) {
    this.#clock = clock;
    this.#reply = reply;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Replies by another script from the next request on. */
  answer(reply: (sent: Sent, earlier: number) => Reply): void {
    this.#reply = reply;
  }

  /** Replies to what hangs, longest first: to all, or to so many. */
  release(statusCode = 200, count = Infinity): void {
    for (const go of [...this.#hanging].slice(0, count)) {
      this.#hanging.delete(go);
      go(statusCode);
    }
  }

  countOf(webhookId: string): number {
    return this.sent.filter((one) => one.webhookId === webhookId).length;
  }

  async send(request: TransportRequest, signal: AbortSignal): Promise<TransportResult> {
    if (signal.aborted) return answerOrAborted(undefined);
    const webhookId = request.headers.find(([name]) => name === 'webhook-id')?.[1] ?? '';
    const sent = { webhookId, host: request.url.host, at: this.#clock.now(), request };
    const earlier = this.countOf(webhookId);
    this.sent.push(sent);
    this.#inFlight += 1;
    this.maxInFlight = Math.max(this.maxInFlight, this.#inFlight);
    try {
      return await this.#end(this.#reply(sent, earlier), signal);
    } finally {
      this.#inFlight -= 1;
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #end(reply: Reply, signal: AbortSignal): Promise<TransportResult> {
    if (typeof reply === 'number') return answerOf(reply);
    if (reply === 'hang') return answerOrAborted(await this.#hang(signal));
    if ('kind' in reply) return reply;
    await new Promise<void>((resolve) => this.#clock.after(reply.afterMs, resolve));
    return this.#end(reply.reply, signal);
  }

  #hang(signal: AbortSignal): Promise<number | undefined> {
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
      this.#hanging.add(resolve);
    });
  }
}

const answerOf = (statusCode: number): TransportResult => ({
  kind: 'response',
  statusCode,
  headers: {},
  body: Buffer.from(`answer ${statusCode}`),
  isBodyCut: false,
});

const answerOrAborted = (statusCode: number | undefined): TransportResult =>
  statusCode === undefined
    ? { kind: 'error', code: 'aborted', message: 'The attempt was broken off.' }
    : answerOf(statusCode);
