import { decode, encode } from './encoding.ts';
import { findKey, firstKey, hmac, textKey, type SignedParts } from './hmac.ts';
import { HookError } from '../errors.ts';
import type { HmacAlgorithm, SignatureEncoding, TimestampFormat } from './notation.ts';
import { headerOf } from './request-header.ts';
import {
  rejected,
  type ReceivedMessage,
  type Rejected,
  type SignatureScheme,
  type SigningKey,
  type Verification,
} from './scheme.ts';
import { withinTime, writeTimestamp } from './timestamp.ts';

/** What of a message a scheme can sign. */
export interface Signable {
  readonly bytes: Uint8Array;
  /** The timestamp as it stands in its header; empty where the scheme has none. */
  readonly timestamp: string;
  readonly method: string;
  readonly url: string;
}

/** The usual kind of scheme: an HMAC in a header of its own, perhaps with a timestamp in another. */
export interface HeaderHmac {
  readonly header: string;
  readonly algorithm: HmacAlgorithm;
  readonly encoding: SignatureEncoding;
  /** Stands before the signature in its header. */
  readonly prefix?: string;
  readonly timestamp?: { readonly header: string; readonly format: TimestampFormat };
  readonly signsUrl?: true;
  /** What is signed. */
  readonly parts: (signable: Signable) => SignedParts;
  /** What some senders sign instead; verifying takes that too. */
  readonly otherParts?: (signable: Signable) => SignedParts;
}

/** A scheme with one signature, keyed with the secret's text. */
export function headerHmac(spec: HeaderHmac): SignatureScheme {
  const { header, algorithm, encoding, prefix = '', timestamp, parts } = spec;
  return {
    headerNames: timestamp ? [timestamp.header, header] : [header],
    signsUrl: spec.signsUrl === true,
    readKey: textKey,
    sign({ bytes, method, url }, keys, now) {
      if (spec.signsUrl && url === undefined) throw urlMissing();
      const text = timestamp ? writeTimestamp(now, timestamp.format) : '';
      const signed = parts({ bytes, timestamp: text, method, url: url ?? '' });
      const signature = `${prefix}${encode(hmac(algorithm, firstKey(keys), signed), encoding)}`;
      return timestamp ? { [timestamp.header]: text, [header]: signature } : { [header]: signature };
    },
    verify(message, keys, context): Verification {
      const given = read(message, spec);
      if ('verified' in given) return given;
      const match = findMatch(spec, given, keys);
      if (!match) return rejected('mismatch');
      const verified = { verified: true, keyUsed: match.name } as const;
      return timestamp
        ? withinTime(verified, given.signable.timestamp, { ...context, ...timestamp })
        : verified;
    },
  };
}

function findMatch(spec: HeaderHmac, given: Given, keys: readonly SigningKey[]): SigningKey | undefined {
  const { algorithm, parts, otherParts } = spec;
  const find = (signed: SignedParts) =>
    findKey(keys, [given.signature], (key) => hmac(algorithm, key, signed));
  return find(parts(given.signable)) ?? (otherParts && find(otherParts(given.signable)));
}

interface Given {
  readonly signature: Buffer;
  readonly signable: Signable;
}

function read({ bytes, headers, method, url }: ReceivedMessage, spec: HeaderHmac): Given | Rejected {
  const { header, encoding, prefix = '', timestamp, signsUrl } = spec;
  const written = headerOf(headers, header);
  if (written === undefined) return rejected('signature-missing');
  const text = timestamp ? headerOf(headers, timestamp.header) : '';
  if (text === undefined) return rejected('timestamp-missing');
  if (signsUrl && url === undefined) return rejected('url-unknown');
  const signature = written.startsWith(prefix) ? decode(written.slice(prefix.length), encoding) : undefined;
  if (!signature) return rejected('signature-malformed');
  return { signature, signable: { bytes, timestamp: text, method, url: url ?? '' } };
}

/** A scheme that signs the URL was given none. */
export const urlMissing = (): HookError =>
  new HookError('HOOK_SIGNATURE_IMPOSSIBLE', 'This scheme signs the URL, and the message has none.');
