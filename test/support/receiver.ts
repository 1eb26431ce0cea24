/** A real HTTP receiver on 127.0.0.1 that records every request and answers, or misbehaves, by a script. */
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { until } from './until.ts';

/** A request whose body has arrived whole. */
export interface ReceivedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  /** Epoch ms. */
  readonly receivedAt: number;
  /** Numbers the connections from 1. */
  readonly connection: number;
  /** The header `webhook-id`, or empty. */
  readonly webhookId: string;
  /** How the exchange stands: `open` until the answer is out or the connection is gone. */
  end: 'open' | 'answered' | 'cut';
}

/** What the receiver does with a request. */
export type Answer =
  | {
      readonly kind?: 'respond';
      /** 200 if absent. */
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | Buffer;
      /** Waits before it answers. */
      readonly delayMs?: number;
    }
  /** Never answers. */
  | { readonly kind: 'hang' }
  /** Sends the head and part of the body, and then nothing. */
  | { readonly kind: 'stall' }
  /** Resets the connection (RST). */
  | { readonly kind: 'reset' }
  /** Closes the connection in order, without an answer. */
  | { readonly kind: 'close' }
  /** Answers 200 with so many bytes, as fast as they are taken. */
  | { readonly kind: 'flood'; readonly bytes: number };

/** Chooses the answer; `earlier` = how many requests with the same webhook id came before this one. */
export type Script = (request: ReceivedRequest, earlier: number) => Answer;

/** These answers one after the other, the last one for all that follow. */
export function inTurn(...answers: readonly Answer[]): Script {
  let next = 0;
  return () => answers[Math.min(next++, answers.length - 1)] ?? {};
}

/** Fails the first `count` requests of each webhook id. */
export function failingFirst(count: number, failure: Answer = { status: 503 }, then: Answer = {}): Script {
  return (_, earlier) => (earlier < count ? failure : then);
}

export class Receiver {
  /** All requests, in the order in which their bodies were complete. */
  readonly requests: ReceivedRequest[] = [];
  /** The most requests that were open at once. */
  maxInFlight = 0;
  readonly #server: Server;
  readonly #connections = new Map<Socket, number>();
  readonly #seen = new Map<string, number>();
  #script: Script;
  #held: (() => void)[] | undefined;
  #inFlight = 0;
  #connectionCount = 0;

  private constructor(script: Script) {
    this.#script = script;
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      const chunks: Buffer[] = [];
      this.#inFlight += 1;
      this.maxInFlight = Math.max(this.maxInFlight, this.#inFlight);
      response.once('close', () => (this.#inFlight -= 1));
      request.on('error', () => undefined);
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url: path = '', headers, rawHeaders } = request;
        const webhookId = headers['webhook-id'];
        this.#take(
          {
            method,
            path,
            headers,
            rawHeaders,
            body: Buffer.concat(chunks),
            receivedAt: Date.now(),
            connection: this.#connections.get(request.socket) ?? 0,
            webhookId: typeof webhookId === 'string' ? webhookId : '',
            end: 'open',
          },
          response,
        );
      });
    });
    this.#server.on('connection', (socket: Socket) => {
      this.#connections.set(socket, ++this.#connectionCount);
      socket.once('close', () => this.#connections.delete(socket));
    });
  }

  /** Listens on an ephemeral port, or on the one given; without a script it answers 200 `ok`. */
  static async start(script: Script = () => ({ body: 'ok' }), port = 0): Promise<Receiver> {
    const receiver = new Receiver(script);
    await new Promise<void>((resolve, reject) => {
      receiver.#server.once('error', reject);
      receiver.#server.listen(port, '127.0.0.1', resolve);
    });
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Requests begun and not yet answered or cut. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Connections accepted so far. */
  get connectionCount(): number {
    return this.#connectionCount;
  }

  /** How many requests came with this webhook id. */
  countOf(webhookId: string): number {
    return this.#seen.get(webhookId) ?? 0;
  }

  /** The webhook ids seen so far, each once. */
  get webhookIds(): string[] {
    return [...this.#seen.keys()];
  }

  /** Answers by another script from the next request on. */
  answer(script: Script): void {
    this.#script = script;
  }

  /** Keeps every request from now on without an answer, until `release`. */
  hold(): void {
    this.#held ??= [];
  }

  /** Answers what is held, each by the script, and holds no more. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const go of held) go();
  }

  /** Resolves when that many requests have come; rejects with what did come when the time is over. */
  async waitFor(count: number, timeoutMs = 5000): Promise<readonly ReceivedRequest[]> {
    await until(() => this.requests.length >= count, {
      timeoutMs,
      what: () => `${count} requests at the receiver; ${this.requests.length} came`,
    });
    return this.requests;
  }

  /** Cuts what is open and stops listening. */
  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #take(request: ReceivedRequest, response: ServerResponse): void {
    const earlier = this.countOf(request.webhookId);
    this.#seen.set(request.webhookId, earlier + 1);
    this.requests.push(request);
    response.once('finish', () => (request.end = 'answered'));
    response.once('close', () => {
      if (request.end === 'open') request.end = 'cut';
    });
    const go = () => {
      if (!response.destroyed) respond(this.#script(request, earlier), response);
    };
    if (this.#held) this.#held.push(go);
    else go();
  }
}

function respond(answer: Answer, response: ServerResponse): void {
  switch (answer.kind) {
    case 'hang':
      return;
    case 'stall':
      response.writeHead(200, { 'content-length': '1000' });
      response.write('the beginning');
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'close':
      response.socket?.end();
      return;
    case 'flood':
      flood(response, answer.bytes);
      return;
    default:
      setTimeout(() => {
        response.writeHead(answer.status ?? 200, answer.headers).end(answer.body);
      }, answer.delayMs ?? 0);
  }
}

function flood(response: ServerResponse, bytes: number): void {
  const block = Buffer.alloc(64 * 1024, 'x');
  let left = bytes;
  const push = () => {
    while (left > 0 && !response.destroyed) {
      const size = Math.min(left, block.length);
      left -= size;
      if (!response.write(block.subarray(0, size)) && left > 0) {
        response.once('drain', push);
        return;
      }
    }
    response.end();
  };
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': String(bytes) });
  push();
}
