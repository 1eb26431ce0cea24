import type { Request } from 'express';
import type { LogQueryParameters } from '../../../../src/delivery/log-query.ts';
import { resendAll, type ResendSelection } from '../../../../src/delivery/resend-all.ts';
import type { OpenEngine } from '../engine/open-engine.ts';
import { ApiError, fieldsOf, type Answer } from './guard.ts';
import { readFilter } from './log-filter.ts';

const FILTERS = ['status', 'endpoint', 'listeningPost', 'search', 'from', 'to'];
const MOST_IDS = 1000;
const LONGEST_ID = 200;

type Fields = Readonly<Record<string, unknown>>;

/** Asks for another attempt of all that are selected, or only counts them. */
export async function resendSelected({ engine, store }: OpenEngine, request: Request): Promise<Answer> {
  const fields = fieldsOf(request);
  const isDry = readFlag(fields, 'dryRun');
  const endpointId = readEndpoint(fields);
  const selection = readSelection(fields);
  if (endpointId !== undefined && !engine.hasEndpoint(endpointId)) throw endpointGone();
  const body = await resendAll({ selection, endpointId, isDry }, { engine, log: store.log });
  return { status: isDry ? 200 : 202, body };
}

/** The endpoint that takes what is sent again; undefined = the one that took it before. */
export function readEndpoint({ endpoint }: Fields): string | undefined {
  if (endpoint === undefined || typeof endpoint === 'string') return endpoint;
  throw invalid('"endpoint" must be the id of an endpoint.');
}

export const endpointGone = (): ApiError =>
  new ApiError(409, 'endpoint_gone', 'The endpoint is not in the flows or not valid: give another one.');

const invalid = (message: string): ApiError => new ApiError(400, 'invalid_body', message);

function readFlag(fields: Fields, name: string): boolean {
  const value = fields[name] ?? false;
  if (typeof value === 'boolean') return value;
  throw invalid(`"${name}" must be true or false.`);
}

/** A name that is not known is refused: misspelt, it would leave much more than was meant. */
function readSelection(fields: Fields): ResendSelection {
  const given = readGiven(fields['filter'] ?? {});
  if ('ids' in given) return { ids: readIds(given) };
  const unknown = Object.keys(given).find((name) => !FILTERS.includes(name));
  if (unknown !== undefined) throw invalid(`"filter" has "ids", or some of ${FILTERS.join(', ')}.`);
  const filter = readFilter(given);
  if (Object.keys(filter).length === 0 && !readFlag(fields, 'all'))
    throw new ApiError(400, 'empty_filter', 'The filter is empty: with "all": true it means all deliveries.');
  return { filter };
}

function readGiven(filter: unknown): LogQueryParameters & Fields {
  if (typeof filter === 'object' && filter !== null && !Array.isArray(filter)) return { ...filter };
  throw invalid('"filter" must be an object.');
}

function readIds({ ids, ...others }: Fields): readonly string[] {
  const isList = Array.isArray(ids) && ids.length > 0 && ids.length <= MOST_IDS;
  if (isList && Object.keys(others).length === 0 && ids.every(isId)) return ids;
  throw invalid(`"ids" must be a list of 1 to ${MOST_IDS} ids, and stand alone.`);
}

const isId = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_ID;
