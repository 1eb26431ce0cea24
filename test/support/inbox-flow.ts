/** A flow that loses and doubles what it can: it answers first, waits, splits, and delivers to three endpoints. */
import type { FlowNode } from './node-red.ts';
import type { Receiver } from './receiver.ts';

/** How many deliveries each event leads to, by the path that they are sent to. */
export const DELIVERIES: Readonly<Record<string, number>> = { '/one': 1, '/other': 1, '/parts': 2 };

const PATHS = Object.keys(DELIVERIES);

/** The longest time that an event is on its way to the out nodes, in ms. */
const LONGEST_WAY_MS = 200;

const inTab = (id: string, type: string, wires: readonly (readonly string[])[]): FlowNode => ({
  id,
  type,
  z: 'tab',
  name: id,
  x: 100,
  y: 100,
  wires,
});

/**
 * `POST /hooks/inbox` with `{"id": …}` → a random delay → one out node with the endpoints `/one` and `/other`, and, for two equal
 * parts with a delay of their own, another with `/parts`. `GET /seen` answers how many messages came through; a payload with
 * `"poison": true` ends Node-RED.
 */
export function inboxFlow(receiverUrl: string, { isPoisonous = true } = {}): FlowNode[] {
  const endpoint = (name: string): FlowNode => ({
    id: `endpoint-${name}`,
    type: 'webhook-endpoint',
    name,
    url: `${receiverUrl}/${name}`,
    retry: 'none',
    concurrency: 16,
  });
  const delay = (id: string, to: string): FlowNode => ({
    ...inTab(id, 'delay', [[to]]),
    pauseType: 'random',
    timeout: '1',
    timeoutUnits: 'seconds',
    rate: '1',
    nbRateUnits: '1',
    rateUnits: 'second',
    randomFirst: '0',
    randomLast: String(LONGEST_WAY_MS / 2),
    randomUnits: 'milliseconds',
    drop: false,
    allowrate: false,
    outputs: 1,
  });
  const func = (id: string, code: string, wires: readonly (readonly string[])[]): FlowNode => ({
    ...inTab(id, 'function', wires),
    func: code,
    outputs: wires.length,
    timeout: 0,
    noerr: 0,
    initialize: '',
    finalize: '',
    libs: [],
  });
  return [
    { id: 'tab', type: 'tab', label: 'Inbox' },
    ...['one', 'other', 'parts'].map(endpoint),
    {
      ...inTab('hook', 'inbound-hook-in', [['count']]),
      path: '/hooks/inbox',
      auth: 'none',
      respond: 'received',
    },
    func(
      'count',
      `flow.set('seen', (flow.get('seen') ?? 0) + 1);
       // Where nobody catches it, as in a node that has a fault in a callback.
       if (${isPoisonous} && msg.payload.poison) Promise.reject(new Error('poison'));
       return msg;`,
      [['delay']],
    ),
    delay('delay', 'split'),
    func('split', 'return [msg, [msg, msg]];', [['out'], ['delay-parts']]),
    delay('delay-parts', 'out-parts'),
    { ...inTab('out', 'survey-webhook-out', [[], [], []]), endpoints: ['endpoint-one', 'endpoint-other'] },
    { ...inTab('out-parts', 'survey-webhook-out', [[], [], []]), endpoints: ['endpoint-parts'] },
    { ...inTab('seen', 'http in', [['tell']]), url: '/seen', method: 'get' },
    func('tell', "msg.payload = String(flow.get('seen') ?? 0); return msg;", [['answer']]),
    { ...inTab('answer', 'http response', []), statusCode: '', headers: {} },
  ];
}

/** What of the events arrived, and how often. */
export class Arrivals {
  readonly #receiver: Receiver;
  /** The webhook ids that came, by path and the event's id. */
  readonly #ids = new Map<string, Set<string>>();
  /** How often they came, by path and webhook id. */
  readonly #countById = new Map<string, number>();
  readonly #eventIds = new Set<string>();
  #readCount = 0;

  constructor(receiver: Receiver) {
    this.#receiver = receiver;
  }

  /** Events of which something has not arrived. */
  missing(eventIds: readonly string[]): string[] {
    this.#read();
    return eventIds.filter((id) => PATHS.some((path) => this.#idsOf(path, id).size < DELIVERIES[path]!));
  }

  /** Events of which one and the same thing came under several webhook ids: it was enqueued more than once. */
  doubled(): string[] {
    this.#read();
    return [...this.#eventIds].filter((id) =>
      PATHS.some((path) => this.#idsOf(path, id).size > DELIVERIES[path]!),
    );
  }

  /** How often a path got a webhook id. */
  countOf(path: string, webhookId: string): number {
    this.#read();
    return this.#countById.get(`${path} ${webhookId}`) ?? 0;
  }

  #idsOf(path: string, eventId: string): ReadonlySet<string> {
    return this.#ids.get(`${path} ${eventId}`) ?? new Set();
  }

  #read(): void {
    for (const { body, path, webhookId } of this.#receiver.requests.slice(this.#readCount)) {
      const { id } = JSON.parse(body.toString()) as { id: string };
      this.#eventIds.add(id);
      this.#ids.set(`${path} ${id}`, new Set(this.#idsOf(path, id)).add(webhookId));
      const key = `${path} ${webhookId}`;
      this.#countById.set(key, (this.#countById.get(key) ?? 0) + 1);
    }
    this.#readCount = this.#receiver.requests.length;
  }
}
