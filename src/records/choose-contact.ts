import type { ContactPart } from './record-store.ts';

/** What of a stored contact decides whether a change is about it. */
export interface KnownContact {
  readonly id: unknown;
  /** Undefined where it has no email address. */
  readonly emailKey: string | undefined;
}

/** Which contact a change is about: none that is there, one that is, or it contradicts what is there. */
export type ContactChoice<Known> =
  | { readonly kind: 'new' }
  | { readonly kind: 'found'; readonly contact: Known }
  | { readonly kind: 'conflict' };

/**
 * Which contact a change is about, from what its email address and its phone number find. Nothing is guessed: where they find two, or
 * where the phone number alone finds someone with another email address, it is a conflict. A phone number may change its owner's.
 */
export function chooseContact<Known extends KnownContact>({
  sent,
  byEmail,
  byPhone,
}: {
  readonly sent: Pick<ContactPart, 'email'>;
  readonly byEmail: Known | undefined;
  readonly byPhone: Known | undefined;
}): ContactChoice<Known> {
  if (byEmail)
    return byPhone && byPhone.id !== byEmail.id ? { kind: 'conflict' } : { kind: 'found', contact: byEmail };
  if (!byPhone) return { kind: 'new' };
  const isOfAnother = sent.email !== undefined && byPhone.emailKey !== undefined;
  return isOfAnother ? { kind: 'conflict' } : { kind: 'found', contact: byPhone };
}
