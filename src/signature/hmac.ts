import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { HookError } from '../errors.ts';
import type { HmacAlgorithm } from './notation.ts';
import type { KeyFault, SigningKey } from './scheme.ts';

/** What is signed, in order; texts stand for their UTF-8 bytes. Parts, so that a large body is not copied. */
export type SignedParts = readonly (string | Uint8Array)[];

/** HMAC (RFC 2104) over the parts one after the other. */
export function hmac(algorithm: HmacAlgorithm, key: KeyObject, parts: SignedParts): Buffer {
  const digest = createHmac(algorithm, key);
  for (const part of parts) digest.update(part);
  return digest.digest();
}

/** The key of a secret that is used as the text it is. */
export function textKey(secret: string): KeyObject | KeyFault {
  return secret === '' ? { fault: 'It is empty.' } : createSecretKey(Buffer.from(secret, 'utf8'));
}

/** The key that signs where there is room for one signature. */
export function firstKey([first]: readonly SigningKey[]): KeyObject {
  if (!first) throw new HookError('HOOK_INVARIANT', 'A message was to be signed without a key.');
  return first.key;
}

/** The key for which one of the signatures that came is the right one. Every pair is compared, in constant time. */
export function findKey(
  keys: readonly SigningKey[],
  signatures: readonly Uint8Array[],
  sign: (key: KeyObject) => Buffer,
): SigningKey | undefined {
  return keys.find(({ key }) => {
    const expected = sign(key);
    // No short cut at the first that fits: how long it takes shall not say which one it was.
    return signatures.filter((signature) => isEqual(signature, expected)).length > 0;
  });
}

/** Compares in constant time; lengths are no secret. */
export const isEqual = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && timingSafeEqual(one, other);
