import type { Node, NodeStatus } from 'node-red';
import { systemClock, type Timer } from '../../../src/platform/clock.ts';
import { statusOf, type Status } from './status.ts';

const PAUSE_MS = 250;

/**
 * A status that strangers can make change as often as they send: the first change goes to the editors at once, and what follows
 * within a quarter of a second as its latest only.
 */
export function pacedStatus(node: Node): Status {
  const status = statusOf(node);
  let latest: NodeStatus | undefined;
  let pause: Timer | undefined;
  const showNow = (shown: NodeStatus): void => {
    latest = undefined;
    status.show(shown);
    pause = systemClock.after(PAUSE_MS, () => {
      pause = undefined;
      if (latest) showNow(latest);
    });
  };
  node.on('close', () => pause?.cancel());
  return {
    show(shown) {
      if (pause) latest = shown;
      else showNow(shown);
    },
  };
}
