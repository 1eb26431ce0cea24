import type { EndpointState } from '../../delivery/health/endpoint-state.ts';
import type { EndpointStateStore } from '../../delivery/health/endpoint-state-store.ts';
import type { Synchronous } from '../synchronous.ts';
import { insertLogEvent } from './log-event-rows.ts';
import type { Statements } from './statements.ts';

/** On a connection that is inside a transaction: each call either does all or throws. */
export const createEndpointStateStore = (statements: Statements): Synchronous<EndpointStateStore> => ({
  listStates: () =>
    statements.all('list-endpoint-states').map((row) => ({
      endpointId: row.endpoint_id,
      // Written below, and by nothing else.
      state: JSON.parse(row.state) as EndpointState,
    })),
  putState({ endpointId, state, events }) {
    statements.run('put-endpoint-state', {
      endpoint_id: endpointId,
      state: state ? JSON.stringify(state) : null,
    });
    for (const event of events) insertLogEvent(statements, event);
  },
});
