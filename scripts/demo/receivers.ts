/** Three local stand-ins for the systems that the demo delivers to. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Login } from './workspace.ts';

/** Where the stand-ins listen, under the names that the demo flow asks for. */
export interface Receivers {
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** How often ServiceNow's stand-in fails each webhook id before it takes it. */
const SERVICENOW_FAILURES = 2;

/** Starts the stand-ins on ports of their own; Freshdesk and ServiceNow ask for the login, as the real ones do. */
export async function startReceivers(login: Login): Promise<Receivers> {
  const slack = await listen(slackAnswer());
  const freshdesk = await listen(onlyWith(login, freshdeskAnswer()));
  const serviceNow = await listen(onlyWith(login, serviceNowAnswer()));
  const servers = [slack, freshdesk, serviceNow];
  return {
    env: {
      DEMO_SLACK_URL: `${originOf(slack)}/services/T000/B000/demo`,
      DEMO_FRESHDESK_URL: `${originOf(freshdesk)}/api/v2/tickets`,
      DEMO_SERVICENOW_URL: `${originOf(serviceNow)}/api/sn_sc/servicecatalog/items/survey/order_now`,
    },
    stop: async () => {
      await Promise.all(servers.map(close));
    },
  };
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const slackAnswer = (): Answer => (_, response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('ok');
};

function freshdeskAnswer(): Answer {
  let ticket = 100;
  return (_, response) => sendJson(response, 201, { id: ++ticket, status: 2, source: 9 });
}

function serviceNowAnswer(): Answer {
  const failures = new Map<string, number>();
  return (request, response) => {
    const webhookId = String(request.headers['webhook-id']);
    const failed = failures.get(webhookId) ?? 0;
    if (failed < SERVICENOW_FAILURES) {
      failures.set(webhookId, failed + 1);
      sendJson(response, 503, { error: { message: 'The instance is under maintenance' }, status: 'failure' });
      return;
    }
    failures.delete(webhookId);
    sendJson(response, 200, { result: { request_number: 'REQ0010001', table: 'sc_request' } });
  };
}

function onlyWith({ username, password }: Login, answer: Answer): Answer {
  const expected = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  return (request, response) => {
    if (request.headers.authorization === expected) answer(request, response);
    else sendJson(response, 401, { message: 'You have to be logged in to perform this action.' });
  };
}

function sendJson(response: ServerResponse, status: number, content: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
}

async function listen(answer: Answer): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => answer(request, response));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return server;
}

const originOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
