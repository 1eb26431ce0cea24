/** The smallest flow that loses nothing: a hook that answers only when the deliveries are on disk. */
import { call, type Response } from './http.ts';
import type { Credentials, FlowNode } from './node-red.ts';

export const relayLogin = { username: 'sender', password: 'colons: and ünïcode' };

/** What it takes to run the relay; endpoint settings go over the defaults of `webhook-endpoint`. */
export interface Relay {
  readonly flows: readonly FlowNode[];
  readonly credentials: Credentials;
}

/**
 * `PUT` or `POST /hooks/relay` with `{"id": …}` → the out node → one endpoint. The event's id is its webhook id.
 * Answers 200 with `{"accepted": true}` after *accepted*, and 503 where the out node raises an error.
 */
export function relayTo(url: string, endpoint: Readonly<Record<string, unknown>> = {}): Relay {
  const flows: FlowNode[] = [
    { id: 'relay-tab', type: 'tab', label: 'Relay' },
    {
      id: 'relay-endpoint',
      type: 'webhook-endpoint',
      name: 'Receiver',
      url,
      method: 'POST',
      contentType: 'json',
      headers: [],
      auth: 'none',
      timeout: 30_000,
      success: '2xx',
      retry: 'cio-pulse',
      retryDelays: '5m,10m,20m,40m',
      retryOn: 'failure',
      concurrency: 8,
      enabled: true,
      ...endpoint,
    },
    {
      ...inRelay('relay-hook', 'inbound-hook-in', [['relay-out']]),
      path: '/hooks/relay',
      methods: ['POST', 'PUT'],
      kind: 'webhook',
      auth: 'basic',
      respond: 'flow',
      statusCode: 200,
      responseTimeout: 30_000,
      bodyLimit: '400kb',
      active: true,
    },
    {
      ...inRelay('relay-out', 'survey-webhook-out', [['relay-yes'], [], []]),
      endpoints: ['relay-endpoint'],
      listeningPost: 'Transactional',
      webhookIdProperty: 'payload.id',
      wrap: 'none',
    },
    {
      ...inRelay('relay-yes', 'change', [['relay-answer']]),
      rules: [{ t: 'set', p: 'payload', pt: 'msg', to: '{"accepted":true}', tot: 'json' }],
    },
    { ...inRelay('relay-catch', 'catch', [['relay-no']]), scope: null, uncaught: false },
    {
      ...inRelay('relay-no', 'change', [['relay-answer']]),
      rules: [
        { t: 'set', p: 'payload', pt: 'msg', to: 'error.message', tot: 'msg' },
        { t: 'set', p: 'statusCode', pt: 'msg', to: '503', tot: 'num' },
      ],
    },
    { ...inRelay('relay-answer', 'http response', []), statusCode: '', headers: {} },
  ];
  return { flows, credentials: { 'relay-hook': relayLogin } };
}

/** Sends one event to the relay of that Node-RED. */
export async function sendToRelay(nodeRedUrl: string, id: string): Promise<Response> {
  return call(`${nodeRedUrl}/hooks/relay`, { body: { id }, basic: relayLogin, timeoutMs: 30_000 });
}

const inRelay = (id: string, type: string, wires: readonly (readonly string[])[]): FlowNode => ({
  id,
  type,
  z: 'relay-tab',
  name: id,
  x: 100,
  y: 100,
  wires,
});
