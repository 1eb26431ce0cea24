import type { Request } from 'express';
import type { NodeAPI } from 'node-red';
import type { DeliveryStatus } from '../../../../src/delivery/delivery.ts';
import type { LogEntry, LogQuery } from '../../../../src/delivery/delivery-log.ts';
import { engineHost } from '../engine/engine-host.ts';
import { deliveryDetailJson, deliveryJson } from './delivery-json.ts';
import { answer, ApiError, installUnreadable, permit } from './guard.ts';

const ROOT = '/survey-hooks/deliveries';
const PAGE = 50;
const LARGEST_PAGE = 1000;
const STATUSES: readonly DeliveryStatus[] = ['In Progress', 'Succeeded', 'Failed'];

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

type Parameters = Record<string, unknown>;

function readQuery(query: Parameters): LogQuery {
  const status = readText(query, 'status');
  const texts = {
    endpointId: readText(query, 'endpoint'),
    listeningPost: readText(query, 'listeningPost'),
    search: readText(query, 'search'),
    cursor: readText(query, 'cursor'),
    from: readTime(query, 'from'),
    to: readTime(query, 'to'),
    status: STATUSES.find((one) => one === status),
  };
  if (status !== undefined && texts.status === undefined) throw invalid('status', STATUSES.join(', '));
  return { ...withoutUndefined(texts), limit: readLimit(query) };
}

function readText(query: Parameters, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string' || value.length > 1000)
    throw invalid(name, 'one text of at most 1000 characters');
  return value;
}

function readTime(query: Parameters, name: string): number | undefined {
  const text = readText(query, name);
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw invalid(name, 'a time such as 2026-01-31T12:00:00Z');
  return at;
}

function readLimit(query: Parameters): number {
  const text = readText(query, 'limit');
  if (text === undefined) return PAGE;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE)
    throw invalid('limit', `a whole number from 1 to ${LARGEST_PAGE}`);
  return limit;
}

type Defined<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

function withoutUndefined<Fields extends object>(fields: Fields): Defined<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Defined<Fields>;
}
