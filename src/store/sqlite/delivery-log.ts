import type {
  Addressed,
  DeliveryLog,
  HourCount,
  LogEntry,
  LoggedContent,
  LogQuery,
  Page,
} from '../../delivery/delivery-log.ts';
import type { Delivery, DeliveryStatus } from '../../delivery/delivery.ts';
import { HookError } from '../../errors.ts';
import { decodeCursor, encodeCursor, type LogPosition } from '../log-cursor.ts';
import type { Synchronous } from '../synchronous.ts';
import { attemptFromRow, deliveryFromRow, eventFromRow, type Parameters } from './rows.ts';
import type { Statements } from './statements.ts';

/** How many of the newest deliveries a search looks into where it names no time. */
const SEARCHED_BODIES = 50_000;

const LONGEST_PAGE = 1_000;

/** Greater than any character of a webhook id. */
const LAST_CHARACTER = '\u{10FFFF}';

interface Narrowing {
  readonly conditions: readonly string[];
  readonly parameters: Parameters;
}

/** The log on a read-only connection. */
export function createDeliveryLog(statements: Statements): Synchronous<DeliveryLog> {
  return {
    list: (query) => list(statements, query, ({ seq }) => select(statements, seq)),
    listAddressed: (query) =>
      list(statements, query, ({ seq }) => addressedFromRow(statements.one('select-addressed', { seq }))),
    listContents: (query) => listContents(statements, query),
    find: (id) => find(statements, id),
    findAddressed: (ids) =>
      statements.all('find-addressed', { ids: JSON.stringify(ids) }).map(addressedFromRow),
    countHours: (hours) => countHours(statements, hours),
    listOldestOpen: (endpointIds) =>
      statements
        .all('list-oldest-open', { endpoint_ids: JSON.stringify(endpointIds) })
        .map((row) => ({ endpointId: row.endpoint_id, createdAt: row.created_at })),
    countEnded: (endpointIds) =>
      statements.all('count-ended', { endpoint_ids: JSON.stringify(endpointIds) }).map((row) => ({
        endpointId: row.endpoint_id,
        succeeded: row.succeeded_count,
        failed: row.failed_count,
        lastSuccessAt: row.last_success_at ?? undefined,
      })),
    listFailing: (endpointIds) =>
      statements
        .all('list-failing', { endpoint_ids: JSON.stringify(endpointIds) })
        .map((row) => ({ endpointId: row.endpoint_id, failingSince: row.failing_since })),
  };
}

function list<Item>(
  statements: Statements,
  query: LogQuery,
  read: (position: LogPosition) => Item | undefined,
): Page<Item> {
  if (!Number.isInteger(query.limit) || query.limit < 1 || query.limit > LONGEST_PAGE)
    throw new HookError('HOOK_CONFIG_INVALID', `A page of the log has 1 to ${LONGEST_PAGE} deliveries.`);
  // One more than asked for tells whether there is a next page.
  const positions = findPositions(statements, { ...query, limit: query.limit + 1 });
  const items: Item[] = [];
  for (const position of positions.slice(0, query.limit)) {
    const item = read(position);
    if (item === undefined) break;
    items.push(item);
  }
  const last = positions[items.length - 1];
  return {
    items,
    nextCursor: last && positions.length > items.length ? encodeCursor(last) : undefined,
  };
}

/** Ends the page before a content that comes after the limit: the first one is read whatever its length. */
function listContents(
  statements: Statements,
  { bytes, ...query }: LogQuery & { readonly bytes: number },
): Page<LoggedContent> {
  let readBytes = 0;
  return list(statements, query, ({ seq }) => {
    if (readBytes > 0 && readBytes >= bytes) return undefined;
    const row = statements.one('select-delivery', { seq });
    const { content_type: contentType, body } = statements.one('select-content', { seq: row.event_seq });
    readBytes += body.byteLength;
    return { delivery: deliveryFromRow(row), contentType, body };
  });
}

function countHours(statements: Statements, hours: readonly number[]): HourCount[] {
  const count = (status: DeliveryStatus): number[] =>
    statements
      .all('count-hour', { status, hours: JSON.stringify(hours) })
      .map(({ delivery_count }) => delivery_count);
  const [succeeded, failed, inProgress] = [count('Succeeded'), count('Failed'), count('In Progress')];
  return hours.map((from, index) => ({
    from,
    counts: {
      Succeeded: succeeded[index] ?? 0,
      Failed: failed[index] ?? 0,
      'In Progress': inProgress[index] ?? 0,
    },
  }));
}

function findPositions(statements: Statements, query: LogQuery): LogPosition[] {
  const { conditions, parameters } = narrow(query);
  const { search } = query;
  if (!search) return statements.allWhere('list-deliveries', conditions, parameters).map(positionFromRow);
  const byWebhookId = statements.allWhere('search-webhook-ids', conditions, {
    ...parameters,
    prefix: search,
    prefix_end: search + LAST_CHARACTER,
  });
  const bounded = boundSearch(statements, query);
  const byBody = statements.allWhere('search-bodies', [...conditions, ...bounded.conditions], {
    ...parameters,
    ...bounded.parameters,
    needle: Buffer.from(search),
  });
  return mergeNewest([...byWebhookId, ...byBody].map(positionFromRow), query.limit);
}

/** Only the conditions that the query has: SQLite chooses its index from the text, before it knows the values. */
function narrow({ endpointId, status, listeningPost, from, to, cursor, limit }: LogQuery): Narrowing {
  const equalities = [
    ['d.endpoint_id', endpointId],
    ['d.status', status],
    ['d.listening_post', listeningPost],
  ] as const;
  const bounds = [
    ['d.created_at >=', from],
    ['d.created_at <', to],
  ] as const;
  const conditions = [
    // The first has the fewest rows as a rule; a `+` keeps SQLite from taking another's index.
    ...equalities
      .filter(isGiven)
      .map(([column, value], index) => [`${index > 0 ? '+' : ''}${column} =`, value] as const),
    ...bounds.filter(isGiven),
  ];
  const narrowing: Narrowing = {
    conditions: conditions.map(([condition], index) => `${condition} :value${index}`),
    parameters: {
      limit,
      ...Object.fromEntries(conditions.map(([, value], index) => [`value${index}`, value])),
    },
  };
  return cursor === undefined ? narrowing : after(decodeCursor(cursor), narrowing);
}

const isGiven = <Value>(
  condition: readonly [string, Value | undefined],
): condition is readonly [string, Value] => condition[1] !== undefined;

const after = ({ createdAt, seq }: LogPosition, { conditions, parameters }: Narrowing): Narrowing => ({
  conditions: [...conditions, '(d.created_at, d.seq) < (:after_created_at, :after_seq)'],
  parameters: { ...parameters, after_created_at: createdAt, after_seq: seq },
});

function boundSearch(statements: Statements, { from, to }: LogQuery): Narrowing {
  if (from !== undefined || to !== undefined) return { conditions: [], parameters: {} };
  const oldest = statements.first('oldest-searched', { count: SEARCHED_BODIES });
  if (!oldest) return { conditions: [], parameters: {} };
  return { conditions: ['d.created_at >= :searched_from'], parameters: { searched_from: oldest.created_at } };
}

function mergeNewest(positions: readonly LogPosition[], limit: number): LogPosition[] {
  const distinct = new Map(positions.map((position) => [position.seq, position]));
  return [...distinct.values()].sort((a, b) => b.createdAt - a.createdAt || b.seq - a.seq).slice(0, limit);
}

function find(statements: Statements, id: string): LogEntry | undefined {
  const seq = statements.first('find-delivery-seq', { id })?.seq;
  if (seq === undefined) return undefined;
  const row = statements.one('select-delivery', { seq });
  return {
    delivery: deliveryFromRow(row),
    event: eventFromRow(statements.one('select-event', { seq: row.event_seq })),
    attempts: statements.all('select-attempts', { delivery_seq: seq }).map(attemptFromRow),
  };
}

const positionFromRow = ({ seq, created_at }: { seq: number; created_at: number }): LogPosition => ({
  seq,
  createdAt: created_at,
});

const select = (statements: Statements, seq: number): Delivery =>
  deliveryFromRow(statements.one('select-delivery', { seq }));

const addressedFromRow = ({ id, endpoint_id }: { id: string; endpoint_id: string }): Addressed => ({
  id,
  endpointId: endpoint_id,
});
