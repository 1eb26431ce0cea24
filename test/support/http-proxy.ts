/** A real HTTP proxy on 127.0.0.1: it passes requests on, and makes tunnels (CONNECT). */
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** What the proxy was asked for. */
export interface AskedOfProxy {
  readonly method: string;
  /** A whole URL, or host and port of a tunnel. */
  readonly target: string;
  readonly rawHeaders: readonly string[];
}

export interface HttpProxyOptions {
  /** Answers 407 to all who do not give them. */
  readonly login?: { readonly username: string; readonly password: string };
  /** Answers this instead of making a tunnel. */
  readonly tunnelStatus?: number;
  /** Where all goes, whatever its host is; else to the host asked for. */
  readonly port?: number;
}

export class HttpProxy {
  readonly asked: AskedOfProxy[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #options: HttpProxyOptions;

  private constructor(options: HttpProxyOptions) {
    this.#options = options;
    this.#server = createServer((incoming, response) => this.#passOn(incoming, response));
    this.#server.on('connect', (incoming: IncomingMessage, socket: Socket) => this.#tunnel(incoming, socket));
    this.#server.on('connection', (socket: Socket) => this.#keep(socket));
  }

  static async start(options: HttpProxyOptions = {}): Promise<HttpProxy> {
    const proxy = new HttpProxy(options);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** Without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Of those who ask and of where they are led. */
  get socketCount(): number {
    return this.#sockets.size;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => this.#sockets.delete(socket));
  }

  /** Notes what is asked for; false = whoever asks may not. */
  #take({ method = '', url = '', headers, rawHeaders }: IncomingMessage): boolean {
    this.asked.push({ method, target: url, rawHeaders });
    const { login } = this.#options;
    const expected =
      login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
    return !expected || headers['proxy-authorization'] === expected;
  }

  #passOn(incoming: IncomingMessage, response: ServerResponse): void {
    if (!this.#take(incoming)) {
      response.writeHead(407, { 'proxy-authenticate': 'Basic realm="proxy"' }).end('the proxy says no');
      return;
    }
    const { hostname, port, pathname, search } = new URL(incoming.url ?? '');
    const outgoing = request({
      host: this.#options.port === undefined ? hostname : '127.0.0.1',
      port: this.#options.port ?? port,
      path: `${pathname}${search}`,
      method: incoming.method,
      headers: incoming.rawHeaders.filter((_, at, all) => !/^proxy-/i.test(all[at - (at % 2)] ?? '')),
    });
    outgoing.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    outgoing.on('error', () => response.writeHead(502).end());
    incoming.pipe(outgoing);
  }

  #tunnel(incoming: IncomingMessage, socket: Socket): void {
    const { tunnelStatus, port } = this.#options;
    const status = this.#take(incoming) ? tunnelStatus : 407;
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const { hostname, port: asked } = new URL(`http://${incoming.url ?? ''}`);
    const onward = connect(port ?? Number(asked || 80), port === undefined ? hostname : '127.0.0.1');
    this.#keep(onward);
    onward.once('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    onward.once('close', () => socket.destroy());
    socket.once('close', () => onward.destroy());
  }
}
