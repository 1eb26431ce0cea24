/** Flows about external data: a group for a tracker, an endpoint that captures, and one whose URL needs what was captured. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NodeAPI } from 'node-red';
import externalData from '../../nodes/external-data/external-data.ts';
import externalDataGroup from '../../nodes/external-data-group/external-data-group.ts';
import hookStore from '../../nodes/hook-store/hook-store.ts';
import payloadFormat from '../../nodes/payload-format/payload-format.ts';
import { installDeliveryRoutes } from '../../nodes/shared/runtime/admin-api/deliveries.ts';
import { installExternalDataRoute } from '../../nodes/shared/runtime/admin-api/external-data.ts';
import { engineHost } from '../../nodes/shared/runtime/engine/engine-host.ts';
import surveyWebhookOut from '../../nodes/survey-webhook-out/survey-webhook-out.ts';
import webhookEndpoint from '../../nodes/webhook-endpoint/webhook-endpoint.ts';
import type { HookStore } from '../../src/store/hook-store.ts';
import { catchNode, completeNode } from './core-nodes.ts';

/** The host of the process, and its admin app, as a register function took them. */
let red: NodeAPI | undefined;
const reachHost = (RED: NodeAPI): void => {
  red = RED;
  installDeliveryRoutes(RED);
  installExternalDataRoute(RED);
};

export const EXTERNAL_NODES = [
  reachHost,
  hookStore,
  externalDataGroup,
  externalData,
  payloadFormat,
  webhookEndpoint,
  surveyWebhookOut,
  catchNode,
  completeNode,
];

function host(): NodeAPI {
  if (!red) throw new Error('No flow was loaded.');
  return red;
}

/** The store that the nodes use. */
export const openNodesStore = async (): Promise<HookStore> => (await engineHost(host()).get()).store;

/** Asks the admin API; answers its status and JSON. */
export async function askAdmin(
  path: string,
  { method = 'GET' }: { readonly method?: 'GET' | 'POST' } = {},
): Promise<{ status: number; body: unknown }> {
  const server = await new Promise<Server>((resolve) => {
    const made = createServer(host().httpAdmin).listen(0, '127.0.0.1', () => resolve(made));
  });
  try {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/survey-hooks/${path}`, {
      method,
      headers: { 'x-survey-hooks': '1' },
    });
    return { status: response.status, body: await response.json() };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** A node in the tab of the flow. */
export const inTab = (id: string, type: string, more: object = {}) => ({
  id,
  type,
  z: 'tab',
  wires: [],
  ...more,
});

/** Values about tickets, of every type. */
export const trackerGroup = (more: object = {}) => ({
  id: 'group',
  type: 'external-data-group',
  name: 'Tracker',
  subjectKind: 'ticket',
  fields: [
    { label: 'Key', parameter: 'key', type: 'string', favorite: true },
    { label: 'Number', parameter: 'result.number', type: 'integer', favorite: false },
    { label: 'Due', parameter: '/items/0/due', type: 'date-time', favorite: true },
    { label: 'Open', parameter: 'open', type: 'boolean', favorite: false },
  ],
  ...more,
});
