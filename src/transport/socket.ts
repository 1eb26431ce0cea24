import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import type { TlsSettings } from '../delivery/endpoint/tls-settings.ts';
import type { Clock } from '../platform/clock.ts';

/** Told once: the socket, ready to be used, or why there is none. */
export type SocketCallback = (
  ...result: [error: null, socket: Socket] | [error: Error, socket: null]
) => void;

/** Where a socket leads. */
export interface Place {
  readonly isTls: boolean;
  /** Without the brackets of IPv6. */
  readonly host: string;
  readonly port: number;
}

/** What sockets are made with. */
export interface SocketParts {
  readonly clock: Clock;
  /** Looks up names; it is not asked about addresses. */
  readonly lookup: LookupFunction;
}

/** A connect that hangs is not broken off with its request, and the next request would wait for it. */
const CONNECT_MS = 10_000;
const KEEP_ALIVE_MS = 60_000;
const MOST_SESSIONS = 100;

/** The options of TLS for places of one route, with the sessions that were agreed on with them. */
export class TlsMaker {
  readonly #settings: TlsSettings | undefined;
  readonly #sessions = new Map<string, Buffer>();

  constructor(settings?: TlsSettings) {
    this.#settings = settings;
  }

  options({ host, port }: Place): ConnectionOptions {
    const { context, servername, alpnProtocols = ['http/1.1'], verifiesReceiver } = this.#settings ?? {};
    const session = this.#sessions.get(`${host}:${port}`);
    return {
      // An address is no name to ask for; RFC 6066, 3, wants names without the dot at their end.
      servername: servername ?? (isIP(host) ? '' : host.replace(/\.$/, '')),
      ALPNProtocols: [...alpnProtocols],
      ...(context && { secureContext: context }),
      // Without settings Node.js' own rule holds.
      ...(verifiesReceiver !== undefined && { rejectUnauthorized: verifiesReceiver }),
      ...(session && { session }),
    };
  }

  keep({ host, port }: Place, session: Buffer): void {
    const key = `${host}:${port}`;
    const [oldest] = this.#sessions.keys();
    if (!this.#sessions.has(key) && this.#sessions.size >= MOST_SESSIONS && oldest !== undefined)
      this.#sessions.delete(oldest);
    this.#sessions.set(key, session);
  }
}

type Opening = SocketParts & { readonly tls: TlsMaker; readonly over?: Socket };

/** Opens a socket to a place, over TLS where the place says so; over another socket that leads there already, if one is given. */
export function openSocket(place: Place, opening: Opening, callback: SocketCallback): void {
  let socket: Socket;
  try {
    socket = beginSocket(place, opening);
  } catch (error) {
    // Of settings that Node.js refuses only now. Thrown out of a proxy's answer it would end the process.
    opening.over?.destroy();
    queueMicrotask(() => callback(asError(error), null));
    return;
  }
  const timer = opening.clock.after(CONNECT_MS, () => socket.destroy(timedOut()));
  let isTold = false;
  const tell: SocketCallback = (...result) => {
    timer.cancel();
    if (!isTold) callback(...result);
    isTold = true;
  };
  socket.once(place.isTls ? 'secureConnect' : 'connect', () => tell(null, socket));
  // Also later: an error that nobody hears would end the process.
  socket.on('error', (error: Error) => tell(error, null));
}

function beginSocket(place: Place, { lookup, tls, over }: Opening): Socket {
  const { host, port } = place;
  const target = over ? { host, socket: over } : { host, port, lookup };
  const socket = place.isTls
    ? connectTls({ ...target, ...tls.options(place) }).on('session', (session) => tls.keep(place, session))
    : connectTcp({ host, port, lookup });
  return socket.setKeepAlive(true, KEEP_ALIVE_MS).setNoDelay(true);
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error('No connection.'));

const timedOut = (): Error => Object.assign(new Error('No connection in time.'), { code: 'ETIMEDOUT' });
