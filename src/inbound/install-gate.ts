import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { InboundGate } from './gate.ts';

/** Marks a server that has its gate, also for another copy of this module. */
const MARK = Symbol.for('@survey-hooks/node-red-survey-hooks/inbound-gate');

interface Installed {
  readonly gate: InboundGate;
}

type Handler = (this: Server, request: IncomingMessage, response: ServerResponse) => void;

/**
 * Puts a gate in front of everyone who listens for the server's requests, once per server; called again, it answers what was
 * installed first. It is never taken out: whoever attached in front of it since then hands on to it.
 */
export function installGate<Installation extends Installed>(
  server: Server,
  create: () => Installation,
): Installation {
  const marked = server as Server & { [MARK]?: Installation };
  if (marked[MARK]) return marked[MARK];
  const installation = create();
  Object.defineProperty(server, MARK, { value: installation });
  standInFront(server, installation.gate);
  declineUpgrades(server, installation.gate);
  return installation;
}

function standInFront(server: Server, gate: InboundGate): void {
  const lend = callAll(server, takeListeners(server, 'request'));
  server.on('request', (request, response) => gate.offer({ request, response, lend, passOn: lend }));

  const asked = takeListeners(server, 'checkContinue');
  const passOn = asked.length > 0 ? callAll(server, asked) : askForBody(server);
  // Node.js itself asks for the body of a request with `Expect: 100-continue` unless someone listens for it.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) =>
    gate.offer({ request, response, lend, passOn }),
  );
}

/**
 * A request that offers another protocol, as HTTP clients in Java offer HTTP/2, is served as if it did not (RFC 9110, 7.8). Left to
 * the server's listeners for upgrades, it would never be answered: they know websockets only.
 */
function declineUpgrades(server: Server, gate: InboundGate): void {
  const asked = server as Server & { shouldUpgradeCallback?: (request: IncomingMessage) => boolean };
  const decide = asked.shouldUpgradeCallback;
  // Node.js before 24.9 asks nobody.
  if (typeof decide !== 'function') return;
  asked.shouldUpgradeCallback = (request) =>
    (beginsWebSocket(request) || !gate.isFor(request.url ?? '')) && decide.call(server, request);
}

/**
 * Whether someone may listen for this at the path of a hook too (RFC 6455, 4.1). What only says so would get no answer, and its
 * connection would never end: those who know websockets leave it alone.
 */
const beginsWebSocket = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' &&
  headers.upgrade?.toLowerCase() === 'websocket' &&
  headers['sec-websocket-key'] !== undefined;

function takeListeners(server: Server, event: 'request' | 'checkContinue'): Handler[] {
  const listeners = server.listeners(event) as Handler[];
  server.removeAllListeners(event);
  return listeners;
}

const callAll =
  (server: Server, listeners: readonly Handler[]) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    for (const listener of listeners) listener.call(server, request, response);
  };

/** What Node.js does where nobody listens, left to whoever has come to listen since. */
const askForBody =
  (server: Server) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    if (server.listenerCount('checkContinue') > 1) return;
    response.writeContinue();
    server.emit('request', request, response);
  };
