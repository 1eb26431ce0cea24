/** The engine on the real SQLite store, with time that stands still. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { AcceptedDelivery, AcceptRequest } from '../../src/delivery/acceptance.ts';
import type { LogEntry } from '../../src/delivery/delivery-log.ts';
import type { DeliveryStore, Report } from '../../src/delivery/delivery-store.ts';
import type { EndpointStateStore } from '../../src/delivery/health/endpoint-state-store.ts';
import { statusOf, type DeliveryStatus } from '../../src/delivery/delivery.ts';
import { EndpointDirectory } from '../../src/delivery/endpoint/endpoint-directory.ts';
import { parseEndpoint, type EndpointSettings } from '../../src/delivery/endpoint/endpoint-settings.ts';
import { DeliveryEngine } from '../../src/delivery/engine.ts';
import type { Transport } from '../../src/delivery/transport.ts';
import { GroupDirectory } from '../../src/external-data/group-directory.ts';
import { LOG_EVENT_KINDS, type LogEventDetail } from '../../src/delivery/log-events/log-event.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import { SigningSecretDirectory } from '../../src/signature/signing-secret-directory.ts';
import {
  parseSigningSecret,
  type SigningSecretSettings,
} from '../../src/signature/signing-secret-settings.ts';
import type { HookStore } from '../../src/store/hook-store.ts';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { FakeClock } from './fake-clock.ts';
import { ScriptedTransport } from './scripted-transport.ts';
import { secretSettings } from './signing-secrets.ts';
import { until } from './until.ts';

type MakeTransport<Made extends Transport> = (clock: FakeClock) => Made;

type StoreMethod = keyof DeliveryStore | keyof EndpointStateStore;

/** The out node that the deliveries of a bench come from. */
export const OUT_NODE = 'out';

export class EngineBench<Made extends Transport = ScriptedTransport> {
  clock = new FakeClock();
  readonly secrets = new SigningSecretDirectory();
  readonly endpoints = new EndpointDirectory(this.secrets);
  readonly groups = new GroupDirectory();
  /** What the out node was told, over all starts. */
  readonly told: Report[] = [];
  /** The store's methods as the engine called them, by name. */
  readonly calls: StoreMethod[] = [];
  readonly warnings: string[] = [];
  /** What the observer was told of deliveries: how many attempts each had then, and its state. */
  readonly changes: [attempts: number, state: string][] = [];
  transport: Made;
  store!: HookStore;
  engine!: DeliveryEngine;
  readonly #folder: string;
  readonly #makeTransport: MakeTransport<Made>;
  #writer: Worker | undefined;
  #pendingCount = 0;
  #lastId = 0;

  private constructor(folder: string, makeTransport: MakeTransport<Made>) {
    this.#folder = folder;
    this.#makeTransport = makeTransport;
    this.transport = makeTransport(this.clock);
  }

  /** A bench whose engine runs, with a scripted transport. */
  static async start(...endpoints: Partial<EndpointSettings>[]): Promise<EngineBench> {
    return EngineBench.startWith((clock) => new ScriptedTransport(clock), ...endpoints);
  }

  static async startWith<Made extends Transport>(
    makeTransport: MakeTransport<Made>,
    ...endpoints: Partial<EndpointSettings>[]
  ): Promise<EngineBench<Made>> {
    const folder = await mkdtemp(path.join(tmpdir(), 'survey-hooks-'));
    const bench = new EngineBench(folder, makeTransport);
    for (const settings of endpoints) bench.endpoint(settings);
    await bench.openStore();
    await bench.startEngine();
    return bench;
  }

  async openStore(): Promise<void> {
    this.store = await openSqlite({
      file: path.join(this.#folder, 'hooks.db'),
      clock: systemClock,
      logger: silentLogger,
      startWorker: (file, options) => {
        const worker = new Worker(file, options);
        if (options.name?.includes('writer')) this.#writer = worker;
        return worker;
      },
    });
  }

  /** Makes the engine without starting it. */
  makeEngine(): DeliveryEngine {
    const { clock, endpoints, transport } = this;
    const warn = (message: string) => void this.warnings.push(message);
    this.engine = new DeliveryEngine({
      store: this.#counted(this.store.deliveries),
      states: this.#counted(this.store.endpointStates),
      transport,
      endpoints,
      externalData: this.store.externalData,
      groups: this.groups,
      clock,
      random: () => 0.5,
      logger: { info: warn, warn, error: warn },
      observer: { changed: ({ attempts, state }) => void this.changes.push([attempts, state.kind]) },
    });
    this.engine.register(OUT_NODE, (report) => this.told.push(report));
    return this.engine;
  }

  /** Answers how many attempts had been left without an outcome. */
  async startEngine(): Promise<number> {
    const count = await this.makeEngine().start();
    this.engine.openReports();
    return count;
  }

  /** Adds or replaces an endpoint; its id is `a` if not given. */
  endpoint(settings: Partial<EndpointSettings>): void {
    const id = settings.id ?? 'a';
    this.endpoints.set(parseEndpoint({ url: `http://${id}.example/`, ...settings, id }));
  }

  /** Adds or replaces a signing secret; its id is `secret` if not given. */
  secret(settings: Partial<SigningSecretSettings> = {}): void {
    this.secrets.set(parseSigningSecret(secretSettings(settings)));
  }

  /** Accepts a message for endpoints; answers its deliveries. */
  async accept(
    endpointIds: readonly string[] = ['a'],
    fields: Partial<AcceptRequest> & { body?: Uint8Array } = {},
  ): Promise<readonly AcceptedDelivery[]> {
    const { body = Buffer.from('{"score":9}'), ...request } = fields;
    const content = { contentType: 'application/json', body };
    const { deliveries } = await this.engine.accept({
      nodeId: OUT_NODE,
      webhookId: `msg_${(this.#lastId += 1)}`,
      listeningPost: 'Transactional',
      endpointIds,
      content: () => content,
      ...request,
    });
    return deliveries;
  }

  /** Accepts a message for one endpoint; answers its delivery's id. */
  async acceptOne(endpointId = 'a', fields: Parameters<EngineBench['accept']>[1] = {}): Promise<string> {
    const [delivery] = await this.accept([endpointId], fields);
    return delivery!.id;
  }

  async find(id: string): Promise<LogEntry> {
    const entry = await this.store.log.find(id);
    if (!entry) throw new Error(`The log has no delivery ${id}.`);
    return entry;
  }

  async statusOf(id: string): Promise<DeliveryStatus> {
    return statusOf((await this.find(id)).delivery);
  }

  /** How many deliveries of the log have each status. */
  async statuses(): Promise<Partial<Record<DeliveryStatus, number>>> {
    const counts: Partial<Record<DeliveryStatus, number>> = {};
    let cursor: string | undefined;
    do {
      const page = await this.store.log.list({ limit: 1000, ...(cursor !== undefined && { cursor }) });
      for (const one of page.items) counts[statusOf(one)] = (counts[statusOf(one)] ?? 0) + 1;
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return counts;
  }

  countOf(method: StoreMethod): number {
    return this.calls.filter((call) => call === method).length;
  }

  /** Waits until the engine asks the store for nothing more. */
  async idle(): Promise<void> {
    let quietTurns = 0;
    await until(
      async () => {
        for (let turn = 0; turn < 5 && quietTurns < 5; turn++) {
          await new Promise((resolve) => setImmediate(resolve));
          quietTurns = this.#pendingCount === 0 ? quietTurns + 1 : 0;
        }
        return quietTurns >= 5;
      },
      { what: () => `${this.#pendingCount} calls of the store`, everyMs: 1, timeoutMs: 20_000 },
    );
  }

  /** Moves the time on, timer by timer, and lets the engine come to rest after each. */
  async advance(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    for (;;) {
      await this.idle();
      const next = this.clock.nextTimerAt;
      if (next === undefined || next > end) break;
      await this.clock.advance(Math.max(next - this.clock.now(), 0));
    }
    await this.clock.advance(Math.max(end - this.clock.now(), 0));
    await this.idle();
  }

  /** The same in one step: what falls due meanwhile is late. For times that are too long to pass in steps. */
  async leap(ms: number): Promise<void> {
    await this.idle();
    await this.clock.leap(ms);
    await this.idle();
  }

  /** From now on the log's events are kept for `events`. */
  joinEvents(): Promise<void> {
    return this.store.logEvents.join({ nodeId: 'reader', kinds: LOG_EVENT_KINDS });
  }

  /** What the events since `joinEvents` say, oldest first. */
  async events(): Promise<LogEventDetail[]> {
    const { events } = await this.store.logEvents.list({
      nodeId: 'reader',
      kinds: LOG_EVENT_KINDS,
      limit: 1000,
    });
    return events.map(({ detail }) => detail);
  }

  /** Ends the process as `kill -9` would: nothing that is under way can be written down any more. */
  async crash(): Promise<void> {
    this.clock = new FakeClock(this.clock.now());
    this.transport = this.#makeTransport(this.clock);
    await this.store.close();
    await this.openStore();
  }

  /** Ends the thread that writes, as a fault in it would; it is opened again by itself. */
  async killWriter(): Promise<void> {
    const gone = until(() => !this.store.health.isUp, { what: () => 'the store to be down' });
    await this.#writer?.terminate();
    await gone;
  }

  async storeIsUp(): Promise<void> {
    await until(() => this.store.health.isUp, { what: () => 'the store to be up' });
  }

  /** Stops what runs, and lets the timers of the stop pass. */
  async stopEngine(): Promise<void> {
    const stopped = this.engine.stop();
    await this.advance(10_000);
    await stopped;
  }

  /** Stops as the process does, which closes the store as soon as the engine has stopped; opens it again. */
  async stopProcess(): Promise<void> {
    const stopped = this.engine.stop().then(() => this.store.close());
    await this.advance(10_000);
    await stopped;
    await this.openStore();
  }

  async close(): Promise<void> {
    await this.stopEngine();
    await this.transport.close();
    await this.store.close();
    await rm(this.#folder, { recursive: true });
  }

  #counted<Store extends DeliveryStore | EndpointStateStore>(store: Store): Store {
    return new Proxy(store, {
      get: (target, method: keyof Store & StoreMethod) => async (argument: never) => {
        this.calls.push(method);
        this.#pendingCount += 1;
        try {
          return await (target[method] as (given: never) => Promise<unknown>)(argument);
        } finally {
          this.#pendingCount -= 1;
        }
      },
    });
  }
}
