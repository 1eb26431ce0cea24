/** A real HTTPS receiver on 127.0.0.1 that answers 200 and tells how it was called. */
import { createServer, type Server, type ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** A request, and what its connection was agreed on. */
export interface TlsCall {
  readonly path: string;
  readonly rawHeaders: readonly string[];
  readonly body: string;
  /** Whether the caller showed a certificate that is trusted. */
  readonly isClientTrusted: boolean;
  /** The name asked for; false = none. */
  readonly servername: string | false;
  readonly alpn: string | false;
  readonly isResumed: boolean;
}

export class TlsReceiver {
  readonly calls: TlsCall[] = [];
  connectionCount = 0;
  readonly #server: Server;

  private constructor(options: ServerOptions) {
    this.#server = createServer(options, (request, response) => {
      let body = '';
      const agreed = agreedWith(request.socket);
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const { url: path = '', rawHeaders } = request;
        this.calls.push({ path, rawHeaders, body, ...agreed });
        response.end('ok');
      });
    });
    this.#server.on('secureConnection', () => (this.connectionCount += 1));
    this.#server.on('tlsClientError', () => undefined);
  }

  static async start(options: ServerOptions): Promise<TlsReceiver> {
    const receiver = new TlsReceiver(options);
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** `https://localhost:<port>`, without a slash at the end. */
  get url(): string {
    return `https://localhost:${this.port}`;
  }

  /** Cuts what is open; it goes on listening. */
  cut(): void {
    this.#server.closeAllConnections();
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}

function agreedWith(socket: Socket): Pick<TlsCall, 'isClientTrusted' | 'servername' | 'alpn' | 'isResumed'> {
  if (!(socket instanceof TLSSocket)) throw new TypeError('This is no connection over TLS.');
  // The types leave it out, as only servers know it.
  const { servername = false } = socket as { servername?: string | false };
  const { alpnProtocol, authorized } = socket;
  return {
    isClientTrusted: authorized,
    servername,
    alpn: alpnProtocol ?? false,
    isResumed: socket.isSessionReused(),
  };
}
