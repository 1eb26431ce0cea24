import type { HookActivity } from '../inbound/hook-activity.ts';
import type { Mail } from './mail.ts';

/** Why nothing reaches a hook, in the order in which a person would mend it. */
export type EmailTrouble =
  | { readonly code: 'listener-missing' | 'listener-invalid' }
  | { readonly code: 'address-taken'; readonly name: string }
  | { readonly code: ListeningFault; readonly host: string; readonly port: number };

/** Why a listener does not listen. It tries again by itself. */
export type ListeningFault =
  | 'port-taken'
  | 'port-denied'
  | 'host-unknown'
  | 'certificate-missing'
  | 'certificate-invalid'
  | 'not-listening';

/** A place that receives mails, as its listener serves it. */
export interface EmailHook {
  readonly id: string;
  readonly name: string;
  /** The listener that it receives through. */
  readonly listenerId: string;
  /** The local part of its address, in small letters. */
  readonly localPart: string;
  /** An inactive hook keeps its address, and no mail is taken for it. */
  readonly activity: HookActivity;
  /** Whether events can be kept at present; mail that comes while they cannot is sent again. */
  canKeep(): boolean;
  /** Told whenever it is decided whether mail reaches the hook; undefined = it does. */
  onListening(trouble: EmailTrouble | undefined): void;
  /** Takes a mail. It is acknowledged when this resolves, so it is kept before; if it rejects, the sender comes again. */
  accept(event: EmailEvent): Promise<void>;
}

/** A mail for one hook, understood. */
export interface EmailEvent {
  /** Unique to this mail and hook. */
  readonly requestId: string;
  /** UTC epoch ms at which all of it was there. */
  readonly receivedAt: number;
  /** The address in the envelope, as it was sent; it need not stand in the mail. */
  readonly recipient: string;
  readonly remoteAddress: string;
  readonly rawMail: Buffer;
  readonly mail: Mail;
}
