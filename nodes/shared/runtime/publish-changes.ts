import type { NodeAPI } from 'node-red';
import { systemClock } from '../../../src/platform/clock.ts';
import { ChangePublisher } from './change-publisher.ts';
import { engineHost } from './engine/engine-host.ts';
import { asError } from './failure.ts';
import { hookDirectory } from './hook-directory.ts';
import { redLogger } from './logger.ts';

const TOPIC = 'survey-hooks/changed';

/** Tells open editors from now on what has changed, by id and state alone. */
export function publishChanges(RED: NodeAPI): void {
  const logger = redLogger(RED);
  const publisher = new ChangePublisher((changes) => {
    try {
      RED.comms.publish(TOPIC, changes, false);
    } catch (error) {
      // A request must not fail because an editor's connection does.
      logger.warn(`Open editors could not be told of changes: ${asError(error).message}`);
    }
  }, systemClock);
  const host = engineHost(RED);
  host.changes.publishTo(publisher);
  // Of what a deploy takes away nobody is told by name.
  host.onFlowsRun(() => publisher.noteMore());
  hookDirectory.onChange((id) => publisher.note({ kind: 'hook', id, status: statusOfHook(id) }));
}

function statusOfHook(id: string): string {
  const hook = hookDirectory.find(id);
  if (!hook) return 'removed';
  return hook.activity.isActive ? 'active' : 'inactive';
}
