import path from 'node:path';
import type { RetentionLimits } from '../../../../src/delivery/retention-limits.ts';
import { HookError } from '../../../../src/errors.ts';
import type { Secret } from '../../../../src/platform/secret.ts';
import { parseStore, type ParsedStore } from '../../../../src/store/store-settings.ts';

const DEFAULT_FILE = 'survey-hooks.db';

/** Where no node names a store. */
const UNNAMED: ParsedStore = parseStore({});

interface NamedStore {
  readonly nodeId: string;
  readonly store: ParsedStore;
}

/** Which store the flows name: the first of the nodes that do. */
export class NamedStores {
  #named: readonly NamedStore[] = [];

  /** Names a node's store, or changes it; false = another node has named one already, and goes on doing so. */
  set(nodeId: string, store: ParsedStore): boolean {
    const named = { nodeId, store };
    const index = this.#named.findIndex((one) => one.nodeId === nodeId);
    this.#named = index < 0 ? [...this.#named, named] : this.#named.with(index, named);
    return this.#named[0] === named;
  }

  /** For a node that is gone; one that a deploy makes anew keeps its name meanwhile, or another store would be opened. */
  unset(nodeId: string): void {
    this.#named = this.#named.filter((named) => named.nodeId !== nodeId);
  }

  /** The absolute path of the store; throws HOOK_CONFIG_STORE_FILE where it is relative to a user directory that is not there. */
  file(userDir: string | undefined): string {
    const file = this.#store.file || DEFAULT_FILE;
    if (userDir === undefined && !path.isAbsolute(file))
      throw new HookError('HOOK_CONFIG_STORE_FILE', 'Node-RED has no user directory to keep the store in.');
    return path.resolve(userDir ?? '', file);
  }

  /** What is kept of closed deliveries; undefined = all, as nobody can tell what is meant. */
  get retention(): RetentionLimits | undefined {
    return this.#store.retention;
  }

  /** Who shows it may read the metrics; undefined = there is none. */
  get metricsToken(): Secret | undefined {
    return this.#store.metricsToken;
  }

  get #store(): ParsedStore {
    return this.#named[0]?.store ?? UNNAMED;
  }
}
