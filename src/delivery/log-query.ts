import { HookError } from '../errors.ts';
import { parseUtcTime } from '../platform/utc-time.ts';
import type { LogFilter, LogQuery } from './delivery-log.ts';
import type { DeliveryStatus } from './delivery.ts';

const STATUSES: readonly DeliveryStatus[] = ['In Progress', 'Succeeded', 'Failed'];
const PAGE = 50;
const LARGEST_PAGE = 1000;
const LONGEST_TEXT = 1000;

/** What a query of the log is asked for with, by name, of any type: what is missing, `null` or empty does not narrow. */
export interface LogQueryParameters {
  readonly status?: unknown;
  /** An endpoint's id. */
  readonly endpoint?: unknown;
  readonly listeningPost?: unknown;
  readonly search?: unknown;
  /** ISO 8601 (UTC where no zone is given), epoch ms or a Date. */
  readonly from?: unknown;
  readonly to?: unknown;
  /** 1 to 1,000; 50 where it is missing. */
  readonly limit?: unknown;
  readonly cursor?: unknown;
}

/** The query that they stand for. Throws HOOK_CONFIG_INVALID with what has to be another. */
export function readLogQuery(given: LogQueryParameters): LogQuery {
  const cursor = readText('cursor', given.cursor);
  return { ...readLogFilter(given), ...withoutUndefined({ cursor }), limit: readLimit(given.limit) };
}

/** What they narrow the log by, whatever its page. Throws as `readLogQuery` does. */
export const readLogFilter = (given: LogQueryParameters): LogFilter =>
  withoutUndefined({
    status: readStatus(given.status),
    endpointId: readText('endpoint', given.endpoint),
    listeningPost: readText('listeningPost', given.listeningPost),
    search: readText('search', given.search),
    from: readTime('from', given.from),
    to: readTime('to', given.to),
  });

const invalid = (name: string, expected: string): HookError =>
  new HookError('HOOK_CONFIG_INVALID', `"${name}" must be ${expected}.`);

function readText(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text.length > LONGEST_TEXT)
    throw invalid(name, `one text of at most ${LONGEST_TEXT} characters`);
  return text;
}

function readStatus(value: unknown): DeliveryStatus | undefined {
  const text = readText('status', value);
  const status = STATUSES.find((one) => one === text);
  if (text !== undefined && status === undefined) throw invalid('status', `one of ${STATUSES.join(', ')}`);
  return status;
}

function readTime(name: string, value: unknown): number | undefined {
  const at = value instanceof Date ? value.getTime() : value;
  const time = typeof at === 'number' ? at : parseText(readText(name, at));
  if (time === undefined || Number.isFinite(time)) return time;
  throw invalid(name, 'a time such as 2026-01-31T12:00:00Z');
}

const parseText = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : (parseUtcTime(text) ?? NaN);

function readLimit(value: unknown): number {
  const text = readText('limit', value);
  const limit = text === undefined ? PAGE : Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= LARGEST_PAGE) return limit;
  throw invalid('limit', `a whole number from 1 to ${LARGEST_PAGE}`);
}

type Defined<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

function withoutUndefined<Fields extends object>(fields: Fields): Defined<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Defined<Fields>;
}
