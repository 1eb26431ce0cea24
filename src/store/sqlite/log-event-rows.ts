import type { Delivery } from '../../delivery/delivery.ts';
import type { NewLogEvent } from '../../delivery/log-events/log-event.ts';
import type { Statements } from './statements.ts';

/** Adds an event if somebody reads them. */
export function insertLogEvent(
  statements: Statements,
  { endpointId, endpointName, at, detail }: NewLogEvent,
): void {
  statements.run('insert-log-event', {
    kind: detail.kind,
    endpoint_id: endpointId,
    endpoint_name: endpointName,
    at: Math.round(at),
    detail: JSON.stringify(detail),
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
