import type { Delivery, Sending } from '../../delivery/delivery.ts';
import type { Claimed, ClaimRequest, ClaimResult } from '../../delivery/delivery-store.ts';
import { deliveryFromRow, eventFromRow } from './rows.ts';
import type { Statements } from './statements.ts';

/** Puts what is due for an endpoint under way: resends, and by due time or, if ordered, the oldest. */
export function claim(statements: Statements, request: ClaimRequest): ClaimResult {
  const { now, limit, resends = 'first' } = request;
  const kinds = resends === 'first' ? [nextResends, nextAutomatic] : [nextAutomatic, nextResends];
  const claimed: Claimed[] = [];
  for (const nextOf of kinds) {
    const room = limit - claimed.length;
    if (room === 0) break;
    const next = nextOf(statements, { ...request, limit: room });
    claimed.push(...next.map(({ seq }) => begin(statements, seq, now)));
  }
  return { claimed, nextDueAt: nextDueAt(statements, request, claimed.length) };
}

function begin(statements: Statements, seq: number, now: number): Claimed {
  statements.run('begin-attempt', { seq, now });
  const row = statements.one('select-delivery', { seq });
  const event = eventFromRow(statements.one('select-event', { seq: row.event_seq }));
  // The row was put under way just now, in this transaction.
  return { delivery: deliveryFromRow(row) as Delivery<Sending>, event };
}

const nextResends = (statements: Statements, { endpointId, limit }: ClaimRequest): { seq: number }[] =>
  statements.all('due-resends', { endpoint_id: endpointId, limit });

function nextAutomatic(statements: Statements, request: ClaimRequest): { seq: number }[] {
  const { endpointId, now, limit, ordered, automatic = 'due' } = request;
  switch (automatic) {
    case 'none':
      return [];
    case 'probe':
      return nextProbe(statements, request);
    case 'due':
      return ordered
        ? dueInOrder(statements, endpointId, now)
        : statements.all('due-attempts', { endpoint_id: endpointId, now, limit });
  }
}

function nextProbe(statements: Statements, { endpointId, ordered }: ClaimRequest): { seq: number }[] {
  if (!ordered) return statements.all('next-probe', { endpoint_id: endpointId });
  if (isOrderBusy(statements, endpointId)) return [];
  const next = statements.first('next-probe-in-order', { endpoint_id: endpointId });
  return next?.state === 'waiting' ? [next] : [];
}

function dueInOrder(statements: Statements, endpointId: string, now: number): { seq: number }[] {
  if (isOrderBusy(statements, endpointId)) return [];
  const next = statements.first('next-in-order', { endpoint_id: endpointId });
  return next && next.next_attempt_at !== null && next.next_attempt_at <= now ? [next] : [];
}

const isOrderBusy = (statements: Statements, endpointId: string): boolean =>
  statements.one('is-order-busy', { endpoint_id: endpointId }).is_busy === 1;

/**
 * In order, only the next one counts: what stands behind it cannot be sent before it, due or not. While that waits for an attempt which
 * this claim did not begin, no time is known: a caller that was told one would ask again and again.
 */
function nextDueAt(
  statements: Statements,
  { endpointId, now, ordered, automatic = 'due' }: ClaimRequest,
  claimedCount: number,
): number | undefined {
  const parameters = { endpoint_id: endpointId };
  if (statements.all('due-resends', { ...parameters, limit: 1 }).length > 0) return now;
  if (automatic !== 'due') return undefined;
  if (!ordered) return statements.one('next-due', parameters).next_due_at ?? undefined;
  if (claimedCount === 0 && isOrderBusy(statements, endpointId)) return undefined;
  return statements.first('next-in-order', parameters)?.next_attempt_at ?? undefined;
}
