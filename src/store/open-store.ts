import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { HookStore } from './hook-store.ts';
import { openSqlite } from './sqlite/open.ts';

/** Which store to open. */
export interface StoreOptions {
  readonly backend: 'sqlite';
  /** Absolute path of the database; it and its folder are made when missing. */
  readonly file: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Opens a store; the one place that chooses the back-end. Rejects with HOOK_STORE_LOCKED where another process has
 * it, HOOK_STORE_CORRUPT, HOOK_STORE_SCHEMA_NEWER, HOOK_CONFIG_STORE_FILE or HOOK_CONFIG_NODE_VERSION.
 */
export function openStore({ file, clock, logger }: StoreOptions): Promise<HookStore> {
  return openSqlite({ file, clock, logger });
}
