import type { NodeAPI } from 'node-red';
import { HookDirectory } from '../../../src/inbound/hook-directory.ts';

/** The hooks of this Node-RED process, of every node type that receives. */
export const hookDirectory = new HookDirectory();

const watched = new WeakSet<NodeAPI['events']>();

/** Takes out, whenever flows have started, the hooks that are gone. However often it is called: it listens once. */
export function keepHooks({ events }: Pick<NodeAPI, 'events'>): void {
  if (watched.has(events)) return;
  watched.add(events);
  events.on('flows:started', () => hookDirectory.dropStopped());
}
