import type { NodeMessage } from 'node-red';
import type { EmailEvent, EmailHook } from '../../src/email/email-hook.ts';

/** The message that a mail starts a flow with. */
export function emailMessage(
  { requestId, receivedAt, recipient, remoteAddress, mail }: EmailEvent,
  { id, name }: Pick<EmailHook, 'id' | 'name'>,
  { isRedelivered }: { readonly isRedelivered: boolean },
): NodeMessage {
  const { payload, email, contentType } = mail;
  const message = {
    payload,
    email,
    hook: {
      id,
      name,
      path: recipient,
      method: 'EMAIL',
      requestId,
      receivedAt: new Date(receivedAt).toISOString(),
      remoteAddress,
      contentType,
      keyName: null,
      verified: false,
      redelivered: isRedelivered,
    },
  };
  return message;
}
