import { giveUp, type Delivery, type Resting, type Sending } from '../../delivery/delivery.ts';
import type {
  DeliveryStore,
  EndpointBacklog,
  EnqueueBatch,
  GiveUpRequest,
  Report,
} from '../../delivery/delivery-store.ts';
import { HookError } from '../../errors.ts';
import type { Synchronous } from '../synchronous.ts';
import { claim } from './claim.ts';
import { insertFailure } from './log-event-rows.ts';
import {
  attemptFromRow,
  deliveryFromRow,
  deliveryFromSnapshot,
  deliveryToRow,
  endToRow,
  eventFromRow,
  eventToRow,
  snapshotOf,
} from './rows.ts';
import { settle } from './settle.ts';
import type { BacklogRow, ReportRow } from './statement-rows.ts';
import type { Statements } from './statements.ts';

/** Ids of an `enqueue` that may have been committed though its caller was told that it failed. */
export interface LostBatch {
  readonly eventIds: readonly string[];
  readonly deliveryIds: readonly string[];
}

type HoldRequest = Parameters<DeliveryStore['hold']>[0];
type ReleaseRequest = Parameters<DeliveryStore['release']>[0];

/** What the writer's thread does: the port, with a limit where a call could hold up the others, and taking back what a dying thread left. */
export interface DeliveryWriter extends Omit<DeliveryStore, 'hold' | 'release'> {
  hold(request: HoldRequest & { limit: number }): Promise<number>;
  release(request: ReleaseRequest & { limit: number }): Promise<number>;
  forget(batch: LostBatch): Promise<void>;
}

/** The delivery store on a connection that is inside a transaction: each call either does all or throws. */
export function createDeliveryStore(statements: Statements): Synchronous<DeliveryWriter> {
  return {
    enqueue: (batch) => enqueue(statements, batch),
    listByRequest: ({ requestId, nodeId }) =>
      statements
        .all('list-by-request', { request_id: requestId, node_id: nodeId })
        .map((row) => ({ id: row.id, webhookId: row.webhook_id, endpointId: row.endpoint_id })),
    claim: (request) => claim(statements, request),
    settle: (settlement) => settle(statements, settlement),
    findInterrupted: (limit) =>
      statements
        .all('list-interrupted', { limit })
        // The statement gives only rows with an attempt under way.
        .map(({ seq }) => select(statements, seq) as Delivery<Sending>),
    askResend: (request) => askResend(statements, request),
    askResends: ({ ids, endpoint }) =>
      statements
        .all('ask-resends', {
          ids: JSON.stringify(ids),
          endpoint_id: endpoint?.id ?? null,
          endpoint_name: endpoint?.name ?? null,
        })
        .map((row) => row.endpoint_id),
    listBacklogs: () => statements.all('list-backlogs').map(backlogFromRow),
    hold: ({ endpointId, reason, now, limit }) => {
      const parameters = { endpoint_id: endpointId, reason, now };
      return statements.run('hold', { ...parameters, limit }) + statements.run('hold-resent', parameters);
    },
    release: ({ endpointId, now, limit }) =>
      statements.run('release', { endpoint_id: endpointId, now, limit }),
    giveUp: (request) => giveUpAll(statements, request),
    markMissing: (request) => markMissing(statements, request),
    listReports: ({ nodeIds, limit }) =>
      statements
        .all('list-reports', { node_ids: JSON.stringify(nodeIds), limit })
        .map((row) => reportFromRow(statements, row)),
    closeReports: (ids) => void statements.run('close-reports', { ids: JSON.stringify(ids) }),
    dropReports: ({ exceptNodeIds, createdBefore, limit }) =>
      statements.run('drop-reports', {
        except_node_ids: JSON.stringify(exceptNodeIds),
        created_before: createdBefore,
        limit,
      }),
    forget: ({ deliveryIds, eventIds }) => {
      statements.run('forget-deliveries', { ids: JSON.stringify(deliveryIds) });
      statements.run('forget-events', { ids: JSON.stringify(eventIds) });
    },
  };
}

function enqueue(statements: Statements, { events, deliveries, requestId }: EnqueueBatch): void {
  const seqs = new Map(
    events.map((event) => [
      event.id,
      statements.insert('insert-event', { ...eventToRow(event), request_id: requestId ?? null }),
    ]),
  );
  for (const delivery of deliveries) {
    const { eventId } = delivery;
    const eventSeq = seqs.get(eventId) ?? statements.first('find-event-seq', { id: eventId })?.seq;
    if (eventSeq === undefined)
      throw new HookError('HOOK_STORE_ROW_REFUSED', `The delivery ${delivery.id} belongs to no event.`);
    const seq = statements.insert('insert-delivery', { ...deliveryToRow(delivery), event_seq: eventSeq });
    if (delivery.state.kind !== 'failed') continue;
    insertReport(statements, seq, delivery);
    insertFailure(statements, delivery);
  }
}

/** Adds the report of a delivery that was given up without an attempt. */
function insertReport(statements: Statements, seq: number, delivery: Delivery): void {
  statements.insert('insert-report', {
    node_id: delivery.nodeId,
    delivery_seq: seq,
    attempt_number: null,
    delivery: snapshotOf(delivery),
    created_at: Math.round(delivery.lastActivityAt),
  });
}

function askResend(
  statements: Statements,
  { id, endpoint }: Parameters<DeliveryStore['askResend']>[0],
): Delivery | undefined {
  const seq = statements.first('find-delivery-seq', { id })?.seq;
  if (seq === undefined) return undefined;
  statements.run('ask-resend', {
    seq,
    endpoint_id: endpoint?.id ?? null,
    endpoint_name: endpoint?.name ?? null,
  });
  return select(statements, seq);
}

function giveUpAll(statements: Statements, request: GiveUpRequest): number {
  const { endpointId, waitingBefore, limit } = request;
  const seqs =
    waitingBefore === undefined
      ? statements.all('list-open', { endpoint_id: endpointId, limit })
      : statements.all('list-expired', {
          endpoint_id: endpointId,
          waiting_before: waitingBefore,
          limit,
        });
  for (const { seq } of seqs) {
    // The statements give only rows without an attempt under way.
    const delivery = giveUp(select(statements, seq) as Delivery<Resting>, request);
    statements.run('end-attempt', { seq, ...endToRow(delivery), resends: delivery.resends });
    insertReport(statements, seq, delivery);
    insertFailure(statements, delivery);
  }
  return seqs.length;
}

function markMissing(
  statements: Statements,
  { endpointId, missingSince }: Parameters<DeliveryStore['markMissing']>[0],
): number | undefined {
  if (missingSince === undefined) {
    statements.run('clear-missing', { endpoint_id: endpointId });
    return undefined;
  }
  const parameters = { endpoint_id: endpointId, missing_since: missingSince };
  return statements.one('mark-missing', parameters).missing_since;
}

const select = (statements: Statements, seq: number): Delivery =>
  deliveryFromRow(statements.one('select-delivery', { seq }));

const backlogFromRow = (row: BacklogRow): EndpointBacklog => ({
  endpointId: row.endpoint_id,
  nextDueAt: row.next_due_at ?? undefined,
  openCount: row.open_count,
});

const reportFromRow = (statements: Statements, row: ReportRow): Report => ({
  id: row.id,
  delivery: deliveryFromSnapshot(row.delivery),
  event: eventFromRow(statements.one('select-event', { seq: row.event_seq })),
  attempt:
    row.attempt_number === null
      ? undefined
      : attemptFromRow(
          statements.one('select-attempt', {
            delivery_seq: row.delivery_seq,
            number: row.attempt_number,
          }),
        ),
  createdAt: row.created_at,
});
