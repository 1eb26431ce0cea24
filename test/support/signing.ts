/** A signing secret as a flow's settings make it, and a message to try it on. */
import type { SchemeId } from '../../src/signature/scheme-facts.ts';
import type { Verification } from '../../src/signature/scheme.ts';
import type { SigningSecret } from '../../src/signature/signing-secret.ts';
import { aSigningSecret } from './signing-secrets.ts';

/** Names in small letters. */
export type Headers = Readonly<Record<string, string>>;

export interface Message {
  readonly body: Buffer;
  readonly contentType: string;
  readonly id: string;
  readonly method: string;
  readonly url: string;
  /** When it is signed or verified, epoch ms. */
  readonly now: number;
}

/** A message as a vendor's library signed it: an entry of `test/fixtures/signatures/vendors.json`. */
export interface VendorAnswer {
  readonly library: string;
  readonly version: string;
  readonly scheme: SchemeId;
  /** What is particular about the body. */
  readonly kind: string;
  /** Made up for the tests. */
  readonly secret: string;
  /** Epoch ms. */
  readonly now: number;
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly contentType: string;
  /** Those that carry the signature. */
  readonly headers: Headers;
  readonly bodyBase64: string;
}

export const signingSecret = (scheme: SchemeId, secret: string, previousSecret = ''): SigningSecret =>
  aSigningSecret({ scheme, credentials: { secret, previousSecret } });

/** The headers that carry the signature. */
export function signatureOf(secret: SigningSecret, message: Message): Headers {
  const { body: bytes, id, method, url, contentType, now } = message;
  const signed = secret.sign({ bytes, id, method, url, headers: { 'content-type': contentType } }, now);
  return Object.fromEntries(Object.entries(signed).map(([name, value]) => [name.toLowerCase(), value]));
}

export function verify(secret: SigningSecret, message: Message, signature: Headers): Verification {
  const { body: bytes, method, url, contentType, now } = message;
  // Not the URL's own `origin`, which drops a standard port that the sender wrote.
  const [origin = ''] = /^https?:\/\/[^/?#]+/.exec(url) ?? [];
  const headers = { 'content-type': contentType, ...signature };
  return secret.verify({ bytes, headers, method, origin, target: url.slice(origin.length) }, now);
}

/** The message with one bit of its body changed; an empty one gets a byte. */
export function tamper<Kind extends Message>(message: Kind): Kind {
  if (message.body.length === 0) return { ...message, body: Buffer.from('x') };
  const body = Buffer.from(message.body);
  const middle = Math.floor(body.length / 2);
  body.writeUInt8(body.readUInt8(middle) ^ 1, middle);
  return { ...message, body };
}

/** What `hmac-verify` and a hook say of a signature in their messages. */
export interface SignatureReport {
  readonly scheme: string | null;
  readonly verified: boolean;
  readonly keyUsed: string | null;
  readonly reason: string | null;
}
