import type { Request, RequestHandler } from 'express';
import type { NodeAPI } from 'node-red';
import type { DeliveryLog, LogFilter, Page } from '../../../../src/delivery/delivery-log.ts';
import { contentJson, deliveryJson } from './delivery-json.ts';
import { ApiError } from './guard.ts';
import { readFilter } from './log-filter.ts';

/** Rows that are read at once, and how many bytes of their bodies: what an export holds in memory, whatever its length. */
const ROWS = 200;
const BYTES = 512 * 1024;

/** Bodies go only to those who may see them. */
export function permitBodies({ auth }: NodeAPI): RequestHandler {
  const needsPermission = auth.needsPermission('survey-hooks.payload');
  return (request, response, next) => {
    if (request.query['bodies'] === undefined) next();
    else needsPermission(request, response, next);
  };
}

/** The rows that the request's filter leaves as lines of JSON, newest first, some in each text; with `limit` no more than so many. */
export async function* exportLines(log: DeliveryLog, { query }: Request): AsyncGenerator<string> {
  const filter = readFilter(query);
  const read = readsBodies(query['bodies']) ? readContents : readRows;
  let left = readMost(query['limit']);
  let cursor: string | undefined;
  do {
    const page = await read(log, filter, cursor);
    const rows = page.items.slice(0, left);
    yield rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    left -= rows.length;
    cursor = page.nextCursor;
  } while (cursor !== undefined && left > 0);
}

function readMost(given: unknown): number {
  if (given === undefined) return Infinity;
  if (typeof given === 'string' && /^[1-9]\d{0,8}$/.test(given)) return Number(given);
  throw new ApiError(400, 'invalid_query', '"limit" must be a whole number above 0.');
}

function readsBodies(given: unknown): boolean {
  if (given === undefined || given === 'false') return false;
  if (given === 'true') return true;
  throw new ApiError(400, 'invalid_query', '"bodies" must be true or false.');
}

const pageOf = (filter: LogFilter, cursor: string | undefined) => ({
  ...filter,
  limit: ROWS,
  ...(cursor !== undefined && { cursor }),
});

async function readRows(log: DeliveryLog, filter: LogFilter, cursor?: string): Promise<Page<object>> {
  const { items, nextCursor } = await log.list(pageOf(filter, cursor));
  return { items: items.map(deliveryJson), nextCursor };
}

async function readContents(log: DeliveryLog, filter: LogFilter, cursor?: string): Promise<Page<object>> {
  const { items, nextCursor } = await log.listContents({ ...pageOf(filter, cursor), bytes: BYTES });
  return { items: items.map(contentJson), nextCursor };
}
