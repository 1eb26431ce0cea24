/** A receiver that keeps every byte of what is sent to it, and answers 200. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { until } from './until.ts';

/** A request as it stood on the wire. */
export interface RawRequest {
  /** The request line and the header lines, without line ends. */
  readonly lines: readonly string[];
  readonly body: Buffer;
}

const HEAD_END = '\r\n\r\n';
const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok';

export class RawReceiver {
  readonly requests: RawRequest[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor() {
    this.#server = createServer((socket) => this.#read(socket));
  }

  static async start(): Promise<RawReceiver> {
    const receiver = new RawReceiver();
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  /** Without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async waitFor(count: number): Promise<void> {
    await until(() => this.requests.length >= count, { what: () => `${count} raw requests` });
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #read(socket: Socket): void {
    let bytes = Buffer.alloc(0);
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      const request = parse(bytes);
      if (!request) return;
      this.requests.push(request);
      socket.end(ANSWER);
    });
  }
}

/** Undefined until the request is whole. */
function parse(bytes: Buffer): RawRequest | undefined {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const lines = bytes.toString('latin1', 0, end).split('\r\n');
  const [, length = '0'] = /^content-length: (\d+)$/im.exec(lines.join('\n')) ?? [];
  const body = bytes.subarray(end + HEAD_END.length);
  return body.length < Number(length) ? undefined : { lines, body };
}
