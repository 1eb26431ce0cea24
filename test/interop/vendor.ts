import type { SchemeId } from '../../src/signature/scheme-facts.ts';
import type { Headers, Message } from '../support/signing.ts';
import type { BodyKind } from './messages.ts';

/** A vendor's own library, asked about one scheme. What it knows only as text it is given as text, as its documentation says. */
export interface Vendor {
  /** The package's name. */
  readonly library: string;
  readonly scheme: SchemeId;
  /** Both made up for these tests. */
  readonly secret: string;
  readonly previousSecret: string;
  /** The bodies that it cannot sign and verify byte by byte, and why. */
  readonly limits: Readonly<Partial<Record<BodyKind, string>>>;
  /** Whether a timestamp an hour ahead passes; undefined where the scheme signs no time. */
  readonly takesTheFuture?: boolean;
  /** The message as this vendor would send it. */
  adapt?<Kind extends Message>(message: Kind): Kind;
  /** The headers that carry its signature; where it has no function that signs, those of its documentation. */
  sign(message: Message, secret: string): Headers | Promise<Headers>;
  /** Whether it takes the message for signed; what it throws is a refusal. `headers` are those of the signature. */
  accepts(message: Message, headers: Headers, secret: string): boolean | Promise<boolean>;
}
