import type { Request } from 'express';
import type { NodeAPI } from 'node-red';
import type { WaitingReason } from '../../../../src/delivery/delivery.ts';
import type { DeliveryLog, LogEntry } from '../../../../src/delivery/delivery-log.ts';
import { systemClock } from '../../../../src/platform/clock.ts';
import { engineHost, type EngineHost } from '../engine/engine-host.ts';
import { exportLines, permitBodies } from './deliveries-export.ts';
import { histogram } from './deliveries-histogram.ts';
import { endpointGone, readEndpoint, resendSelected } from './deliveries-resend.ts';
import { deliveryDetailJson, deliveryJson } from './delivery-json.ts';
import { answer, answerTexts, ApiError, fieldsOf, installUnreadable, permit } from './guard.ts';
import { readQuery } from './log-filter.ts';

const ROOT = '/survey-hooks/deliveries';
const EXPORT = { contentType: 'application/x-ndjson; charset=utf-8', fileName: 'deliveries.ndjson' };

/** The routes of the webhook log: lists in several shapes, one delivery with its attempts, resend of one and of many. */
export function installDeliveryRoutes(RED: NodeAPI): void {
  installLists(RED);
  // After those whose names would pass for an id.
  installOne(RED);
  installUnreadable(RED.httpAdmin, ROOT);
}

function installLists(RED: NodeAPI): void {
  const { httpAdmin } = RED;
  const host = engineHost(RED);
  const mayRead = permit(RED, 'survey-hooks.read');
  const log = async (): Promise<DeliveryLog> => (await host.get()).store.log;

  httpAdmin.get(
    ROOT,
    ...mayRead,
    answer(async (request) => {
      const { items, nextCursor } = await (await log()).list(readQuery(request.query));
      return { body: { items: items.map(deliveryJson), nextCursor: nextCursor ?? null } };
    }),
  );
  httpAdmin.get(
    `${ROOT}/histogram`,
    ...mayRead,
    answer(async () => ({ body: await histogram(await log(), systemClock.now()) })),
  );
  httpAdmin.get(
    `${ROOT}/export`,
    ...mayRead,
    permitBodies(RED),
    answerTexts(EXPORT, async (request) => exportLines(await log(), request)),
  );
  httpAdmin.post(
    `${ROOT}/resend`,
    ...permit(RED, 'survey-hooks.write'),
    answer(async (request) => resendSelected(await host.get(), request)),
  );
}

function installOne(RED: NodeAPI): void {
  const { httpAdmin } = RED;

  httpAdmin.get(
    `${ROOT}/:id`,
    ...permit(RED, 'survey-hooks.payload'),
    answer(async (request) => {
      const entry = await find(RED, request);
      const waiting = await waitingNow(engineHost(RED), entry.delivery.endpointId);
      return { body: deliveryDetailJson(entry, waiting) };
    }),
  );
  httpAdmin.post(
    `${ROOT}/:id/resend`,
    ...permit(RED, 'survey-hooks.write'),
    answer(async (request) => {
      const { engine } = await engineHost(RED).get();
      const { delivery } = await find(RED, request);
      const endpointId = readEndpoint(fieldsOf(request));
      const result = await engine.resend({ delivery, ...(endpointId !== undefined && { endpointId }) });
      switch (result.kind) {
        case 'asked':
          return { status: 202, body: { id: result.delivery.id, attempts: result.delivery.attempts } };
        case 'endpoint-gone':
          throw endpointGone();
        case 'unknown-delivery':
          throw notFound();
      }
    }),
  );
}

const notFound = () => new ApiError(404, 'unknown_delivery', 'There is no delivery with this id.');

/** Why the deliveries of an endpoint wait; undefined = they do not, or its settings cannot be used. */
async function waitingNow(host: EngineHost, endpointId: string): Promise<WaitingReason | undefined> {
  const { engine } = await host.get();
  const endpoint = host.endpoints.find(endpointId);
  return endpoint && engine.healthOf(endpoint).waiting;
}

async function find(RED: NodeAPI, request: Request): Promise<LogEntry> {
  const { store } = await engineHost(RED).get();
  const entry = await store.log.find(String(request.params['id']));
  if (!entry) throw notFound();
  return entry;
}
