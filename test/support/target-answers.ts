/** Answers of the targets that examples deliver to, each as its makers' API reference says; the host is the first segment of the path. */
import type { Answer, ReceivedRequest, Script } from './receiver.ts';

const ORDER = {
  result: { sys_id: 'd1f0', number: 'REQ0010001', request_number: 'REQ0010001', request_id: 'd1f0' },
};
const INCIDENT = { result: { sys_id: 'e2a1', number: 'INC0010001' } };

/** What each answers to a request that it takes; all others answer 200 `ok`, as Slack does. Zendesk makes one ticket per key. */
export function targetAnswers(): Script {
  const tickets = new Map<string, number>();
  return (request) => {
    if (request.path.endsWith('/order_now')) return asJson(200, ORDER);
    if (request.path.endsWith('/api/now/table/incident')) return asJson(201, INCIDENT);
    if (request.path.endsWith('/api/v2/tickets.json')) return ticketFor(request, tickets);
    return { body: 'ok' };
  };
}

function ticketFor({ headers, webhookId }: ReceivedRequest, tickets: Map<string, number>): Answer {
  // Without a key each request makes a ticket of its own.
  const key = headers['idempotency-key']?.toString() ?? `${webhookId} ${tickets.size}`;
  const lookup = tickets.has(key) ? 'hit' : 'miss';
  const id = tickets.get(key) ?? 35_436 + tickets.size;
  tickets.set(key, id);
  return asJson(201, { ticket: { id } }, { 'x-idempotency-lookup': lookup });
}

function asJson(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}
