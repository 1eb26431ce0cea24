import type { Node, NodeAPI, NodeStatus } from 'node-red';
import type { HookStore } from '../../../../src/store/hook-store.ts';
import { statusOf } from '../status.ts';
import { engineHost, type EngineState } from './engine-host.ts';

/** A node's use of the store. */
export interface StoreUse {
  /** The store, opened if it is not; rejects with a `HookError` while it cannot be opened. */
  open(): Promise<HookStore>;
  /** Shows what became of the last message. While the store is not open, how that stands is shown instead. */
  show(status: NodeStatus): void;
}

/** Uses the store for as long as the node lives, so that it is open from the start of the flows on, and shows with these how it stands. */
export function joinStore(
  RED: NodeAPI,
  node: Node,
  statuses: Readonly<Record<EngineState, NodeStatus>>,
): StoreUse {
  const host = engineHost(RED);
  const status = statusOf(node);
  const leave = host.join(node.id);
  const unlisten = host.onState((state) => status.show(statuses[state]));
  node.on('close', (_removed: boolean, done: () => void) => {
    unlisten();
    void leave().finally(done);
  });
  return {
    open: async () => (await host.get()).store,
    show: (shown) => status.show(host.state === 'open' ? shown : statuses[host.state]),
  };
}
