import type { Request } from 'express';
import type { NodeAPI } from 'node-red';
import type { LogEntry, LogQuery } from '../../../../src/delivery/delivery-log.ts';
import { readLogQuery, type LogQueryParameters } from '../../../../src/delivery/log-query.ts';
import { HookError } from '../../../../src/errors.ts';
import { engineHost } from '../engine/engine-host.ts';
import { deliveryDetailJson, deliveryJson } from './delivery-json.ts';
import { answer, ApiError, installUnreadable, permit } from './guard.ts';

const ROOT = '/survey-hooks/deliveries';

/** The routes of the webhook log: the list, one delivery with its attempts, resend. */
export function installDeliveryRoutes(RED: NodeAPI): void {
  const { httpAdmin } = RED;

  httpAdmin.get(
    ROOT,
    ...permit(RED, 'survey-hooks.read'),
    answer(async (request) => {
      const { store } = await engineHost(RED).get();
      const { items, nextCursor } = await store.log.list(readQuery(request.query));
      return { body: { items: items.map(deliveryJson), nextCursor: nextCursor ?? null } };
    }),
  );

  httpAdmin.get(
    `${ROOT}/:id`,
    ...permit(RED, 'survey-hooks.payload'),
    answer(async (request) => ({ body: deliveryDetailJson(await find(RED, request)) })),
  );

  httpAdmin.post(
    `${ROOT}/:id/resend`,
    ...permit(RED, 'survey-hooks.write'),
    answer(async (request) => {
      const { engine } = await engineHost(RED).get();
      const { delivery } = await find(RED, request);
      const endpointId = readEndpoint(request.body);
      const result = await engine.resend({ delivery, ...(endpointId !== undefined && { endpointId }) });
      switch (result.kind) {
        case 'asked':
          return { status: 202, body: { id: result.delivery.id, attempts: result.delivery.attempts } };
        case 'endpoint-gone':
          throw new ApiError(
            409,
            'endpoint_gone',
            'The endpoint is not in the flows or not valid: give another one.',
          );
        case 'unknown-delivery':
          throw notFound();
      }
    }),
  );

  installUnreadable(httpAdmin, ROOT);
}

const notFound = () => new ApiError(404, 'unknown_delivery', 'There is no delivery with this id.');

async function find(RED: NodeAPI, request: Request): Promise<LogEntry> {
  const { store } = await engineHost(RED).get();
  const entry = await store.log.find(String(request.params['id']));
  if (!entry) throw notFound();
  return entry;
}

function readEndpoint(body: unknown): string | undefined {
  const given = typeof body === 'object' && body !== null && 'endpoint' in body ? body.endpoint : undefined;
  if (given === undefined || typeof given === 'string') return given;
  throw invalid('endpoint', 'the id of an endpoint');
}

const invalid = (name: string, expected: string) =>
  new ApiError(400, 'invalid_query', `"${name}" must be ${expected}.`);

/** What is wrong with it is told under a code of its own. */
function readQuery(query: LogQueryParameters): LogQuery {
  try {
    return readLogQuery(query);
  } catch (error) {
    throw error instanceof HookError ? new ApiError(400, 'invalid_query', error.message) : error;
  }
}
