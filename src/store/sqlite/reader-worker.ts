/** The worker thread that serves the log from a read-only connection, so that a search never holds up a commit. */
import type { DeliveryLog } from '../../delivery/delivery-log.ts';
import { perform, type Call } from '../synchronous.ts';
import { openReader } from './connection.ts';
import { createDeliveryLog } from './delivery-log.ts';
import { Statements } from './statements.ts';
import { serve } from './worker-serve.ts';

serve((settings) => {
  const database = openReader(settings);
  const log = createDeliveryLog(new Statements(database));
  return {
    answer(request) {
      // One snapshot for all statements of a call.
      database.exec('begin');
      try {
        // Only open.ts talks to this thread.
        return perform(log, request as Call<DeliveryLog>);
      } finally {
        database.exec('commit');
      }
    },
    close: () => database.close(),
  };
});
