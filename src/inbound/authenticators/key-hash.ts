import { hash } from 'node:crypto';

const PREFIX = 'sha256:';
const HASH = /^sha256:[0-9a-f]{64}$/i;

/** The SHA-256 digest of a key's bytes; of a text's in UTF-8. A key is random, so that its digest needs neither salt nor slowness. */
export const digestOfKey = (key: string | Uint8Array): Buffer => hash('sha256', key, 'buffer');

/** A key's digest as text: `sha256:` and 64 hexadecimal digits. */
export const hashOfKey = (key: string): string => PREFIX + digestOfKey(key).toString('hex');

/** The digest that such a text holds; undefined if it is none. */
export const parseKeyHash = (text: string): Buffer | undefined =>
  HASH.test(text) ? Buffer.from(text.slice(PREFIX.length), 'hex') : undefined;
