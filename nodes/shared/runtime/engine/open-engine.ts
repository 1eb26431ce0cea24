import type { DeliveryObserver } from '../../../../src/delivery/delivery-observer.ts';
import type { EndpointDirectory } from '../../../../src/delivery/endpoint/endpoint-directory.ts';
import { DeliveryEngine } from '../../../../src/delivery/engine.ts';
import type { LogEventReaders } from '../../../../src/delivery/log-events/log-event-readers.ts';
import { LogEventReading } from '../../../../src/delivery/log-events/log-event-reading.ts';
import type { GroupDirectory } from '../../../../src/external-data/group-directory.ts';
import type { RetentionLimits } from '../../../../src/delivery/retention-limits.ts';
import { Retention } from '../../../../src/delivery/retention.ts';
import { TestFires } from '../../../../src/delivery/test-fire/test-fires.ts';
import type { EventReceivers } from '../../../../src/inbound/inbox/event-receivers.ts';
import { Inbox } from '../../../../src/inbound/inbox/inbox.ts';
import { systemClock } from '../../../../src/platform/clock.ts';
import type { Logger } from '../../../../src/platform/logger.ts';
import { systemRandom } from '../../../../src/platform/random.ts';
import type { HookStore } from '../../../../src/store/hook-store.ts';
import { openStore } from '../../../../src/store/open-store.ts';
import { UndiciTransport } from '../../../../src/transport/undici-transport.ts';
import { hookDirectory } from '../hook-directory.ts';

/** The store, and what works on it, while they are open. */
export interface OpenEngine {
  readonly engine: DeliveryEngine;
  readonly inbox: Inbox;
  readonly store: HookStore;
  readonly testFires: TestFires;
  /** The flows run: nodes can be told what the store keeps for them. */
  flowsRun(): void;
  /** The flows stop: it waits in the store. */
  flowsStop(): void;
  close(): Promise<void>;
}

export interface OpenEngineOptions {
  /** Absolute path of the database. */
  readonly file: string;
  readonly endpoints: EndpointDirectory;
  readonly groups: GroupDirectory;
  readonly receivers: EventReceivers;
  readonly logEventReaders: LogEventReaders;
  readonly logger: Logger;
  readonly observer: DeliveryObserver;
  /** What is kept of closed deliveries, as the flows have it at the moment; undefined = all. */
  readonly retention: () => RetentionLimits | undefined;
  /** Called before anything is sent: nobody can be told an outcome whom the engine does not know. */
  readonly beforeStart: (engine: DeliveryEngine) => void;
}

/** Opens the store and starts what works on it, or leaves nothing open and rejects as `openStore` does. */
export async function openEngine(options: OpenEngineOptions): Promise<OpenEngine> {
  const { file, endpoints, groups, receivers, logger, observer, beforeStart } = options;
  const parts = { clock: systemClock, random: systemRandom, logger };
  const store = await openStore({ backend: 'sqlite', file, ...parts });
  const transport = new UndiciTransport(systemClock);
  const engine = new DeliveryEngine({
    store: store.deliveries,
    states: store.endpointStates,
    transport,
    endpoints,
    externalData: store.externalData,
    groups,
    observer,
    ...parts,
  });
  const onRedeliver = (eventId: string): void => engine.beginRedelivery(eventId);
  const onPark = (hookId: string): void => hookDirectory.noteChange(hookId);
  const inbox = new Inbox({ store: store.inbox, receivers, onRedeliver, onPark, ...parts });
  const logEvents = new LogEventReading({
    store: store.logEvents,
    readers: options.logEventReaders,
    ...parts,
  });
  const retention = new Retention({ store: store.retention, limits: options.retention, ...parts });
  const close = async (): Promise<void> => {
    // What a flow is still given could not be delivered any more.
    await inbox.stop();
    await Promise.all([engine.stop(), logEvents.stop(), retention.stop()]);
    await Promise.allSettled([transport.close(), store.close()]);
  };
  beforeStart(engine);
  // Before the engine does anything that they are told of.
  logEvents.start();
  try {
    await inbox.start();
    const interrupted = await engine.start();
    retention.start();
    if (interrupted > 0)
      logger.warn(`${interrupted} attempts ended with Node-RED and are made again with the same ids.`);
  } catch (error) {
    await close();
    throw error;
  }
  const testFires = new TestFires({ transport, clock: systemClock });
  return {
    engine,
    inbox,
    store,
    testFires,
    flowsRun: () => {
      engine.openReports();
      logEvents.open();
      inbox.flowsRun();
    },
    flowsStop: () => {
      engine.pauseReports();
      logEvents.pause();
      inbox.flowsStop();
    },
    close,
  };
}
