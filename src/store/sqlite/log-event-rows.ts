import type { Delivery } from '../../delivery/delivery.ts';
import type {
  LogEvent,
  LogEventDetail,
  LogEventKind,
  NewLogEvent,
} from '../../delivery/log-events/log-event.ts';
import { deliveryFromSnapshot, snapshotOf } from './rows.ts';
import type { Statements } from './statements.ts';

export interface LogEventRow {
  id: number;
  kind: LogEventKind;
  endpoint_id: string;
  endpoint_name: string;
  at: number;
  detail: string;
}

/** Adds an event if somebody reads its kind. */
export function insertLogEvent(
  statements: Statements,
  { endpointId, endpointName, at, detail }: NewLogEvent,
): void {
  statements.run('insert-log-event', {
    kind: detail.kind,
    endpoint_id: endpointId,
    endpoint_name: endpointName,
    at: Math.round(at),
    detail: detail.kind === 'failed' ? snapshotOf(detail.delivery) : JSON.stringify(detail),
  });
}

/** Adds the event of a delivery that has just failed; one that descends from such an event causes none. */
export function insertFailure(statements: Statements, delivery: Delivery): void {
  if (delivery.fromLogEvent) return;
  insertLogEvent(statements, {
    endpointId: delivery.endpointId,
    endpointName: delivery.endpointName,
    at: delivery.lastActivityAt,
    detail: { kind: 'failed', delivery },
  });
}

/** JSON in a column was written by `insertLogEvent`, so it is read back as what it was. */
export const logEventFromRow = ({
  id,
  kind,
  endpoint_id,
  endpoint_name,
  at,
  detail,
}: LogEventRow): LogEvent => ({
  id,
  endpointId: endpoint_id,
  endpointName: endpoint_name,
  at,
  detail:
    kind === 'failed'
      ? { kind, delivery: deliveryFromSnapshot(detail) }
      : (JSON.parse(detail) as LogEventDetail),
});
