import type { NodeAPI } from 'node-red';
import { EndpointDirectory } from '../../../../src/delivery/endpoint/endpoint-directory.ts';
import type { DeliveryEngine } from '../../../../src/delivery/engine.ts';
import { LogEventReaders } from '../../../../src/delivery/log-events/log-event-readers.ts';
import { observers } from '../../../../src/delivery/observers.ts';
import type { Tell } from '../../../../src/delivery/reports.ts';
import { GroupDirectory } from '../../../../src/external-data/group-directory.ts';
import { HookError } from '../../../../src/errors.ts';
import { EventReceivers } from '../../../../src/inbound/inbox/event-receivers.ts';
import { DeliveryMetrics } from '../../../../src/metrics/delivery-metrics.ts';
import { systemClock, type Timer } from '../../../../src/platform/clock.ts';
import { redLogger } from '../logger.ts';
import { keepSigningSecrets, signingSecrets } from '../signing-secrets.ts';
import { connectionNodes } from './connection-nodes.ts';
import { EngineChanges } from './engine-changes.ts';
import { EngineUsers } from './engine-users.ts';
import { NamedStores } from './named-stores.ts';
import { openEngine, type OpenEngine } from './open-engine.ts';
import { ToldState } from './told-state.ts';

/** Whether events can be accepted, for a node's status. */
export type EngineState = 'closed' | 'open' | 'down';

/** What Node-RED tells with its events of flows: the flows as they are, or as they will be after the deploy that stops them. */
interface FlowsEvent {
  readonly config: object;
}

/** How long the engine goes on sending after the last of its nodes is gone: a full deploy closes every node and makes it anew. */
const LINGER_MS = 30_000;
/** How long to leave a store alone that could not be opened. */
const REOPEN_MS = 5000;

/**
 * The one engine and the one store of this Node-RED process. It survives deploys; it closes when Node-RED stops, or 30 s after
 * the last node that uses it went.
 */
export class EngineHost {
  readonly endpoints = new EndpointDirectory(signingSecrets, {
    findTls: (id) => this.#red.connections.findTls(id),
    findProxy: (id) => this.#red.connections.findProxy(id),
  });
  readonly groups = new GroupDirectory();
  readonly stores = new NamedStores();
  readonly metrics = new DeliveryMetrics();
  readonly changes = new EngineChanges();
  /** Who takes again what the inbox has kept. */
  readonly receivers = new EventReceivers();
  /** Who is told events of the log. */
  readonly logEventReaders = new LogEventReaders();
  readonly #users = new EngineUsers();
  readonly #state = new ToldState<EngineState>('closed');
  readonly #lookers = new Set<() => void>();
  #opened: { readonly file: string; readonly engine: Promise<OpenEngine> } | undefined;
  #closing: Promise<void> = Promise.resolve();
  #lingering: Timer | undefined;
  #reopening: Timer | undefined;
  #isRunning = false;
  #isEnding = false;
  #runningConfig: object | undefined;
  #toldFailure: string | undefined;
  #red: ReturnType<typeof takeFrom>;

  constructor(RED: NodeAPI) {
    this.#red = takeFrom(RED);
    // Before we listen ourselves: when the flows run, nodes are told of the secrets that are left.
    keepSigningSecrets(RED);
    RED.events.on('flows:stopping', ({ config }: FlowsEvent) => this.#flowsStop(config));
    RED.events.on('flows:started', ({ config }: FlowsEvent) => this.#flowsRun(config));
  }

  get state(): EngineState {
    return this.#state.now;
  }

  /** Takes over the settings of the Node-RED that loads a node; a test loads several in one process. */
  configure(RED: NodeAPI): this {
    this.#red = takeFrom(RED);
    return this;
  }

  /** Calls back with the state now and whenever it changes; answers how to stop that. */
  onState(listener: (state: EngineState) => void): () => void {
    return this.#state.listen(listener);
  }

  /**
   * Calls back whenever flows have started. Nodes are made in no order, so only then is it known which endpoints are there and what
   * is wrong with them. Answers how to stop that.
   */
  onFlowsRun(look: () => void): () => void {
    this.#lookers.add(look);
    return () => this.#lookers.delete(look);
  }

  /**
   * A node begins to use the engine: an out node, which is told its outcomes, or an endpoint, for which deliveries may be open.
   * Answers how it leaves; the last one at Node-RED's stop waits for the engine's end.
   */
  join(nodeId: string, tell?: Tell): () => Promise<void> {
    this.#users.add(nodeId, tell);
    this.#lingering?.cancel();
    void this.#opened?.engine.then(
      ({ engine }) => this.#users.register(engine, nodeId),
      () => undefined,
    );
    return () => this.#leave(nodeId, tell);
  }

  /** The engine, opened if it is not; rejects, in words for people, while the flows do not run or the store cannot be opened. */
  async get(): Promise<OpenEngine> {
    // Before the flows run nobody knows which store they name, and while they are stopped nothing is to be sent.
    if (!this.#opened && !this.#isRunning && this.#users.count === 0)
      throw new HookError('HOOK_STORE_CLOSED', 'The flows do not run, so the store is closed.');
    const file = this.stores.file(this.#red.userDir);
    if (this.#opened?.file !== file) {
      const before = this.#closing;
      void this.#close();
      const engine = before.then(() => this.#closing).then(() => this.#open(file));
      this.#opened = { file, engine };
      engine.catch((error: unknown) => {
        // Another file may be named by now, and its engine be open.
        if (this.#opened?.engine === engine) this.#openFailed(error);
      });
      if (this.#users.count === 0) this.#closeLater();
    }
    return this.#opened.engine;
  }

  /** The engine if it is open or about to be; opens nothing, and does not reject. */
  async peek(): Promise<OpenEngine | undefined> {
    return this.#opened?.engine.catch(() => undefined);
  }

  async #open(file: string): Promise<OpenEngine> {
    const opened = await openEngine({
      file,
      endpoints: this.endpoints,
      groups: this.groups,
      receivers: this.receivers,
      logEventReaders: this.logEventReaders,
      logger: this.#red.logger,
      observer: observers([this.metrics, this.changes]),
      retention: () => this.stores.retention,
      beforeStart: (engine) => {
        this.#users.registerAll(engine);
        engine.onHealthChange((id) => this.#endpointChanged(engine, id));
      },
    });
    opened.store.onHealth(({ isUp }) => this.#state.set(isUp ? 'open' : 'down'));
    if (this.#isRunning) opened.flowsRun();
    this.#toldFailure = undefined;
    this.#state.set(opened.store.health.isUp ? 'open' : 'down');
    return opened;
  }

  #endpointChanged(engine: DeliveryEngine, id: string): void {
    const endpoint = this.endpoints.find(id);
    this.changes.endpointChanged(id, endpoint && engine.healthOf(endpoint));
  }

  #openFailed(error: unknown): void {
    const words = error instanceof Error ? error.message : String(error);
    // Once: it is tried again every few seconds, for days if need be.
    if (words !== this.#toldFailure) this.#red.logger.error(words);
    this.#toldFailure = words;
    this.#state.set('down');
    this.#reopening?.cancel();
    this.#reopening = systemClock.after(REOPEN_MS, () => {
      this.#opened = undefined;
      if (this.#users.count > 0) this.get().catch(() => undefined);
    });
  }

  async #leave(nodeId: string, tell: Tell | undefined): Promise<void> {
    this.#users.remove(nodeId, tell);
    if (this.#users.count > 0) return;
    if (this.#isEnding) await this.#close();
    else this.#closeLater();
  }

  #closeLater(): void {
    this.#lingering?.cancel();
    this.#lingering = systemClock.after(LINGER_MS, () => {
      if (this.#users.count === 0) void this.#close();
    });
  }

  #close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    this.#lingering?.cancel();
    this.#reopening?.cancel();
    if (opened)
      this.#closing = opened.engine
        .then(
          (open) => open.close(),
          // It never opened, and was told of then.
          () => undefined,
        )
        .catch((error: unknown) =>
          this.#red.logger.warn(`The engine did not close cleanly: ${String(error)}`),
        )
        .finally(() => {
          if (!this.#opened) this.#state.set('closed');
        });
    return this.#closing;
  }

  /** A deploy, or a reload, has put other flows in place before it stops those that run; the stop of Node-RED, or of all flows, has not. */
  #flowsStop(config: object): void {
    this.#isRunning = false;
    this.#isEnding = config === this.#runningConfig;
    void this.#opened?.engine.then(
      (opened) => opened.flowsStop(),
      () => undefined,
    );
    if (this.#isEnding && this.#users.count === 0) void this.#close();
  }

  #flowsRun(config: object): void {
    this.#runningConfig = config;
    this.#isRunning = true;
    this.#isEnding = false;
    this.endpoints.keep(this.#red.hasNode);
    this.groups.keep(this.#red.hasNode);
    this.endpoints.refresh();
    for (const look of this.#lookers) look();
    if (this.#users.count === 0) return;
    this.get().then(
      (opened) => {
        // They may have stopped again while it opened.
        if (this.#isRunning) opened.flowsRun();
      },
      () => undefined,
    );
  }
}

/** What the host needs of the Node-RED it is in. */
const takeFrom = (RED: NodeAPI) => ({
  logger: redLogger(RED),
  userDir: RED.settings.userDir,
  hasNode: (id: string) => Boolean(RED.nodes.getNode(id)),
  connections: connectionNodes(RED),
});

let host: EngineHost | undefined;

/** The host of this process. */
export function engineHost(RED: NodeAPI): EngineHost {
  host = host?.configure(RED) ?? new EngineHost(RED);
  return host;
}
