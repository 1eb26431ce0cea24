import type { Clock } from '../platform/clock.ts';
import { decideAddresses, type AddressBook } from './address-book.ts';
import type { EmailHook } from './email-hook.ts';
import { EmailReception } from './email-reception.ts';
import { troubleOf } from './email-trouble.ts';
import type { Listener, ParsedListener } from './listener-settings.ts';
import { Listeners, type WantedListener } from './listeners.ts';
import type { MailReader } from './mail-reader.ts';
import type { Reception } from './smtp-listener.ts';

export interface EmailGateOptions {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly reader: Pick<MailReader, 'read'>;
  /** As `SmtpListenerOptions` has it. */
  readonly idleMs?: number;
}

/** A listener as its settings are, and where its certificate is found when it starts. */
export interface NamedListener {
  readonly parsed: ParsedListener;
  findCertificate(): WantedListener['certificate'];
}

/**
 * Where mails to hooks come in. It begins shut. While it is shut, as during a deploy, senders are told to come again: a mail that is
 * acknowledged is kept.
 */
export class EmailGate {
  readonly #options: EmailGateOptions;
  readonly #listeners: Listeners;
  readonly #named = new Map<string, NamedListener>();
  readonly #hooks = new Map<string, EmailHook>();
  readonly #told = new WeakMap<EmailHook, string>();
  #book: AddressBook = decideAddresses([]);
  #isOpen = false;

  constructor(options: EmailGateOptions) {
    this.#options = options;
    this.#listeners = new Listeners({
      clock: options.clock,
      idleMs: options.idleMs,
      receptionOf: (listener) => this.#receptionOf(listener),
      onChange: () => this.#tellAll(),
    });
  }

  /** Takes the settings of a listener, over those it had; they hold when the gate opens. */
  setListener(id: string, listener: NamedListener): void {
    this.#named.set(id, listener);
  }

  /** Takes out the listeners of which `isThere` says no. */
  keepListeners(isThere: (id: string) => boolean): void {
    for (const id of this.#named.keys()) if (!isThere(id)) this.#named.delete(id);
  }

  /** Takes a hook in, over one with the same id; whether mail reaches it is told to it while the gate is open. */
  claim(hook: EmailHook): void {
    // Behind the others, also where it was there before.
    this.#hooks.delete(hook.id);
    this.#hooks.set(hook.id, hook);
    if (this.#isOpen) this.open();
  }

  release(id: string): void {
    if (this.#hooks.delete(id) && this.#isOpen) this.open();
  }

  /** Runs the listeners that hooks use, decides who has which address, and takes mail. */
  open(): void {
    this.#isOpen = true;
    const hooks = [...this.#hooks.values()];
    this.#book = decideAddresses(hooks);
    const used = new Set(hooks.map(({ listenerId }) => listenerId));
    this.#listeners.run([...used].flatMap((id) => this.#wanted(id) ?? []));
    this.#tellAll();
  }

  /** Takes no mail until it is opened again. The listeners go on, to say so. */
  shut(): void {
    this.#isOpen = false;
  }

  /** Ends the listeners; resolves when no sender is left. */
  async stop(): Promise<void> {
    this.shut();
    await this.#listeners.stop();
  }

  /** The port that a listener listens at; undefined while it does not. */
  portOf(listenerId: string): number | undefined {
    const state = this.#listeners.stateOf(listenerId);
    return state?.kind === 'listening' ? state.port : undefined;
  }

  #wanted(id: string): WantedListener | undefined {
    const named = this.#named.get(id);
    if (named?.parsed.kind !== 'valid') return undefined;
    return { listener: named.parsed.listener, certificate: named.findCertificate() };
  }

  #receptionOf(listener: Listener): Reception {
    return new EmailReception({
      ...this.#options,
      listener,
      isOpen: () => this.#isOpen,
      findHook: (localPart) => this.#book.find(listener.id, localPart),
    });
  }

  #tellAll(): void {
    if (!this.#isOpen) return;
    for (const hook of this.#hooks.values()) this.#tell(hook);
  }

  #tell(hook: EmailHook): void {
    const { listenerId, localPart } = hook;
    const trouble = troubleOf(hook, {
      parsed: this.#named.get(listenerId)?.parsed,
      owner: this.#book.find(listenerId, localPart),
      state: this.#listeners.stateOf(listenerId),
    });
    if (trouble === 'unknown') return;
    const words = JSON.stringify(trouble ?? null);
    if (this.#told.get(hook) === words) return;
    this.#told.set(hook, words);
    hook.onListening(trouble);
  }
}
