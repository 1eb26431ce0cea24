/** The gate for mail with its real SMTP server and its real reader, and hooks that do as a test says. */
import { EmailGate, type NamedListener } from '../../src/email/email-gate.ts';
import type { EmailEvent, EmailTrouble } from '../../src/email/email-hook.ts';
import { parseListener, type ListenerSettings } from '../../src/email/listener-settings.ts';
import { MailReader } from '../../src/email/mail-reader.ts';
import { HookActivity } from '../../src/inbound/hook-activity.ts';
import { systemClock, type Clock } from '../../src/platform/clock.ts';
import { until } from './until.ts';

interface BenchHook {
  readonly activity: HookActivity;
  readonly events: EmailEvent[];
  /** All that it was told of its address, newest last. */
  readonly told: (EmailTrouble | undefined)[];
  canKeep: boolean;
  /** What it does with a mail before it has it. */
  keep: (event: EmailEvent) => Promise<void>;
}

export class EmailBench {
  readonly gate: EmailGate;
  readonly #reader: MailReader;
  #lastId = 0;

  constructor(clock: Clock = systemClock, times: { readonly idleMs?: number } = {}) {
    this.#reader = new MailReader({ clock });
    const newId = (): string => `event-${++this.#lastId}`;
    this.gate = new EmailGate({ clock, newId, reader: this.#reader, ...times });
  }

  /** Puts in a listener at any port that is free, or changes it; it runs when the gate opens. */
  listener(
    settings: Omit<ListenerSettings, 'id'> = {},
    findCertificate: NamedListener['findCertificate'] = () => undefined,
    id = 'listener',
  ): void {
    this.gate.setListener(id, { parsed: parseListener({ port: 0, ...settings, id }), findCertificate });
  }

  hook(localPart: string, { id = localPart, listenerId = 'listener' } = {}): BenchHook {
    const hook: BenchHook = {
      activity: new HookActivity(),
      events: [],
      told: [],
      canKeep: true,
      keep: () => Promise.resolve(),
    };
    this.gate.claim({
      id,
      name: id,
      listenerId,
      localPart,
      activity: hook.activity,
      canKeep: () => hook.canKeep,
      onListening: (trouble) => hook.told.push(trouble),
      accept: async (event) => {
        await hook.keep(event);
        hook.events.push(event);
      },
    });
    return hook;
  }

  /** Opens the gate and waits until the listener listens; answers its port. */
  async open(id = 'listener'): Promise<number> {
    this.gate.open();
    await until(() => this.gate.portOf(id) !== undefined, { what: () => 'the listener to listen' });
    return this.gate.portOf(id) ?? 0;
  }

  async stop(): Promise<void> {
    await this.gate.stop();
    await this.#reader.close();
  }
}
