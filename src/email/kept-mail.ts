import { HookError } from '../errors.ts';
import type { InboxEvent } from '../inbound/inbox/inbox-store.ts';
import type { EmailEvent } from './email-hook.ts';
import type { MailReader } from './mail-reader.ts';
import { isUnreadable } from './mail.ts';

/** What the inbox keeps of a mail beside its bytes. */
interface Head {
  readonly recipient: string;
  readonly remoteAddress: string;
}

/** A mail as the inbox keeps it. */
export function keepMail(hookId: string, event: EmailEvent): InboxEvent {
  const { requestId, receivedAt, recipient, remoteAddress, rawMail } = event;
  const head: Head = { recipient, remoteAddress };
  return { id: requestId, hookId, receivedAt, head: JSON.stringify(head), body: rawMail };
}

/** The mail that was kept, read once more; rejects with HOOK_MESSAGE_UNREADABLE where it cannot be. */
export async function restoreMail(kept: InboxEvent, reader: Pick<MailReader, 'read'>): Promise<EmailEvent> {
  // Only `keepMail` writes it.
  const head = JSON.parse(kept.head) as Head;
  const rawMail = Buffer.from(kept.body);
  const mail = await reader.read(rawMail);
  if (isUnreadable(mail)) throw new HookError('HOOK_MESSAGE_UNREADABLE', mail.unreadable);
  return { ...head, requestId: kept.id, receivedAt: kept.receivedAt, rawMail, mail };
}
