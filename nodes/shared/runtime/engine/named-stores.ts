import path from 'node:path';
import { HookError } from '../../../../src/errors.ts';

const DEFAULT_FILE = 'survey-hooks.db';

/** Which store the flows name: the first of the nodes that do. */
export class NamedStores {
  #named: readonly { readonly nodeId: string; readonly file: string }[] = [];

  /** Names a node's store, or changes it; false = another node has named one already, and goes on doing so. */
  set(nodeId: string, file: string): boolean {
    const store = { nodeId, file };
    const index = this.#named.findIndex((one) => one.nodeId === nodeId);
    this.#named = index < 0 ? [...this.#named, store] : this.#named.with(index, store);
    return this.#named[0] === store;
  }

  /** For a node that is gone; one that a deploy makes anew keeps its name meanwhile, or another store would be opened. */
  unset(nodeId: string): void {
    this.#named = this.#named.filter((store) => store.nodeId !== nodeId);
  }

  /** The absolute path of the store; throws HOOK_CONFIG_STORE_FILE where it is relative to a user directory that is not there. */
  file(userDir: string | undefined): string {
    const file = this.#named[0]?.file.trim() || DEFAULT_FILE;
    if (userDir === undefined && !path.isAbsolute(file))
      throw new HookError('HOOK_CONFIG_STORE_FILE', 'Node-RED has no user directory to keep the store in.');
    return path.resolve(userDir ?? '', file);
  }
}
