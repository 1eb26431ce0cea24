import type { Clock } from '../platform/clock.ts';
import type { EmailHook } from './email-hook.ts';
import type { Listener } from './listener-settings.ts';
import { noteRefused, noteTaken } from './mail-interactions.ts';
import type { MailReader } from './mail-reader.ts';
import { isUnreadable, type Mail } from './mail.ts';
import { readRecipient } from './recipient.ts';
import type { Reply } from './replies.ts';
import type { ReceivedMail, Reception } from './smtp-listener.ts';

export interface ReceptionOptions {
  readonly listener: Listener;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly reader: Pick<MailReader, 'read'>;
  /** Whether the flows run. */
  isOpen(): boolean;
  /** The hook of the listener that has this local part. */
  findHook(localPart: string): EmailHook | undefined;
}

/** A hook that a mail is for. */
interface Addressee {
  readonly hook: EmailHook;
  /** As the envelope has it. */
  readonly recipient: string;
}

/** What is kept at a time of a mail for several hooks: the store holds a limited number of bytes that wait for their commit. */
const KEPT_AT_ONCE = 16 * 1024 * 1024;

/** Decides what a listener takes: mail for active hooks, and only as long as it can be kept. */
export class EmailReception implements Reception {
  readonly #options: ReceptionOptions;

  constructor(options: ReceptionOptions) {
    this.#options = options;
  }

  admit(remoteAddress: string): Reply | undefined {
    if (!this.#options.listener.allowedClients.includes(remoteAddress))
      return { reply: 'client_not_allowed' };
    return this.#options.isOpen() ? undefined : { reply: 'flows_not_running' };
  }

  knows(recipient: string, remoteAddress: string): Reply | undefined {
    const hook = this.#find(recipient);
    if (!hook) return { reply: 'unknown_recipient' };
    const { isActive } = hook.activity;
    if (isActive && hook.canKeep()) return undefined;
    const reply: Reply = { reply: isActive ? 'store_down' : 'unknown_recipient' };
    const reason = isActive ? {} : { reason: 'The hook is not active.' };
    const attempt = { recipient, remoteAddress, receivedAt: this.#options.clock.now(), rawMail: undefined };
    noteRefused(hook.activity, attempt, { ...reply, ...reason });
    return reply;
  }

  refuse(received: Omit<ReceivedMail, 'rawMail'> & Partial<ReceivedMail>, reply: Reply): void {
    const { rawMail, remoteAddress } = received;
    const receivedAt = this.#options.clock.now();
    for (const { hook, recipient } of this.#addresseesOf(received))
      noteRefused(hook.activity, { recipient, remoteAddress, receivedAt, rawMail }, reply);
  }

  async take(received: ReceivedMail): Promise<Reply | undefined> {
    const receivedAt = this.#options.clock.now();
    const mail = await this.#options.reader.read(received.rawMail);
    // A deploy may have come while the mail was on its way.
    if (!this.#isServing(received)) return { reply: 'flows_not_running' };
    const reply = isUnreadable(mail)
      ? ({ reply: mail.isFinal ? 'unreadable' : 'not_read', because: mail.unreadable } as const)
      : await this.#keep(received, mail, receivedAt);
    if (reply) this.refuse(received, reply);
    return reply;
  }

  /** For all, or the sender comes again: then those that could keep it get it twice, and nobody loses it. */
  async #keep(received: ReceivedMail, mail: Mail, receivedAt: number): Promise<Reply | undefined> {
    const { rawMail, remoteAddress } = received;
    const addressees = this.#addresseesOf(received);
    const keep = async ({ hook, recipient }: Addressee): Promise<void> => {
      const requestId = this.#options.newId();
      await hook.accept({ requestId, receivedAt, recipient, remoteAddress, rawMail, mail });
      noteTaken(hook.activity, { recipient, remoteAddress, receivedAt, rawMail }, requestId);
    };
    const atOnce = Math.max(1, Math.floor(KEPT_AT_ONCE / Math.max(1, rawMail.length)));
    for (let at = 0; at < addressees.length; at += atOnce) {
      const outcomes = await Promise.allSettled(addressees.slice(at, at + atOnce).map(keep));
      if (outcomes.some(({ status }) => status === 'rejected')) return { reply: 'store_down' };
    }
    return undefined;
  }

  #find(recipient: string): EmailHook | undefined {
    const { listener } = this.#options;
    const { localPart, domain } = readRecipient(recipient);
    return listener.domain === '' || domain === listener.domain
      ? this.#options.findHook(localPart)
      : undefined;
  }

  #isServing({ recipients }: ReceivedMail): boolean {
    const isActive = (recipient: string): boolean => this.#find(recipient)?.activity.isActive === true;
    return this.#options.isOpen() && recipients.every(isActive);
  }

  /** Each hook once, though several of its addresses may be named. */
  #addresseesOf({ recipients }: Pick<ReceivedMail, 'recipients'>): Addressee[] {
    const found = new Map<EmailHook, string>();
    for (const recipient of recipients) {
      const hook = this.#find(recipient);
      if (hook && !found.has(hook)) found.set(hook, recipient);
    }
    return [...found].map(([hook, recipient]) => ({ hook, recipient }));
  }
}
