import { hash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { NodeAPI } from 'node-red';
import { systemClock } from '../../../../src/platform/clock.ts';
import type { Secret } from '../../../../src/platform/secret.ts';
import type { ObservedEndpoint } from '../../../../src/metrics/delivery-metrics.ts';
import { EXPOSITION_TYPE, writeExposition } from '../../../../src/metrics/exposition.ts';
import { hookFamilies } from '../../../../src/metrics/hook-metrics.ts';
import { storeFamilies } from '../../../../src/metrics/store-metrics.ts';
import { engineHost, type EngineHost } from '../engine/engine-host.ts';
import type { OpenEngine } from '../engine/open-engine.ts';
import { hookDirectory } from '../hook-directory.ts';
import { answerText, installUnreadable, refuseForeign } from './guard.ts';

const ROOT = '/survey-hooks/metrics';

/** The route of the metrics, for users who may read and for who shows the store's token. */
export function installMetricsRoute(RED: NodeAPI): void {
  const { httpAdmin, auth } = RED;
  const host = engineHost(RED);
  const needsPermission = auth.needsPermission('survey-hooks.read');
  const mayRead: RequestHandler = (request, response, next) => {
    if (showsToken(request, host.stores.metricsToken)) next();
    else needsPermission(request, response, next);
  };
  httpAdmin.get(
    ROOT,
    refuseForeign,
    mayRead,
    answerText(EXPOSITION_TYPE, () => writeMetrics(host)),
  );
  installUnreadable(httpAdmin, ROOT);
}

/** By digests of equal length, so that the time it takes tells nothing of the token. */
function showsToken(request: Request, token: Secret | undefined): boolean {
  const [, shown] = /^Bearer +(\S+) *$/i.exec(request.get('authorization') ?? '') ?? [];
  if (shown === undefined || !token) return false;
  return timingSafeEqual(digest(shown), digest(token.reveal()));
}

const digest = (text: string): Buffer => hash('sha256', text, 'buffer');

/** Whoever looks at metrics opens no store, and finds out above all when something is wrong with it. */
async function writeMetrics(host: EngineHost): Promise<string> {
  const open = await host.peek();
  const [endpoints, parked, usage] = await Promise.all([
    observeEndpoints(host, open),
    known(open?.store.inbox.countParked()),
    known(open?.store.retention.measure()),
  ]);
  return writeExposition([
    ...host.metrics.families(endpoints, systemClock.now()),
    ...hookFamilies(
      hookDirectory.all(),
      parked && new Map(parked.map(({ hookId, count }) => [hookId, count])),
    ),
    ...storeFamilies(open && { store: open.store, usage }),
  ]);
}

async function observeEndpoints(host: EngineHost, open: OpenEngine | undefined): Promise<ObservedEndpoint[]> {
  const named = host.endpoints.names();
  const oldest = await known(open?.store.log.listOldestOpen(named.map(({ id }) => id)));
  const oldestById = new Map(oldest?.map(({ endpointId, createdAt }) => [endpointId, createdAt]));
  return named.map(({ id, name }) => ({
    id,
    name,
    openCount: oldest && open?.engine.openCount(id),
    oldestOpenAt: oldestById.get(id),
    ...observeHealth(host, open, id),
  }));
}

function observeHealth(
  { endpoints }: EngineHost,
  open: OpenEngine | undefined,
  id: string,
): Pick<ObservedEndpoint, 'isEnabled' | 'isCircuitOpen'> {
  const endpoint = endpoints.find(id);
  const health = endpoint && open?.engine.healthOf(endpoint);
  const isCircuitOpen = health && (health.circuit === 'open' || health.circuit === 'half-open');
  return { isEnabled: health?.isEnabled, isCircuitOpen };
}

/** What the store says; undefined while it cannot say. */
const known = <Answer>(asked: Promise<Answer> | undefined): Promise<Answer | undefined> =>
  Promise.resolve(asked).catch(() => undefined);
