/** A receiver on 127.0.0.1 that does with each request, byte by byte, whatever it is told. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { until } from './until.ts';

/** Told of a connection's first bytes; all later ones come as events of the socket. */
export type Conduct = (socket: Socket, first: Buffer) => void;

/** Says nothing. */
export const isSilent: Conduct = () => undefined;

export const resetsAtOnce: Conduct = (socket) => void socket.resetAndDestroy();

export const closesAtOnce: Conduct = (socket) => void socket.destroy();

/** Sends bytes, and leaves the connection open. */
export const says =
  (...parts: readonly (string | Buffer)[]): Conduct =>
  (socket) => {
    for (const part of parts) socket.write(part);
  };

/** Sends bytes, and closes the connection in order. */
export const saysAndCloses =
  (bytes: string | Buffer): Conduct =>
  (socket) =>
    void socket.end(bytes);

/** Sends bytes, and resets the connection (RST) once they are on their way. */
export const saysAndResets =
  (bytes: string): Conduct =>
  (socket) =>
    void socket.write(bytes, () => setTimeout(() => socket.resetAndDestroy(), 20));

/** Sends the first bytes, and then the others again and again, so often that nobody can take them all. */
export const repeats =
  (first: string, again: string | Buffer, everyMs = 0): Conduct =>
  (socket) => {
    socket.write(first);
    const timer = setInterval(() => {
      if (socket.writable && !socket.writableNeedDrain) socket.write(again);
    }, everyMs);
    socket.once('close', () => clearInterval(timer));
  };

/** Answers 200 once the request is there, and closes the connection. */
export const isFriendly: Conduct = (socket, first) => {
  const length = Number(/content-length: (\d+)/i.exec(first.toString('latin1'))?.[1] ?? 0);
  let missing = first.indexOf('\r\n\r\n') + 4 + length - first.length;
  const take = (bytes: Buffer) => {
    missing -= bytes.length;
    if (missing <= 0) socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok');
  };
  take(Buffer.alloc(0));
  socket.on('data', take);
};

export class SocketReceiver {
  connectionCount = 0;
  #conduct: Conduct;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(conduct: Conduct) {
    this.#conduct = conduct;
    this.#server = createServer((socket) => this.#greet(socket));
  }

  static async start(conduct: Conduct): Promise<SocketReceiver> {
    const receiver = new SocketReceiver(conduct);
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  /** Without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Connections that are open now. */
  get openCount(): number {
    return this.#sockets.size;
  }

  /** Behaves otherwise from the next connection on. */
  behave(conduct: Conduct): void {
    this.#conduct = conduct;
  }

  /** Reads and drops what comes: whoever does not read hears of no close. */
  readAll(): void {
    for (const socket of this.#sockets) socket.resume();
  }

  /** Resolves when whoever connected has let go of all connections. */
  async isLeft(): Promise<void> {
    await until(() => this.openCount === 0, { what: () => `${this.openCount} connections to be let go` });
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #greet(socket: Socket): void {
    this.connectionCount += 1;
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    const conduct = this.#conduct;
    socket.once('data', (first) => conduct(socket, first));
  }
}
