/** What a sender of mail is told when it does not get its way (RFC 5321, 4.2): 4xx = come again, 5xx = never. Nothing that was sent is repeated. */
export const REPLIES = {
  client_not_allowed: { status: 554, text: 'Mail is not taken from this address' },
  /** With 421 the connection ends. */
  flows_not_running: { status: 421, text: 'The flows are starting or stopping, try again' },
  too_long_connected: { status: 421, text: 'This took too long, try again' },
  unknown_recipient: { status: 550, text: 'Nothing is received at this address' },
  store_down: { status: 451, text: 'The mail cannot be kept at the moment, try again' },
  not_read: { status: 451, text: 'The mail cannot be read at the moment, try again' },
  no_space: { status: 452, text: 'Too much mail is coming in, try again' },
  too_large: { status: 552, text: 'The mail is larger than this listener takes' },
  unreadable: { status: 554, text: 'The mail cannot be read' },
} as const satisfies Record<string, { status: number; text: string }>;

/** The code of such a reply. */
export type ReplyCode = keyof typeof REPLIES;

/** Why a sender does not get its way; `because` is a sentence more. */
export interface Reply {
  readonly reply: ReplyCode;
  readonly because?: string;
}
