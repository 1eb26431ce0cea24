import type { TLSSocket } from 'node:tls';
import type { SchemeId } from '../signature/scheme-facts.ts';
import { REJECTIONS, type KeyName, type RequestHeaders, type Verification } from '../signature/scheme.ts';
import { verifyWith, type SigningSecret } from '../signature/signing-secret.ts';
import type { Arrival } from './gate-host.ts';
import { refusal, type Refusal } from './refusals.ts';

/** How the senders of a hook are proved by a signature over what they send. */
export interface HookSigning {
  /** The secret as it is at this moment; undefined = there is none that can be used, and nobody is let in. */
  findSecret(): SigningSecret | undefined;
  /** Told how each check ended, for the owner: all that a sender hears of it is 401. */
  onChecked(verification: Verification): void;
}

/** What proved the sender of an event. */
export interface SenderSignature {
  readonly scheme: SchemeId;
  readonly keyUsed: KeyName;
  /** False = nothing proves the query. */
  readonly signsUrl: boolean;
  /** The id that was signed with the body, where the scheme signs one. */
  readonly id?: string;
}

interface Check {
  readonly signing: HookSigning;
  /** As they came over the wire; empty where there was no body. */
  readonly rawBody: Buffer;
  /** Epoch ms. */
  readonly now: number;
}

/** Judges the signature of a request with the secret as it is now. */
export function verifySender(arrival: Arrival, { signing, rawBody, now }: Check): SenderSignature | Refusal {
  const secret = signing.findSecret();
  const verification = verifyWith(secret, toReceived(arrival, rawBody), now);
  signing.onChecked(verification);
  if (!verification.verified) arrival.recording?.noteReason(REJECTIONS[verification.reason]);
  // No challenge: it would say what the hook looks at, and a browser would ask a person for a password.
  if (!secret || !verification.verified) return refusal('unauthorized');
  const { keyUsed, id } = verification;
  return { scheme: secret.schemeId, keyUsed, signsUrl: secret.signsUrl, ...(id !== undefined && { id }) };
}

function toReceived({ request, origin, target }: Arrival, rawBody: Buffer): Parameters<typeof verifyWith>[1] {
  return {
    bytes: rawBody,
    headers: toRequestHeaders(request.headers),
    method: request.method ?? '',
    origin: origin ?? readOrigin(request),
    target,
  };
}

function readOrigin({ socket, headers }: Arrival['request']): string | undefined {
  if (headers.host === undefined) return undefined;
  // Only a TLS socket has it.
  const { encrypted } = socket as Partial<TLSSocket>;
  return `${encrypted ? 'https' : 'http'}://${headers.host}`;
}

const toRequestHeaders = (headers: Arrival['request']['headers']): RequestHeaders =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
