import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../src/platform/clock.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import type { HookStore } from '../../src/store/hook-store.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { StoreContext } from '../support/store.ts';
import { deliveryLogContract } from './delivery-log.contract.ts';
import { deliveryStoreContract } from './delivery-store.contract.ts';
import { externalDataStoreContract } from './external-data-store.contract.ts';
import { inboxStoreContract } from './inbox-store.contract.ts';
import { logEventStoreContract } from './log-event-store.contract.ts';
import { recordStoreContract } from './record-store.contract.ts';
import { retentionStoreContract } from './retention-store.contract.ts';

async function openSqlite(): Promise<StoreContext> {
  const folder = await mkdtemp(path.join(tmpdir(), 'survey-hooks-'));
  const open = (): Promise<HookStore> =>
    openStore({
      backend: 'sqlite',
      file: path.join(folder, 'hooks.db'),
      clock: systemClock,
      logger: silentLogger,
    });
  let store = await open();
  return {
    store,
    async reopen() {
      await store.close();
      store = await open();
      return store;
    },
    async close() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

deliveryStoreContract('SQLite', openSqlite);
deliveryLogContract('SQLite', openSqlite);
externalDataStoreContract('SQLite', openSqlite);
inboxStoreContract('SQLite', openSqlite);
logEventStoreContract('SQLite', openSqlite);
recordStoreContract('SQLite', openSqlite);
retentionStoreContract('SQLite', openSqlite);
