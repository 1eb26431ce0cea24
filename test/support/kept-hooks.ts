/** Hooks behind a real server that keep what they accept in a real store, with time that stands still. */
import type { ServerResponse } from 'node:http';
import { parseDedupeRule } from '../../src/inbound/deduplication/dedupe-rule.ts';
import type { InboundEvent, InboundHook } from '../../src/inbound/hook.ts';
import { restoreEvent, type RestoredEvent } from '../../src/inbound/inbox/restore-event.ts';
import { GateServer } from './gate-server.ts';
import { call, type Response } from './http.ts';
import { InboxBench } from './inbox-bench.ts';

interface KeptHook extends Partial<InboundHook> {
  readonly id?: string;
  readonly isDurable?: boolean;
  readonly dedupe?: string;
  /** What the flow does, where it answers. */
  readonly flow?: (response: ServerResponse, event: InboundEvent) => void;
  readonly timeoutMs?: number;
}

export class KeptHooks {
  readonly bench: InboxBench;
  readonly server: GateServer;
  readonly restored: RestoredEvent[] = [];
  /** Put before each answer of the store. */
  openInbox: () => Promise<InboxBench['inbox']>;

  private constructor(bench: InboxBench, server: GateServer) {
    this.bench = bench;
    this.server = server;
    this.openInbox = () => Promise.resolve(this.bench.inbox);
  }

  static async start(): Promise<KeptHooks> {
    const bench = await InboxBench.open();
    bench.inbox.flowsRun();
    return new KeptHooks(bench, await GateServer.start({ clock: bench.clock }));
  }

  /** Claims a hook that lets everyone in; its id is `hook` if not given. */
  claim({
    id = 'hook',
    isDurable = true,
    dedupe,
    flow,
    timeoutMs = 30_000,
    ...changes
  }: KeptHook = {}): void {
    const rule = dedupe === undefined ? undefined : parseDedupeRule(dedupe);
    this.server.claimOpen(id, {
      keeping: {
        isDurable,
        dedupe: rule && { rule, windowMs: 3_600_000 },
        open: () => this.openInbox(),
      },
      ...(flow && {
        answer: { by: 'flow', timeoutMs },
        accept: (event, response) => {
          this.server.events.push(event);
          if (response) flow(response, event);
        },
      }),
      ...changes,
    });
    this.bench.receive(id, async (event) => void this.restored.push(await restoreEvent(event)));
  }

  send(request: Parameters<typeof call>[1] = {}, path = '/hooks/hook'): Promise<Response> {
    return call(`${this.server.url}${path}`, { method: 'POST', ...request });
  }

  /** The ids of the events that went into the flow when they came. */
  get delivered(): string[] {
    return this.server.events.map(({ requestId }) => requestId);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await this.bench.close();
  }
}
