import type { Request } from 'express';
import type { NodeAPI } from 'node-red';
import type { HookSwitches } from '../../../../src/inbound/hook-activity.ts';
import type { ListedHook } from '../../../../src/inbound/hook-directory.ts';
import { engineHost } from '../engine/engine-host.ts';
import { hookDirectory } from '../hook-directory.ts';
import { answer, ApiError, fieldsOf, installUnreadable, permit } from './guard.ts';
import { hookJson, interactionJson } from './hook-json.ts';
import { countParked, decideParked } from './parked.ts';

const ROOT = '/survey-hooks/hooks';

/** The routes of hooks of every kind: the list, their switches, their last interactions, what is parked. */
export function installHookRoutes(RED: NodeAPI): void {
  const { httpAdmin } = RED;
  // Now: it has to have heard that the flows run before it opens the store for anyone.
  const host = engineHost(RED);
  const mayRead = permit(RED, 'survey-hooks.read');
  const maySeePayload = permit(RED, 'survey-hooks.payload');
  const mayWrite = permit(RED, 'survey-hooks.write');

  httpAdmin.get(
    ROOT,
    ...mayRead,
    answer(async () => {
      const parked = await countParked(host);
      return { body: hookDirectory.all().map((hook) => hookJson(hook, parkedOf(hook, parked))) };
    }),
  );
  httpAdmin.get(
    `${ROOT}/:id/interactions`,
    ...maySeePayload,
    answer((request) => {
      const { interactions } = find(request).activity;
      return { body: interactions?.list().map(interactionJson) ?? [] };
    }),
  );
  httpAdmin.post(
    `${ROOT}/:id/activate`,
    ...mayWrite,
    answer((request) => switchHook(request, { isActive: true })),
  );
  httpAdmin.post(
    `${ROOT}/:id/deactivate`,
    ...mayWrite,
    answer((request) => switchHook(request, { isActive: false })),
  );
  httpAdmin.post(
    `${ROOT}/:id/debug`,
    ...mayWrite,
    answer((request) => switchHook(request, { isDebugged: readOn(request) })),
  );
  httpAdmin.post(
    `${ROOT}/:id/parked`,
    ...mayWrite,
    answer((request) => decideParked(host, find(request).facts.id, fieldsOf(request)['action'])),
  );
  installUnreadable(httpAdmin, ROOT);
}

const parkedOf = ({ facts }: ListedHook, parked: ReadonlyMap<string, number> | undefined): number | null =>
  parked ? (parked.get(facts.id) ?? 0) : null;

/** Throws where no such hook is in the flows. */
function find(request: Request): ListedHook {
  const hook = hookDirectory.find(String(request.params['id']));
  if (!hook) throw new ApiError(404, 'unknown_hook', 'There is no hook with this id.');
  return hook;
}

/** It lasts until the hook starts anew, with a deploy or with Node-RED: then its settings count. */
function switchHook(request: Request, changes: Partial<HookSwitches>) {
  const { facts, activity } = find(request);
  activity.switchTo(changes);
  const { isActive, isDebugged } = activity.switches;
  return { body: { id: facts.id, active: isActive, debug: isDebugged, until: 'restart' } };
}

function readOn(request: Request): boolean {
  const { on } = fieldsOf(request);
  if (typeof on === 'boolean') return on;
  throw new ApiError(400, 'invalid_body', '"on" must be true or false.');
}
