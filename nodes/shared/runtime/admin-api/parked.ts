import type { EngineHost } from '../engine/engine-host.ts';
import { hookDirectory } from '../hook-directory.ts';
import { ApiError } from './guard.ts';

/** How many events of each hook are parked, by its id; undefined while the store cannot say. */
export async function countParked(host: EngineHost): Promise<ReadonlyMap<string, number> | undefined> {
  try {
    const { store } = await host.get();
    return new Map((await store.inbox.countParked()).map(({ hookId, count }) => [hookId, count]));
  } catch {
    // The list of hooks is looked at above all when something is wrong.
    return undefined;
  }
}

/** Lets a hook's parked events go into its flow once more, or deletes them; answers how many they were. */
export async function decideParked(host: EngineHost, hookId: string, action: unknown) {
  if (action !== 'run' && action !== 'drop')
    throw new ApiError(400, 'invalid_body', '"action" must be "run" or "drop".');
  const { inbox } = await host.get();
  const count = await (action === 'run' ? inbox.runParked(hookId) : inbox.dropParked(hookId));
  hookDirectory.noteChange(hookId);
  return { body: { count } };
}
