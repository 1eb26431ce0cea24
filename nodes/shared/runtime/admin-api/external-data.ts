import type { NodeAPI } from 'node-red';
import type { ExternalDataQuery } from '../../../../src/external-data/external-data-store.ts';
import { engineHost, type EngineHost } from '../engine/engine-host.ts';
import { externalRowJson } from './external-data-json.ts';
import { answer, ApiError, installUnreadable, permit } from './guard.ts';

const ROOT = '/survey-hooks/external-data';
const PAGE = 50;
/** A row has up to 100 values of 4 KB. */
const LARGEST_PAGE = 200;
/** A cursor holds the id of a subject, of up to 256 characters, in signs of its own. */
const LONGEST_TEXT = 4000;

/** The route of external data, whose values are about people: a plain `read` does not include it. */
export function installExternalDataRoute(RED: NodeAPI): void {
  const host = engineHost(RED);
  RED.httpAdmin.get(
    ROOT,
    ...permit(RED, 'survey-hooks.payload'),
    answer(async ({ query }) => {
      const { store } = await host.get();
      const { rows, nextCursor } = await store.externalData.list(readQuery(query, host));
      const items = rows.map((row) => externalRowJson(row, host.groups.find(row.groupId)));
      return { body: { items, nextCursor: nextCursor ?? null } };
    }),
  );
  installUnreadable(RED.httpAdmin, ROOT);
}

type Parameters = Record<string, unknown>;

function readQuery(query: Parameters, { groups }: EngineHost): ExternalDataQuery {
  const group = readText(query, 'group');
  const subjectId = readText(query, 'subject');
  const cursor = readText(query, 'cursor');
  const isKnownId = group !== undefined && groups.find(group) !== undefined;
  // Also the id of a group that is not in the flows any more, whose values are still there.
  const groupId = group === undefined || isKnownId ? group : (groups.findByName(group)?.id ?? group);
  return {
    ...(groupId !== undefined && { groupId }),
    ...(subjectId !== undefined && { subjectId }),
    ...(cursor !== undefined && { cursor }),
    limit: readLimit(query),
  };
}

function readText(query: Parameters, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string' && value.length <= LONGEST_TEXT) return value;
  throw invalid(name, `one text of at most ${LONGEST_TEXT} characters`);
}

function readLimit(query: Parameters): number {
  const text = readText(query, 'limit') ?? String(PAGE);
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : NaN;
  if (limit >= 1 && limit <= LARGEST_PAGE) return limit;
  throw invalid('limit', `a whole number from 1 to ${LARGEST_PAGE}`);
}

const invalid = (name: string, expected: string): ApiError =>
  new ApiError(400, 'invalid_query', `"${name}" must be ${expected}.`);
