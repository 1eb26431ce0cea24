import { askAdminApi } from './admin-api.ts';
import type { HookRow } from './hook-row.ts';
import type { Interaction } from './interaction.ts';
import { findMappingNodes } from './mapping-nodes.ts';

/** A request to a hook. */
export interface HookRequest {
  readonly hook: HookRow;
  readonly interaction: Interaction;
}

/**
 * The last request that a hook took whose flow leads to a mapping, or where none is recorded, the last of any hook; undefined where
 * nothing is. Rejects with an `AdminApiError`.
 */
export async function findLastRequest(mappingId: string): Promise<HookRequest | undefined> {
  const hooks = ((await askAdminApi('hooks')) as HookRow[]).filter(({ debug }) => debug);
  const requests = await Promise.all(hooks.map(lastOf));
  const found = requests.flatMap((request) => request ?? []);
  const leading = found.filter(({ hook }) => leadsTo(hook.id, mappingId));
  return (leading.length > 0 ? leading : found).sort((one, other) => timeOf(other) - timeOf(one))[0];
}

async function lastOf(hook: HookRow): Promise<HookRequest | undefined> {
  const path = `hooks/${encodeURIComponent(hook.id)}/interactions`;
  const interactions = (await askAdminApi(path)) as Interaction[];
  const interaction = interactions.find(({ decision }) => isTaken(decision.outcome));
  return interaction && { hook, interaction };
}

/** What was refused is no example of what the flow gets. */
const isTaken = (outcome: string): boolean => ['accepted', 'flow', 'duplicate'].includes(outcome);

const timeOf = ({ interaction }: HookRequest): number => Date.parse(interaction.receivedAt);

const leadsTo = (hookId: string, mappingId: string): boolean =>
  findMappingNodes(RED.nodes.node(hookId)).reached.some(({ id }) => id === mappingId);
