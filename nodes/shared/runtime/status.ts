import type { Node, NodeStatus } from 'node-red';
import { systemClock, type Timer } from '../../../src/platform/clock.ts';

/** What a node shows of itself in the editors. */
export interface Status {
  show(status: NodeStatus): void;
}

const PAUSE_MS = 250;

/**
 * A node's status that goes to the editors only when it changes, and at most four times a second: messages decide it, strangers send
 * those, and Node-RED queues each status for every open editor. The first change goes at once; of what follows within the pause,
 * the latest.
 */
export function statusOf(node: Node): Status {
  let shown: NodeStatus = {};
  let latest: NodeStatus = shown;
  let pause: Timer | undefined;
  const update = (): void => {
    pause = undefined;
    if (latest === shown || (!latest.text && !shown.text)) return;
    shown = latest;
    node.status(shown);
    pause = systemClock.after(PAUSE_MS, update);
  };
  node.on('close', () => pause?.cancel());
  return {
    show(status) {
      latest = status;
      if (!pause) update();
    },
  };
}
