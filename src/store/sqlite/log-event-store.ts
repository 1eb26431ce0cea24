import type { LogEventPage, LogEventStore } from '../../delivery/log-events/log-event-store.ts';
import type { Synchronous } from '../synchronous.ts';
import { logEventFromRow } from './log-event-rows.ts';
import type { Statements } from './statements.ts';

/** What the writer's thread does for the port. */
export interface LogEventWriter {
  joinLogEvents: LogEventStore['join'];
  markLogEventsRead: LogEventStore['markRead'];
  dropLogEvents: LogEventStore['drop'];
}

/** What a thread that only reads does for the port. */
export interface LogEventPages {
  listLogEvents: LogEventStore['list'];
}

/** How many events a page looks at: one reader may want none of those that wait for another. */
const LOOKED_AT = 5_000;

/** On a connection that is inside a transaction: each call either does all or throws. */
export const createLogEventWriter = (statements: Statements): Synchronous<LogEventWriter> => ({
  joinLogEvents: ({ nodeId, kinds }) =>
    void statements.run('join-log-events', { node_id: nodeId, kinds: JSON.stringify(kinds) }),
  markLogEventsRead: ({ nodeId, upTo }) =>
    void statements.run('mark-log-events-read', { node_id: nodeId, up_to: upTo }),
  dropLogEvents({ presentNodeIds, now, goneBefore, limit }) {
    const present = JSON.stringify(presentNodeIds);
    statements.run('note-gone-readers', { present_node_ids: present, now: Math.round(now) });
    statements.run('drop-gone-readers', { gone_before: Math.round(goneBefore) });
    return statements.run('drop-log-events', { limit });
  },
});

/** On a read-only connection. */
export const createLogEventPages = (statements: Statements): Synchronous<LogEventPages> => ({
  listLogEvents({ nodeId, kinds, limit }): LogEventPage {
    const after = statements.first('find-log-event-reader', { node_id: nodeId })?.read_to;
    if (after === undefined) return { events: [], upTo: 0, hasMore: false };
    // Asked for before the events: what is added meanwhile is on a later page.
    const newest = statements.one('last-log-event', {}).id ?? 0;
    const lookedTo = Math.max(after, Math.min(newest, after + LOOKED_AT));
    const rows = statements.all('list-log-events', {
      after,
      up_to: lookedTo,
      kinds: JSON.stringify(kinds),
      limit,
    });
    const events = rows.map(logEventFromRow);
    const last = events.length === limit ? events.at(-1) : undefined;
    return {
      events,
      upTo: last?.id ?? lookedTo,
      hasMore: last !== undefined || lookedTo < newest,
    };
  },
});
