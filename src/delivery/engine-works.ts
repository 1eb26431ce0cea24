import type { ExternalDataStore } from '../external-data/external-data-store.ts';
import type { GroupDirectory } from '../external-data/group-directory.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';
import type { Random } from '../platform/random.ts';
import type { DeliveryObserver } from './delivery-observer.ts';
import type { DeliveryStore } from './delivery-store.ts';
import { Dispatcher } from './dispatcher.ts';
import type { EndpointDirectory } from './endpoint/endpoint-directory.ts';
import { BacklogHolds } from './health/backlog-holds.ts';
import { EndpointCircuits } from './health/endpoint-circuits.ts';
import type { EndpointStateStore } from './health/endpoint-state-store.ts';
import { EndpointStates } from './health/endpoint-states.ts';
import { Reports } from './reports.ts';
import type { Transport } from './transport.ts';

/** What an engine is given. */
export interface EngineParts {
  readonly store: DeliveryStore;
  readonly states: EndpointStateStore;
  readonly transport: Transport;
  readonly endpoints: EndpointDirectory;
  readonly externalData: Pick<ExternalDataStore, 'find'>;
  readonly groups: GroupDirectory;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly observer?: DeliveryObserver;
}

/** What it works with: that, and what it keeps in memory while it runs. */
export interface EngineWorks extends Omit<EngineParts, 'states'> {
  readonly states: EndpointStates;
  readonly circuits: EndpointCircuits;
  readonly holds: BacklogHolds;
  readonly reports: Reports;
  readonly dispatcher: Dispatcher;
}

/** Puts an engine's works together; nothing runs yet. */
export function assembleWorks(parts: EngineParts): EngineWorks {
  const states = new EndpointStates(parts);
  const known = { ...parts, states };
  const circuits = new EndpointCircuits(known);
  const reports = new Reports(parts);
  const holds = new BacklogHolds({
    ...known,
    onApplied: (endpointId) => dispatcher.noteHealth(endpointId),
  });
  const dispatcher = new Dispatcher({ ...known, circuits, holds, reports });
  return { ...known, circuits, holds, reports, dispatcher };
}
