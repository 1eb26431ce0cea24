import { HookError } from '../errors.ts';
import type { Addressed, DeliveryLog, LogFilter } from './delivery-log.ts';
import type { ResendSomeRequest } from './resend.ts';

/** What a filter leaves of the log, or the deliveries with these ids. */
export type ResendSelection = { readonly filter: LogFilter } | { readonly ids: readonly string[] };

export interface ResendAllRequest {
  readonly selection: ResendSelection;
  /** Where all of them go from now on; absent = each where it went. */
  readonly endpointId?: string | undefined;
  /** Only count. */
  readonly isDry: boolean;
}

/** How many get another attempt, and how many cannot: their endpoint is gone, or they are themselves. */
export interface ResendCount {
  readonly count: number;
  readonly skipped: number;
}

export interface ResendAllParts {
  readonly log: Pick<DeliveryLog, 'listAddressed' | 'findAddressed'>;
  readonly engine: {
    hasEndpoint(id: string): boolean;
    resendSome(request: ResendSomeRequest): Promise<number>;
  };
}

/** What is read at once; the log's thread is free for others in between. */
const PAGE = 1000;
/** What is asked in one commit: it holds those of others for a few milliseconds (`bench/log.ts`). */
const BATCH = 100;

/**
 * Asks for one more attempt of every delivery of a selection, newest first and bit by bit, so that neither memory nor a commit grows with
 * their number. What is asked is durable; if it breaks off, the error says how many that are, and the rest is as it was. The same
 * request, made again, doubles none that still waits.
 */
export async function resendAll(
  { selection, endpointId, isDry }: ResendAllRequest,
  { log, engine }: ResendAllParts,
): Promise<ResendCount> {
  const done = { count: 0, skipped: 0 };
  const canReach = (one: Addressed): boolean => engine.hasEndpoint(endpointId ?? one.endpointId);
  try {
    for await (const { deliveries, size } of batchesOf(selection, log)) {
      const asked = isDry
        ? deliveries.filter(canReach).length
        : await engine.resendSome({ deliveries, endpointId });
      done.count += asked;
      done.skipped += size - asked;
    }
  } catch (error) {
    throw isDry ? error : brokenOff(error, done);
  }
  return done;
}

interface Batch {
  readonly deliveries: readonly Addressed[];
  /** With those that are not there. */
  readonly size: number;
}

async function* batchesOf(selection: ResendSelection, log: ResendAllParts['log']): AsyncGenerator<Batch> {
  if ('ids' in selection) {
    for (const ids of slices([...new Set(selection.ids)]))
      yield { deliveries: await log.findAddressed(ids), size: ids.length };
    return;
  }
  let cursor: string | undefined;
  do {
    const page = await log.listAddressed({
      ...selection.filter,
      limit: PAGE,
      ...(cursor !== undefined && { cursor }),
    });
    for (const deliveries of slices(page.items)) yield { deliveries, size: deliveries.length };
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

const slices = <Item>(items: readonly Item[]): (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / BATCH) }, (_, index) =>
    items.slice(index * BATCH, (index + 1) * BATCH),
  );

function brokenOff(error: unknown, { count, skipped }: ResendCount): unknown {
  if (!(error instanceof HookError) || count === 0) return error;
  const words = `${error.message} Another attempt of ${count} deliveries is asked already, and will be made. Ask again for the rest.`;
  return new HookError(error.code, words, { cause: error, details: { ...error.details, count, skipped } });
}
