import type { HookActivity } from '../inbound/hook-activity.ts';
import type { Decision } from '../inbound/interactions/interaction.ts';
import { showBody } from '../inbound/interactions/shown-body.ts';
import { REPLIES, type Reply } from './replies.ts';

/** A mail, or the attempt to send one, as debug shows it. */
export interface ShownMail {
  /** The address in the envelope. */
  readonly recipient: string;
  readonly remoteAddress: string | null;
  /** UTC epoch ms. */
  readonly receivedAt: number;
  /** Undefined where it had not been sent yet. */
  readonly rawMail: Uint8Array | undefined;
}

/** Counts a mail that a hook has taken, and shows it while somebody looks. */
export function noteTaken(activity: HookActivity, mail: ShownMail, eventId: string): void {
  show(activity, mail, { decision: { outcome: 'accepted', eventId }, status: 250, words: 'OK' });
  activity.noteReceived(mail.receivedAt);
}

/** A reply, and the reason for people here where the sender is not told all. */
export interface RefusedReply extends Reply {
  readonly reason?: string;
}

/** Counts a mail that was refused, and shows it while somebody looks. */
export function noteRefused(activity: HookActivity, mail: ShownMail, refused: RefusedReply): void {
  const { reply: code, because, reason } = refused;
  const { status, text } = REPLIES[code];
  const words = because === undefined ? text : `${text}. ${because}`;
  show(activity, mail, { decision: { outcome: 'refused', code, reason: reason ?? words }, status, words });
  activity.noteRefused();
}

interface Outcome {
  readonly decision: Decision;
  readonly status: number;
  readonly words: string;
}

function show(
  { interactions }: HookActivity,
  { recipient, remoteAddress, receivedAt, rawMail }: ShownMail,
  { decision, status, words }: Outcome,
): void {
  interactions?.add({
    receivedAt,
    remoteAddress,
    request: {
      method: 'EMAIL',
      url: recipient,
      protocol: 'SMTP',
      headers: [],
      body: rawMail && showBody(rawMail),
    },
    decision,
    answer: { statusCode: status, headers: [], body: showBody(Buffer.from(words)) },
  });
}
