import type { Clock, Timer } from '../platform/clock.ts';
import { MailSpace } from './collect-mail.ts';
import type { ListeningFault } from './email-hook.ts';
import type { Listener } from './listener-settings.ts';
import { LARGEST_MAIL } from './mail-size.ts';
import { SmtpListener, type Certificate, type Reception } from './smtp-listener.ts';

/** A listener that is to run. */
export interface WantedListener {
  readonly listener: Listener;
  /** Undefined = no encryption is offered; `missing` = it is to be, and there is none to offer it with. */
  readonly certificate: Certificate | 'missing' | undefined;
}

/** How a listener does; `starting` is over in a moment. */
export type Listening =
  | { readonly kind: 'starting' }
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'failed'; readonly fault: ListeningFault };

interface ListenersOptions {
  readonly clock: Clock;
  /** As `SmtpListenerOptions` has it. */
  readonly idleMs?: number | undefined;
  readonly receptionOf: (listener: Listener) => Reception;
  /** Told after each change of a listener. */
  readonly onChange: () => void;
}

interface Running {
  readonly key: string;
  state: Listening;
  server: SmtpListener | undefined;
  retry: Timer | undefined;
  isStopped: boolean;
}

/** How long until a listener that could not listen tries again. */
const RETRY_MS = 5000;
/** What all senders of a process may send at a time, in bytes: what comes above that is told to come again. */
const MOST_AT_ONCE = 2 * LARGEST_MAIL;

/** The SMTP servers of this process, by the id of their listener. One that a deploy leaves as it is goes on listening. */
export class Listeners {
  readonly #options: ListenersOptions;
  readonly #space = new MailSpace(MOST_AT_ONCE);
  readonly #running = new Map<string, Running>();
  readonly #closing = new Set<Promise<void>>();

  constructor(options: ListenersOptions) {
    this.#options = options;
  }

  /** Runs these and no others. */
  run(wanted: readonly WantedListener[]): void {
    const keys = new Map(wanted.map((one) => [one.listener.id, keyOf(one)]));
    for (const [id, running] of this.#running) if (keys.get(id) !== running.key) this.#stop(id, running);
    for (const one of wanted) if (!this.#running.has(one.listener.id)) this.#begin(one);
  }

  stateOf(id: string): Listening | undefined {
    return this.#running.get(id)?.state;
  }

  /** Ends all; resolves when no sender is left. */
  async stop(): Promise<void> {
    this.run([]);
    await Promise.all(this.#closing);
  }

  #begin(wanted: WantedListener): void {
    const running: Running = {
      key: keyOf(wanted),
      state: { kind: 'starting' },
      server: undefined,
      retry: undefined,
      isStopped: false,
    };
    this.#running.set(wanted.listener.id, running);
    void this.#listen(wanted, running);
  }

  async #listen(wanted: WantedListener, running: Running): Promise<void> {
    const server = this.#create(wanted);
    if (typeof server === 'string') {
      this.#change(running, { kind: 'failed', fault: server });
      return;
    }
    try {
      const port = await server.listen();
      if (running.isStopped) {
        this.#close(server);
        return;
      }
      running.server = server;
      this.#change(running, { kind: 'listening', port });
    } catch (error) {
      if (running.isStopped) return;
      running.retry = this.#options.clock.after(RETRY_MS, () => void this.#listen(wanted, running));
      this.#change(running, { kind: 'failed', fault: faultOf(error) });
    }
  }

  #create({ listener, certificate }: WantedListener): SmtpListener | ListeningFault {
    if (certificate === 'missing') return 'certificate-missing';
    const { clock, idleMs, receptionOf } = this.#options;
    const reception = receptionOf(listener);
    try {
      return new SmtpListener({ listener, certificate, clock, idleMs, space: this.#space, reception });
    } catch {
      return 'certificate-invalid';
    }
  }

  #change(running: Running, state: Listening): void {
    if (running.isStopped) return;
    running.state = state;
    this.#options.onChange();
  }

  #stop(id: string, running: Running): void {
    this.#running.delete(id);
    running.isStopped = true;
    running.retry?.cancel();
    if (running.server) this.#close(running.server);
  }

  #close(server: SmtpListener): void {
    const closing = server.close().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }
}

const keyOf = ({ listener, certificate }: WantedListener): string =>
  `${listener.fingerprint} ${JSON.stringify(certificate)}`;

const FAULTS: Readonly<Record<string, ListeningFault>> = {
  EADDRINUSE: 'port-taken',
  EACCES: 'port-denied',
  EADDRNOTAVAIL: 'host-unknown',
  ENOTFOUND: 'host-unknown',
  EAI_AGAIN: 'host-unknown',
};

const faultOf = (error: unknown): ListeningFault =>
  (error instanceof Error && 'code' in error && FAULTS[String(error.code)]) || 'not-listening';
