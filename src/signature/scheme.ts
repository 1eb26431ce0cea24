import type { KeyObject } from 'node:crypto';

/** Which of a signing secret's two secrets. */
export type KeyName = 'current' | 'previous';

/** A secret as its scheme's cryptography takes it. */
export interface SigningKey {
  readonly name: KeyName;
  /** A secret key for HMAC; a private or public one for ed25519. Printing it shows no part of it. */
  readonly key: KeyObject;
}

/** Why a secret's text is no key of a scheme; in words for people, without the text. */
export interface KeyFault {
  readonly fault: string;
}

/** Headers of a request: names in small letters, repeated ones joined by commas. */
export type RequestHeaders = Readonly<Record<string, string | undefined>>;

/** A message that is to be signed. */
export interface OutgoingMessage {
  /** The exact bytes of the body; empty where there is none. */
  readonly bytes: Uint8Array;
  /** The id that all attempts have in common. */
  readonly id: string;
  /** In capital letters. */
  readonly method: string;
  /** The whole URL that is called; undefined where it is not known. */
  readonly url: string | undefined;
  /** The headers that go out beside the signature's. */
  readonly headers: RequestHeaders;
}

/** A message whose sender is to be proved. */
export interface ReceivedMessage {
  /** The exact bytes of the body as they came over the wire; empty where there was none. */
  readonly bytes: Uint8Array;
  readonly headers: RequestHeaders;
  /** In capital letters. */
  readonly method: string;
  /** The whole URL as the sender called it; undefined where it is not known. */
  readonly url: string | undefined;
}

/** The headers that carry a signature, written as the scheme's documentation writes them. */
export type SignatureHeaders = Readonly<Record<string, string>>;

/** The sender has the secret, and nothing that is signed was changed. */
export interface Verified {
  readonly verified: true;
  readonly keyUsed: KeyName;
  /** The id that was signed with the body, where the scheme signs one. */
  readonly id?: string;
}

/** Why a message is not verified, for the owner's eyes: whoever sent it is not told. */
export const REJECTIONS = {
  'secret-missing': 'There is no usable secret to verify with.',
  'signature-missing': 'The header with the signature is missing.',
  'signature-malformed': 'The signature is not written as this scheme writes it.',
  'timestamp-missing': 'The timestamp is missing.',
  'timestamp-malformed': 'The timestamp is not written as this scheme writes it.',
  'timestamp-too-old': 'The timestamp is older than the tolerance allows.',
  'timestamp-too-new': 'The timestamp is further in the future than the tolerance allows.',
  'id-missing': 'The id is missing.',
  'id-malformed':
    'The id holds a dot and ten digits, so it cannot be told from the timestamp that is signed behind it.',
  'part-missing': 'A header or a form field that is signed is missing, or is there twice.',
  'url-unknown': 'This scheme signs the URL, and the URL is not known.',
  'body-malformed': 'The body is not of the kind that this scheme signs.',
  mismatch:
    'No signature fits: another secret, a changed body, or, where the URL is signed, another public URL.',
} as const satisfies Record<string, string>;

export type RejectionReason = keyof typeof REJECTIONS;

export interface Rejected {
  readonly verified: false;
  readonly reason: RejectionReason;
}

export type Verification = Verified | Rejected;

export const rejected = (reason: RejectionReason): Rejected => ({ verified: false, reason });

/** When a message is verified, and how far its signed timestamp may be from then, before or after. */
export interface VerifyContext {
  /** Epoch ms. */
  readonly now: number;
  /** Infinity = a timestamp of any age is taken. */
  readonly toleranceMs: number;
}

/**
 * One way to sign and verify. Pure; over bytes, never over text made of them. Promises:
 * - `sign` uses the first key, and the others too where the scheme has room for several signatures; a message that the scheme
 *   cannot sign is a `HookError` `HOOK_SIGNATURE_IMPOSSIBLE`, which never passes by itself;
 * - `verify` compares any signature that came with that of any key, in constant time; it never throws, whatever was sent;
 * - the algorithm is the scheme's, never what the message names;
 * - a message in which one bit of what is signed, or of the signature, is another is not verified.
 */
export interface SignatureScheme {
  /** The headers that `sign` sets. */
  readonly headerNames: readonly string[];
  /** The URL is signed, so its query is the sender's too; where it is not, whoever records a request can send it with another. */
  readonly signsUrl: boolean;
  /** The key that a person's secret stands for. */
  readKey(secret: string): KeyObject | KeyFault;
  sign(message: OutgoingMessage, keys: readonly SigningKey[], now: number): SignatureHeaders;
  verify(message: ReceivedMessage, keys: readonly SigningKey[], context: VerifyContext): Verification;
  /** Why messages of this kind can never be signed with the key, in words for people; undefined = they can. */
  findObstacle?(key: SigningKey, content: ContentKind): string | undefined;
}

/** What the body of the messages to sign is. */
export type ContentKind = 'json' | 'form' | 'none';
