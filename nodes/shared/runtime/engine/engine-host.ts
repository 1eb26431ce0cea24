import path from 'node:path';
import type { NodeAPI } from 'node-red';
import { EndpointDirectory } from '../../../../src/delivery/endpoint-directory.ts';
import { DeliveryEngine } from '../../../../src/delivery/engine.ts';
import type { Tell } from '../../../../src/delivery/reports.ts';
import { HookError } from '../../../../src/errors.ts';
import { systemClock, type Timer } from '../../../../src/platform/clock.ts';
import type { Logger } from '../../../../src/platform/logger.ts';
import { systemRandom } from '../../../../src/platform/random.ts';
import type { HookStore } from '../../../../src/store/hook-store.ts';
import { openStore } from '../../../../src/store/open-store.ts';
import { UndiciTransport } from '../../../../src/transport/undici-transport.ts';
import { redLogger } from '../logger.ts';

/** The store and the engine on it, while they are open. */
export interface OpenEngine {
  readonly engine: DeliveryEngine;
  readonly store: HookStore;
  close(): Promise<void>;
}

/** Whether events can be accepted, for a node's status. */
export type EngineState = 'closed' | 'open' | 'down';

/** How long the engine goes on sending after the last out node is gone: a full deploy closes every node and makes it anew. */
const LINGER_MS = 30_000;
/** How long to leave a store alone that could not be opened. */
const REOPEN_MS = 5000;
const DEFAULT_FILE = 'survey-hooks.db';

/**
 * The one engine and the one store of this Node-RED process. It survives deploys; it closes when Node-RED stops, or 30 s after
 * the last node that uses it went.
 */
export class EngineHost {
  readonly endpoints = new EndpointDirectory();
  readonly #users = new Map<string, Tell>();
  readonly #leavers = new Map<string, () => void>();
  readonly #listeners = new Set<(state: EngineState) => void>();
  #stores: { readonly nodeId: string; readonly file: string }[] = [];
  #opened: { readonly file: string; readonly engine: Promise<OpenEngine> } | undefined;
  #closing: Promise<void> = Promise.resolve();
  #lingering: Timer | undefined;
  #reopening: Timer | undefined;
  #state: EngineState = 'closed';
  #isRunning = false;
  #isEnding = false;
  #logger: Logger;
  #userDir: string | undefined;

  constructor(RED: NodeAPI) {
    this.#logger = redLogger(RED);
    this.#userDir = RED.settings.userDir;
    RED.events.on('flows:stopping', ({ diff }: { diff?: object } = {}) => this.#flowsStop(diff));
    RED.events.on('flows:started', () => this.#flowsRun());
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Takes over the settings of the Node-RED that loads a node; a test loads several in one process. */
  configure(RED: NodeAPI): this {
    this.#logger = redLogger(RED);
    this.#userDir = RED.settings.userDir;
    return this;
  }

  /** Calls back with the state now and whenever it changes; answers how to stop that. */
  onState(listener: (state: EngineState) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#state);
    return () => this.#listeners.delete(listener);
  }

  /** Names the store's setting; false = another node has named it already. */
  setStore(nodeId: string, file: string): boolean {
    this.#stores = [...this.#stores.filter((store) => store.nodeId !== nodeId), { nodeId, file }];
    return this.#stores[0]?.nodeId === nodeId;
  }

  unsetStore(nodeId: string): void {
    this.#stores = this.#stores.filter((store) => store.nodeId !== nodeId);
  }

  /** An out node begins to use the engine. Answers how it leaves; the last one at Node-RED's stop waits for the engine's end. */
  join(nodeId: string, tell: Tell): () => Promise<void> {
    this.#users.set(nodeId, tell);
    this.#lingering?.cancel();
    void this.#opened?.engine.then(
      ({ engine }) => this.#register(engine, nodeId),
      () => undefined,
    );
    return () => this.#leave(nodeId, tell);
  }

  /** The engine, opened if it is not; rejects, in words for people, while the store cannot be opened. */
  get(): Promise<OpenEngine> {
    const file = this.#file();
    if (this.#opened?.file !== file) {
      const before = this.#closing;
      void this.#close();
      this.#opened = { file, engine: before.then(() => this.#closing).then(() => this.#open(file)) };
      this.#opened.engine.catch((error: unknown) => this.#openFailed(error));
      if (this.#users.size === 0) this.#closeLater();
    }
    return this.#opened.engine;
  }

  #file(): string {
    const file = this.#stores[0]?.file.trim() || DEFAULT_FILE;
    return path.resolve(this.#userDir ?? '', file);
  }

  async #open(file: string): Promise<OpenEngine> {
    if (this.#userDir === undefined && !path.isAbsolute(this.#stores[0]?.file ?? ''))
      throw new HookError('HOOK_CONFIG_STORE_FILE', 'Node-RED has no user directory to keep the store in.');
    const logger = this.#logger;
    const store = await openStore({ backend: 'sqlite', file, clock: systemClock, logger });
    const transport = new UndiciTransport(systemClock);
    const engine = new DeliveryEngine({
      store: store.deliveries,
      transport,
      endpoints: this.endpoints,
      clock: systemClock,
      random: systemRandom,
      logger,
    });
    store.onHealth(({ isUp }) => this.#setState(isUp ? 'open' : 'down'));
    for (const nodeId of this.#users.keys()) this.#register(engine, nodeId);
    const close = async (): Promise<void> => {
      await engine.stop();
      await Promise.allSettled([transport.close(), store.close()]);
    };
    try {
      const interrupted = await engine.start();
      if (interrupted > 0)
        logger.warn(`${interrupted} attempts ended with Node-RED and are made again with the same ids.`);
    } catch (error) {
      await close();
      throw error;
    }
    if (this.#isRunning) engine.openReports();
    this.#setState('open');
    return { engine, store, close };
  }

  #openFailed(error: unknown): void {
    this.#logger.error(error instanceof Error ? error.message : String(error));
    this.#setState('down');
    this.#reopening?.cancel();
    this.#reopening = systemClock.after(REOPEN_MS, () => {
      this.#opened = undefined;
      if (this.#users.size > 0) this.get().catch(() => undefined);
    });
  }

  #register(engine: DeliveryEngine, nodeId: string): void {
    const tell = this.#users.get(nodeId);
    if (tell) this.#leavers.set(nodeId, engine.register(nodeId, tell));
  }

  async #leave(nodeId: string, tell: Tell): Promise<void> {
    if (this.#users.get(nodeId) === tell) {
      this.#users.delete(nodeId);
      this.#leavers.get(nodeId)?.();
      this.#leavers.delete(nodeId);
    }
    if (this.#users.size > 0) return;
    if (this.#isEnding) await this.#close();
    else this.#closeLater();
  }

  #closeLater(): void {
    this.#lingering?.cancel();
    this.#lingering = systemClock.after(LINGER_MS, () => {
      if (this.#users.size === 0) void this.#close();
    });
  }

  #close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    this.#lingering?.cancel();
    this.#reopening?.cancel();
    if (opened)
      this.#closing = opened.engine
        .then((open) => open.close())
        .catch((error: unknown) => this.#logger.warn(`The engine did not close cleanly: ${String(error)}`))
        .finally(() => {
          if (!this.#opened) this.#setState('closed');
        });
    return this.#closing;
  }

  /** A deploy says what it changes; the stop of Node-RED, or of all flows, does not. */
  #flowsStop(diff: object | undefined): void {
    this.#isRunning = false;
    this.#isEnding = !diff || !('globalConfigChanged' in diff);
    void this.#opened?.engine.then(
      ({ engine }) => engine.pauseReports(),
      () => undefined,
    );
  }

  #flowsRun(): void {
    this.#isRunning = true;
    this.#isEnding = false;
    if (this.#users.size === 0) return;
    this.get().then(
      ({ engine }) => engine.openReports(),
      () => undefined,
    );
  }

  #setState(state: EngineState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}

let host: EngineHost | undefined;

/** The host of this process. */
export function engineHost(RED: NodeAPI): EngineHost {
  host = host?.configure(RED) ?? new EngineHost(RED);
  return host;
}
