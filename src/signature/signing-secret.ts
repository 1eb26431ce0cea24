import type { SchemeId } from './scheme-facts.ts';
import {
  rejected,
  type ContentKind,
  type OutgoingMessage,
  type ReceivedMessage,
  type SignatureHeaders,
  type SignatureScheme,
  type SigningKey,
  type Verification,
} from './scheme.ts';

export interface SigningSecretParts {
  readonly id: string;
  readonly name: string;
  readonly schemeId: SchemeId;
  readonly scheme: SignatureScheme;
  readonly current: SigningKey;
  readonly previous: SigningKey | undefined;
  /** Until when the previous secret counts, epoch ms; Infinity = until it is removed. */
  readonly previousUntil: number;
  /** How far a signed timestamp may be from now, before or after; Infinity = it is not looked at. */
  readonly toleranceMs: number;
  /** Scheme, host and perhaps the first part of a path as senders see them, without a slash at the end; undefined = as the request says. */
  readonly publicUrl: string | undefined;
}

/** A received message before it is known how its sender saw the URL. */
export type Received = Omit<ReceivedMessage, 'url'> & {
  /** Scheme and host as the request says them; undefined where it does not. */
  readonly origin: string | undefined;
  /** Path and query. */
  readonly target: string | undefined;
};

/** A scheme with its secrets: signs with them, and tells who has one of them. Printing it shows no secret. */
export class SigningSecret {
  readonly id: string;
  readonly name: string;
  readonly schemeId: SchemeId;
  readonly #parts: SigningSecretParts;

  constructor(parts: SigningSecretParts) {
    this.id = parts.id;
    this.name = parts.name;
    this.schemeId = parts.schemeId;
    this.#parts = parts;
  }

  /** The headers that signing sets. */
  get headerNames(): readonly string[] {
    return this.#parts.scheme.headerNames;
  }

  /** The URL is signed, and with it the query. */
  get signsUrl(): boolean {
    return this.#parts.scheme.signsUrl;
  }

  /** Signs with the current secret, and with the previous one where the scheme has room for both. `now` is epoch ms. */
  sign(message: OutgoingMessage, now: number): SignatureHeaders {
    return this.#parts.scheme.sign(message, this.#keys(now), now);
  }

  /** Whether the sender has one of the secrets. Never throws, whatever was sent. */
  verify({ origin, target, ...message }: Received, now: number): Verification {
    const { scheme, toleranceMs, publicUrl } = this.#parts;
    const url = joinUrl(publicUrl ?? readOrigin(origin), target);
    return scheme.verify({ ...message, url }, this.#keys(now), { now, toleranceMs });
  }

  /** Why messages with such a body can never be signed, in words for people; undefined = they can. */
  findObstacle(content: ContentKind): string | undefined {
    const { scheme, current } = this.#parts;
    return scheme.findObstacle?.(current, content);
  }

  #keys(now: number): readonly SigningKey[] {
    const { current, previous, previousUntil } = this.#parts;
    return previous && now < previousUntil ? [current, previous] : [current];
  }
}

/** The sender writes the host: with a path or a query in it, the URL would be another one than it seems. */
const readOrigin = (origin: string | undefined): string | undefined =>
  origin !== undefined && /^https?:\/\/[^/?#@\\\s]+$/i.test(origin) ? origin : undefined;

const joinUrl = (base: string | undefined, target: string | undefined): string | undefined =>
  base !== undefined && target?.startsWith('/') ? `${base}${target}` : undefined;

/** Verifies with a secret that may not be there; then nothing is verified. */
export const verifyWith = (
  secret: SigningSecret | undefined,
  received: Received,
  now: number,
): Verification => secret?.verify(received, now) ?? rejected('secret-missing');
