import type { Clock } from '../platform/clock.ts';
import type { DeliveryObserver } from './delivery-observer.ts';
import type { WaitingReason } from './delivery.ts';
import type { DeliveryStore, EndpointBacklog } from './delivery-store.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { EndpointDirectory } from './endpoint/endpoint-directory.ts';
import type { Endpoint } from './endpoint/endpoint.ts';
import type { BacklogHolds } from './health/backlog-holds.ts';
import type { EndpointStates } from './health/endpoint-states.ts';
import type { Reports } from './reports.ts';

export interface UpkeepParts {
  readonly store: DeliveryStore;
  readonly dispatcher: Dispatcher;
  readonly endpoints: EndpointDirectory;
  readonly states: EndpointStates;
  readonly holds: BacklogHolds;
  readonly reports: Reports;
  readonly clock: Clock;
  readonly observer?: DeliveryObserver | undefined;
}

/** How long an endpoint or an out node may be gone before what belongs to it is given up. */
export const GONE_LIMIT_MS = 24 * 3_600_000;
/** Small, so that a large backlog never holds up a commit. */
const BATCH = 200;

/** What is looked at each minute: due times after a jump of the clock, endpoints that are gone, what waits for too long, outcomes not told. */
export async function keepUp(parts: UpkeepParts): Promise<void> {
  const { store, dispatcher, endpoints, reports } = parts;
  const backlogs = await store.listBacklogs();
  for (const backlog of backlogs) {
    const endpoint = endpoints.find(backlog.endpointId);
    if (endpoint) await keepEndpoint(endpoint, parts);
    else if (!endpoints.has(backlog.endpointId)) await keepMissing(backlog, parts);
    // Its settings are wrong, but it is there: what is open waits for a person to mend them.
    else await store.markMissing({ endpointId: backlog.endpointId, missingSince: undefined });
  }
  if (reports.isOpen) await dropOldReports(parts);
  reports.drainAll();
  dispatcher.refresh(await store.listBacklogs());
}

/** Holds or lets go of what is open as the endpoint's health has it; for an endpoint that has come, or changed. */
export async function applyHealth(
  endpoint: Endpoint,
  { store, states, holds }: Pick<UpkeepParts, 'store' | 'states' | 'holds'>,
): Promise<void> {
  states.refresh(endpoint);
  await store.markMissing({ endpointId: endpoint.id, missingSince: undefined });
  await holds.apply(endpoint.id);
}

async function keepEndpoint(endpoint: Endpoint, parts: UpkeepParts): Promise<void> {
  await applyHealth(endpoint, parts);
  const reason = parts.states.waitingReason(endpoint);
  if (!reason) return;
  const now = parts.clock.now();
  await giveUpAll(parts, {
    endpointId: endpoint.id,
    reason: 'expired',
    message: `It waited ${AWAITED[reason]} for longer than the endpoint allows.`,
    now,
    waitingBefore: now - endpoint.expireAfterMs,
  });
}

const AWAITED: Readonly<Record<WaitingReason, string>> = {
  'endpoint-off': 'for the endpoint to be turned on',
  'endpoint-untested': 'for a test of the endpoint that succeeds',
  'circuit-open': 'for the endpoint, which kept failing, to take deliveries again,',
};

async function keepMissing({ endpointId }: EndpointBacklog, parts: UpkeepParts): Promise<void> {
  const now = parts.clock.now();
  const missingSince = await parts.store.markMissing({ endpointId, missingSince: now });
  if (missingSince === undefined || now - missingSince < GONE_LIMIT_MS) return;
  await giveUpAll(parts, {
    endpointId,
    reason: 'endpoint-removed',
    message: 'The endpoint has been gone from the flows for 24 hours.',
    now,
  });
}

async function giveUpAll(
  { store, observer }: UpkeepParts,
  request: Omit<Parameters<DeliveryStore['giveUp']>[0], 'limit'>,
): Promise<void> {
  let count: number;
  do {
    count = await store.giveUp({ ...request, limit: BATCH });
    if (count > 0) observer?.changedMany?.();
  } while (count === BATCH);
}

async function dropOldReports({ store, reports, clock }: UpkeepParts): Promise<void> {
  const createdBefore = clock.now() - GONE_LIMIT_MS;
  let count: number;
  do count = await store.dropReports({ exceptNodeIds: reports.nodeIds, createdBefore, limit: BATCH });
  while (count === BATCH);
}
