/** The inbox on the real SQLite store, with time that stands still. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EventReceivers } from '../../src/inbound/inbox/event-receivers.ts';
import { Inbox } from '../../src/inbound/inbox/inbox.ts';
import type { InboxEvent, InboxStore, OpenInboxEvent } from '../../src/inbound/inbox/inbox-store.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { silentLogger } from '../../src/platform/logger.ts';
import type { HookStore } from '../../src/store/hook-store.ts';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { FakeClock } from './fake-clock.ts';
import { until } from './until.ts';

export class InboxBench {
  readonly clock = new FakeClock();
  readonly receivers = new EventReceivers();
  /** The ids of the events that went into a flow again, in their order, over all starts. */
  readonly redelivered: string[] = [];
  /** The same of what the delivery engine was told. */
  readonly announced: string[] = [];
  readonly warnings: string[] = [];
  /** The hooks whose events were parked, each time. */
  readonly parkedAt: string[] = [];
  /** The store's methods as the inbox called them, by name. */
  readonly calls: (keyof InboxStore)[] = [];
  /** Makes a method of the store fail. */
  readonly failures = new Map<keyof InboxStore, Error>();
  store!: HookStore;
  inbox!: Inbox;
  readonly #folder: string;
  #lastId = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** A bench whose inbox is open, with the receiving hook `hook`; the flows do not run yet. */
  static async open(): Promise<InboxBench> {
    const bench = new InboxBench(await mkdtemp(path.join(tmpdir(), 'survey-hooks-')));
    bench.receive();
    await bench.start();
    return bench;
  }

  /** What a process does that starts: it opens the store, and later runs the flows. */
  async start(): Promise<void> {
    const file = path.join(this.#folder, 'hooks.db');
    this.store = await openSqlite({ file, clock: systemClock, logger: silentLogger });
    const warn = (message: string) => void this.warnings.push(message);
    this.inbox = new Inbox({
      store: this.#counted(this.store.inbox),
      clock: this.clock,
      receivers: this.receivers,
      logger: { info: warn, warn, error: warn },
      onRedeliver: (id) => this.announced.push(id),
      onPark: (hookId) => this.parkedAt.push(hookId),
    });
    await this.inbox.start();
  }

  /** The process ends and another one starts; its flows run. */
  async restart(): Promise<void> {
    await this.end();
    await this.start();
    this.inbox.flowsRun();
  }

  /** As a deploy does. */
  async deploy(): Promise<void> {
    this.inbox.flowsStop();
    await this.clock.advance(10);
    this.inbox.flowsRun();
  }

  /** Puts a receiving hook in; answers how it goes. */
  receive(hookId = 'hook', redeliver?: (event: InboxEvent) => void | Promise<void>): () => void {
    return this.receivers.set(hookId, {
      name: `Hook ${hookId}`,
      isReceiving: () => true,
      redeliver: (event) => {
        this.redelivered.push(event.id);
        return redeliver?.(event);
      },
    });
  }

  event(changes: Partial<InboxEvent> = {}): InboxEvent {
    const id = `e${(this.#lastId += 1)}`;
    return {
      id,
      hookId: 'hook',
      receivedAt: this.clock.now(),
      head: '{}',
      body: Buffer.from(id),
      ...changes,
    };
  }

  /** Takes events; answers their ids. */
  async take(count = 1, changes: Partial<InboxEvent> = {}): Promise<string[]> {
    const events = Array.from({ length: count }, () => this.event(changes));
    await Promise.all(events.map((event) => this.inbox.take({ event })));
    return events.map(({ id }) => id);
  }

  /** The open events that are not parked. */
  async open(): Promise<readonly OpenInboxEvent[]> {
    return this.store.inbox.listOpen({ afterSeq: 0, limit: 10_000 });
  }

  async openIds(): Promise<string[]> {
    return (await this.open()).map(({ id }) => id);
  }

  /** Moves time on in small steps, with time for the store in between, until so many events went into a flow again. */
  async untilRedelivered(count: number): Promise<void> {
    await until(
      async () => {
        await this.clock.advance(25);
        return this.redelivered.length >= count;
      },
      { what: () => `${count} redeliveries, not ${this.redelivered.length}`, everyMs: 1 },
    );
  }

  /** Lets a walk through the store come to its end; at most a second of the bench's time. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 40; turn++) {
      await this.clock.advance(25);
      await this.store.info();
    }
  }

  async end(): Promise<void> {
    await this.inbox.stop();
    await this.store.close();
  }

  async close(): Promise<void> {
    await this.end();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #counted(store: InboxStore): InboxStore {
    return new Proxy(store, {
      get: (target, name: keyof InboxStore) => (argument: never) => {
        this.calls.push(name);
        const failure = this.failures.get(name);
        return failure ? Promise.reject(failure) : target[name](argument);
      },
    });
  }
}
