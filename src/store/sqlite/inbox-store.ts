import type { InboxStore, KeepResult } from '../../inbound/inbox/inbox-store.ts';
import type { Synchronous } from '../synchronous.ts';
import { answerToRow, inboxEventFromRow, inboxEventToRow, markFromRow, markToRow } from './inbox-rows.ts';
import type { Statements } from './statements.ts';

type KeepRequest = Parameters<InboxStore['keep']>[0];
type MarkName = Parameters<InboxStore['forgetMark']>[0];

/** What a `keep` may have committed though its caller was told that it failed. */
export interface LostKeep {
  readonly eventIds: readonly string[];
  readonly mark: MarkName | undefined;
}

/** What the writer's thread does: the port, and taking back what a dying thread left. */
export interface InboxWriter extends InboxStore {
  forgetKept(lost: LostKeep): Promise<void>;
}

/** The inbox on a connection that is inside a transaction: each call either does all or throws. */
export function createInboxStore(statements: Statements): Synchronous<InboxWriter> {
  const forgetMark = (mark: MarkName) => void statements.run('forget-mark', nameToRow(mark));
  const closeEvents = (ids: readonly string[]) => void statements.run('close-inbox-events', idsToRow(ids));
  return {
    keep: (request) => keep(statements, request),
    answerMark: ({ answer, ...mark }) =>
      void statements.run('answer-mark', { ...nameToRow(mark), ...answerToRow(answer) }),
    forgetMark,
    forgetUnansweredMarks: () => statements.run('forget-unanswered-marks', {}),
    dropExpiredMarks: ({ now, limit }) => statements.run('drop-expired-marks', { now, limit }),
    closeEvents,
    listOpen: ({ afterSeq, limit }) =>
      statements.all('list-inbox', { after_seq: afterSeq, limit }).map(inboxEventFromRow),
    countRedeliveries: (ids) => void statements.run('count-redeliveries', idsToRow(ids)),
    park: (ids) => void statements.run('park', idsToRow(ids)),
    countParked: () =>
      statements.all('count-parked').map((row) => ({ hookId: row.hook_id, count: row.parked_count })),
    listParked: ({ hookId, limit }) =>
      statements.all('list-parked', { hook_id: hookId, limit }).map(inboxEventFromRow),
    unpark: ({ hookId, limit }) => statements.run('unpark', { hook_id: hookId, limit }),
    dropParked: ({ hookId, limit }) => statements.run('drop-parked', { hook_id: hookId, limit }),
    forgetKept: ({ eventIds, mark }) => {
      if (mark) forgetMark(mark);
      closeEvents(eventIds);
    },
  };
}

function keep(statements: Statements, { event, mark, now }: KeepRequest): KeepResult {
  if (mark) {
    const parameters = { hook_id: mark.hookId, key: mark.key, now: Math.round(now) };
    const first = statements.first('find-mark', parameters);
    if (first) return { kind: 'duplicate', first: markFromRow(first) };
    statements.insert('put-mark', markToRow(mark));
  }
  if (event) statements.insert('insert-inbox-event', inboxEventToRow(event));
  return { kind: 'kept' };
}

const nameToRow = ({ hookId, key, eventId }: MarkName) => ({ hook_id: hookId, key, event_id: eventId });

const idsToRow = (ids: readonly string[]) => ({ ids: JSON.stringify(ids) });
