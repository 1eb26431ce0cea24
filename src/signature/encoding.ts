import type { SignatureEncoding } from './notation.ts';

export const encode = (bytes: Buffer, encoding: SignatureEncoding): string => bytes.toString(encoding);

const PATTERNS: Readonly<Record<SignatureEncoding, RegExp>> = {
  hex: /^(?:[0-9a-f]{2})+$/,
  base64: /^[a-z0-9+/]+={0,2}$/i,
  base64url: /^[a-z0-9_-]+$/i,
};

/**
 * The bytes that a text stands for, or undefined. Only the one text that `encode` writes for them is taken: Node.js itself
 * skips what it does not know, and then several texts would pass for one signature.
 */
export function decode(text: string, encoding: SignatureEncoding): Buffer | undefined {
  if (!PATTERNS[encoding].test(text)) return undefined;
  const bytes = Buffer.from(text, encoding);
  return encode(bytes, encoding) === text ? bytes : undefined;
}

/** As `decode`; hex also in capital letters throughout, as some senders write it. */
export const decodeEitherCase = (text: string, encoding: SignatureEncoding): Buffer | undefined =>
  decode(encoding === 'hex' && /^[0-9A-F]*$/.test(text) ? text.toLowerCase() : text, encoding);
