import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Clock, Timer } from '../platform/clock.ts';
import { collectMail, type MailSpace } from './collect-mail.ts';
import type { Listener } from './listener-settings.ts';
import { REPLIES, type Reply, type ReplyCode } from './replies.ts';

/** A key and its certificate, or both in one `pfx`, as `node:tls` takes them. */
export interface Certificate {
  readonly key?: string | Buffer | undefined;
  readonly cert?: string | Buffer | undefined;
  readonly pfx?: string | Buffer | undefined;
  readonly passphrase?: string | undefined;
}

/** A mail as it came, and whom its envelope names. */
export interface ReceivedMail {
  readonly rawMail: Buffer;
  /** At least one. */
  readonly recipients: readonly string[];
  readonly remoteAddress: string;
}

/** Who decides what a listener takes. Undefined = it is taken. */
export interface Reception {
  /** Asked before anything else of a sender is looked at. */
  admit(remoteAddress: string): Reply | undefined;
  knows(recipient: string, remoteAddress: string): Reply | undefined;
  /** Told of a mail that is refused before it could be taken. */
  refuse(mail: Omit<ReceivedMail, 'rawMail'>, reply: Reply): void;
  /** The sender gets its answer when this resolves: a mail that is taken is kept by then. */
  take(mail: ReceivedMail): Promise<Reply | undefined>;
}

export interface SmtpListenerOptions {
  readonly listener: Listener;
  readonly certificate: Certificate | undefined;
  readonly reception: Reception;
  readonly space: MailSpace;
  readonly clock: Clock;
  /** How long a sender may be silent, in ms; a minute if absent. */
  readonly idleMs?: number | undefined;
}

/** The most senders at a time. */
const MOST_CLIENTS = 50;
/** The most recipients of a mail; RFC 5321 (4.5.3.1.8) asks for no fewer. */
const MOST_RECIPIENTS = 100;
/** How long a sender may be silent. */
const IDLE_MS = 60_000;
/** How long a sender may stay, however steadily it goes on: 10 MB in that time are 17 KB a second. */
const LONGEST_CONNECTION_MS = 600_000;
/** How long senders have to end when the listener ends. */
const CLOSE_MS = 2000;
/** Of a command, in bytes; RFC 5321 (4.5.3.1.4) asks for 512, extensions for some more. */
const LONGEST_COMMAND = 2048;

/** Commands that a listener has no use for, some of which would be jokes or a way to speak for others. */
const UNUSED_COMMANDS = ['AUTH', 'HELP', 'WIZ', 'SHELL', 'KILL', 'XCLIENT', 'XFORWARD'];

/** An SMTP server (RFC 5321) that takes mail for hooks and passes none on. */
export class SmtpListener {
  readonly #options: SmtpListenerOptions;
  readonly #server: SMTPServer;
  readonly #connected = new Map<string, Timer>();

  /** Throws where the certificate cannot be used. */
  constructor(options: SmtpListenerOptions) {
    this.#options = options;
    const { listener, certificate, idleMs = IDLE_MS } = options;
    this.#server = new SMTPServer({
      ...secureWith(certificate),
      name: listener.domain || 'localhost',
      banner: 'Survey Hooks',
      heloResponse: '%s',
      size: listener.maxSize,
      rejectOversized: true,
      maxClients: MOST_CLIENTS,
      maxRecipients: MOST_RECIPIENTS,
      maxCommandLength: LONGEST_COMMAND,
      socketTimeout: idleMs,
      closeTimeout: CLOSE_MS,
      authOptional: true,
      disabledCommands: certificate ? UNUSED_COMMANDS : [...UNUSED_COMMANDS, 'STARTTLS'],
      disableReverseLookup: true,
      hideENHANCEDSTATUSCODES: false,
      logger: false,
      onConnect: (session, callback) => this.#connect(session, callback),
      onClose: (session) => this.#forget(session),
      onRcptTo: ({ address }, session, callback) => callback(errorOf(this.#judge(address, session))),
      onData: (stream, session, callback) => void this.#receive(stream, session).then(callback),
    });
    // Of a single connection; without a listener it would end the process.
    this.#server.on('error', () => undefined);
  }

  /** Resolves with the port when it listens; rejects with the system's error where it cannot. */
  listen(): Promise<number> {
    const { host, port } = this.#options.listener;
    const { server } = this.#server;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, exclusive: true }, () => {
        server.off('error', reject);
        const address = server.address();
        resolve(typeof address === 'object' && address ? address.port : port);
      });
    });
  }

  /** Frees the port at once. Senders get 421 with what they do next, and after two seconds anyhow; resolves when they are gone. */
  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #connect(session: SMTPServerSession, callback: (error?: Error | null) => void): void {
    const refused = this.#options.reception.admit(session.remoteAddress);
    if (!refused)
      this.#connected.set(
        session.id,
        this.#options.clock.after(LONGEST_CONNECTION_MS, () => this.#cut(session, 'too_long_connected')),
      );
    callback(errorOf(refused));
  }

  #forget({ id }: SMTPServerSession): void {
    this.#connected.get(id)?.cancel();
    this.#connected.delete(id);
  }

  #judge(recipient: string, { remoteAddress }: SMTPServerSession): Reply | undefined {
    const { reception } = this.#options;
    return reception.admit(remoteAddress) ?? reception.knows(recipient, remoteAddress);
  }

  /** Never rejects; what it answers is the sender's. */
  async #receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<Error | null> {
    const { listener, space, reception } = this.#options;
    const recipients = session.envelope.rcptTo.map(({ address }) => address);
    const { remoteAddress } = session;
    const cut = (): void => this.#cut(session, 'too_large');
    const rawMail = await collectMail(stream, { limit: listener.maxSize, space, cut });
    if (typeof rawMail === 'string') {
      const reply: Reply = { reply: rawMail === 'gone' ? 'not_read' : rawMail };
      if (rawMail !== 'gone') reception.refuse({ recipients, remoteAddress }, reply);
      return errorOf(reply);
    }
    try {
      return errorOf(await reception.take({ rawMail, recipients, remoteAddress }));
    } catch {
      return errorOf({ reply: 'store_down' });
    } finally {
      space.giveBack(rawMail.length);
    }
  }

  #cut({ id }: SMTPServerSession, reply: ReplyCode): void {
    for (const connection of this.#server.connections)
      if (connection.id === id) {
        connection.send(REPLIES[reply].status, REPLIES[reply].text);
        connection.close();
      }
  }
}

/** All are named, also those that are not there: in their place the server would put a key that everybody knows. */
const secureWith = ({ key, cert, pfx, passphrase }: Certificate = {}) => ({
  key,
  cert,
  pfx,
  passphrase,
  minVersion: 'TLSv1.2' as const,
});

/** A reply as the server wants it. */
function errorOf(refused: Reply | undefined): Error | null {
  if (!refused) return null;
  const { status, text } = REPLIES[refused.reply];
  const because = refused.because === undefined ? '' : ` ${refused.because}`;
  return Object.assign(new Error(`${text}.${because}`), { responseCode: status });
}
