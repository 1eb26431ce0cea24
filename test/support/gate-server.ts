/** A plain HTTP server with a gate in front, and raw connections to it for what no client library would send. */
import { createServer, type RequestListener, type Server } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { everyAddress } from '../../src/address-list.ts';
import { basicAuthentication } from '../../src/inbound/authenticators/basic.ts';
import { noAuthentication } from '../../src/inbound/authenticators/none.ts';
import { HookActivity } from '../../src/inbound/hook-activity.ts';
import { InboundGate, type GateOptions } from '../../src/inbound/gate.ts';
import type { InboundEvent, InboundHook, PathRefusal } from '../../src/inbound/hook.ts';
import { installGate } from '../../src/inbound/install-gate.ts';
import { Secret } from '../../src/platform/secret.ts';
import { until } from './until.ts';

export const credentials = { username: 'jörg', password: 'pass:wörd' };

export class GateServer {
  readonly gate: InboundGate;
  readonly server: Server;
  readonly events: InboundEvent[] = [];
  readonly routed = new Map<string, PathRefusal | undefined>();

  private constructor(options: GateOptions, behind: RequestListener) {
    this.server = createServer(behind);
    this.gate = installGate(this.server, () => ({ gate: new InboundGate(options) })).gate;
  }

  /** Behind the gate everything is answered 404 with the text `behind`. The gate is open. */
  static async start(options: GateOptions = {}, behind?: RequestListener): Promise<GateServer> {
    const started = await GateServer.listen(options, behind);
    started.gate.open();
    return started;
  }

  /** The same with a gate that has not opened yet. */
  static async listen(
    options: GateOptions = {},
    behind: RequestListener = (_, response) => response.writeHead(404).end('behind'),
  ): Promise<GateServer> {
    const started = new GateServer(options, behind);
    await new Promise<void>((resolve) => started.server.listen(0, '127.0.0.1', resolve));
    return started;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** A hook as the gate knows it, with Basic authentication unless said otherwise; its events are gathered. */
  hook(changes: Partial<InboundHook> & { readonly id: string }): InboundHook {
    return {
      name: changes.id,
      root: '',
      path: `/hooks/${changes.id}`,
      methods: ['POST', 'PUT'],
      authenticator: basicAuthentication({
        username: credentials.username,
        password: new Secret(credentials.password),
      }),
      signing: undefined,
      isGuardedByHost: false,
      answer: { by: 'gate', statusCode: 200 },
      keeping: undefined,
      allowedAddresses: everyAddress,
      ratePerSecond: 0,
      bodyLimit: 400 * 1024,
      activity: new HookActivity(),
      onRouted: (refusal) => void this.routed.set(changes.id, refusal),
      accept: (event) => void this.events.push(event),
      ...changes,
    };
  }

  /** Claims a hook that lets everyone in. */
  claimOpen(id: string, changes: Partial<InboundHook> = {}): void {
    this.gate.claim(this.hook({ id, authenticator: noAuthentication, ...changes }));
  }

  async connect(): Promise<RawConnection> {
    return RawConnection.open(this.port);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Bytes to a server and back. */
export class RawConnection {
  /** What came back so far. */
  received = '';
  isEnded = false;
  readonly socket: net.Socket;

  private constructor(socket: net.Socket) {
    this.socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => (this.received += text));
    socket.on('close', () => (this.isEnded = true));
    socket.on('error', () => undefined);
  }

  static async open(port: number): Promise<RawConnection> {
    const socket = net.connect({ port, host: '127.0.0.1' });
    const connection = new RawConnection(socket);
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return connection;
  }

  /** Sends lines joined as HTTP joins them. */
  send(lines: readonly string[], body: string | Uint8Array = ''): void {
    this.socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    if (body.length > 0) this.socket.write(body);
  }

  async waitFor(text: string): Promise<void> {
    await until(() => this.received.includes(text), {
      what: () => `"${text}" to come back; so far: ${JSON.stringify(this.received.slice(0, 500))}`,
    });
  }

  async waitForEnd(): Promise<void> {
    await until(() => this.isEnded, { what: () => 'the server to end the connection' });
  }

  close(): void {
    this.socket.destroy();
  }
}
