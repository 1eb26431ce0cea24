/** Somebody as a mail names them. Nobody has checked that. */
export interface MailAddress {
  /** Empty where the mail gives none. */
  readonly name: string;
  readonly address: string;
}

/** A block of data in a mail that could not be taken. */
export interface MailProblem {
  /** `text`, `html script 2` or `attachment order.json`; safe to show. */
  readonly where: string;
  /** A sentence; it repeats nothing of the mail. */
  readonly message: string;
}

/** What a mail says beside its data; null where it says nothing. */
export interface MailFields {
  readonly from: MailAddress | null;
  /** Those of the header `To`; who really gets the mail stands in its envelope. */
  readonly to: readonly MailAddress[];
  readonly subject: string | null;
  /** ISO 8601 UTC. */
  readonly date: string | null;
  /** In angle brackets. */
  readonly messageId: string | null;
  readonly text: string | null;
  /** As it was sent: it can hold anything, so it is never to be shown as it is. */
  readonly html: string | null;
  readonly problems: readonly MailProblem[];
}

/** A mail, understood. */
export interface Mail {
  /** The object or list that it carries; of several a list of them all; null where it carries none. */
  readonly payload: unknown;
  readonly email: MailFields;
  /** The media type of the whole mail, without parameters; null where it names none. */
  readonly contentType: string | null;
}

/** Why a mail cannot be understood at all: what it is made of would cost too much. */
export interface UnreadableMail {
  /** A sentence for whoever sends. */
  readonly unreadable: string;
  /** False where it may be read another time. */
  readonly isFinal: boolean;
}

export const isUnreadable = (result: Mail | UnreadableMail): result is UnreadableMail =>
  'unreadable' in result;
