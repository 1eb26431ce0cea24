import { interrupt, type Delivery, type Resting, type Sending } from '../../delivery/delivery.ts';
import type { Settled, Settlement } from '../../delivery/delivery-store.ts';
import { putExternalValues } from './external-data-store.ts';
import { insertFailure } from './log-event-rows.ts';
import { attemptToRow, deliveryFromRow, endToRow, snapshotOf } from './rows.ts';
import type { Statements } from './statements.ts';

/** Ends the attempt that the settlement belongs to; undefined if that is not under way. */
export function settle(statements: Statements, settlement: Settlement): Settled | undefined {
  const { attempt, report } = settlement;
  const seq = statements.first('find-delivery-seq', { id: settlement.delivery.id })?.seq;
  if (seq === undefined) return undefined;
  const stored = select(statements, seq);
  if (!isSending(stored) || stored.state.number !== attempt.number) return undefined;
  const ended = merge(stored, settlement);
  statements.run('end-attempt', { seq, ...endToRow(ended), resends: ended.resends });
  statements.insert('insert-attempt', { delivery_seq: seq, ...attemptToRow(attempt) });
  if (attempt.captured?.subject) {
    const { groupId, subject, values } = attempt.captured;
    putExternalValues(statements, { groupId, subject, values, now: ended.lastActivityAt });
  }
  // The attempt was ended just now, in this transaction.
  const delivery = select(statements, seq) as Delivery<Resting>;
  // A resend that fails leaves a failed delivery as it was, which nobody needs to be told again.
  if (delivery.state.kind === 'failed' && stored.state.from.kind !== 'failed')
    insertFailure(statements, delivery);
  if (!report) return { delivery, reportId: undefined };
  const reportId = statements.insert('insert-report', {
    node_id: delivery.nodeId,
    delivery_seq: seq,
    attempt_number: attempt.number,
    delivery: snapshotOf(delivery),
    created_at: delivery.lastActivityAt,
  });
  return { delivery, reportId };
}

/**
 * The settled delivery with what changed here while the attempt was under way, which whoever made it cannot know:
 * resends asked for, another endpoint, and, since a resend leaves its delivery as it was, a hold or release.
 */
function merge(stored: Delivery<Sending>, { delivery, attempt }: Settlement): Delivery<Resting> {
  const isPutBack = attempt.outcome === 'interrupted';
  const keepsState = stored.state.manual && delivery.state.kind !== 'succeeded';
  return {
    ...delivery,
    resends: isPutBack ? interrupt(stored, delivery.lastActivityAt).resends : stored.resends,
    state: keepsState ? stored.state.from : delivery.state,
  };
}

const select = (statements: Statements, seq: number): Delivery =>
  deliveryFromRow(statements.one('select-delivery', { seq }));

const isSending = (delivery: Delivery): delivery is Delivery<Sending> => delivery.state.kind === 'sending';
