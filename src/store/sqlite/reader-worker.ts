/** The worker thread that serves what only reads, from a read-only connection, so that a search never holds up a commit. */
import { perform, type Call } from '../synchronous.ts';
import { openReader } from './connection.ts';
import { createReaderStore, type ReaderStore } from './reader-store.ts';
import { Statements } from './statements.ts';
import { serve } from './worker-serve.ts';

serve((settings) => {
  const database = openReader(settings);
  const store = createReaderStore(new Statements(database));
  return {
    answer(request) {
      // One snapshot for all statements of a call.
      database.exec('begin');
      try {
        // Only open.ts talks to this thread.
        return perform(store, request as Call<ReaderStore>);
      } finally {
        database.exec('commit');
      }
    },
    close: () => database.close(),
  };
});
