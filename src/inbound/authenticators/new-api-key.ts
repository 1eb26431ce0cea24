import { newId, newKeyText } from '../../platform/ids.ts';
import { Secret } from '../../platform/secret.ts';
import { hashOfKey } from './key-hash.ts';

/** A key that was just made: the one moment at which it is known. What is kept of it is its hash. */
export interface NewApiKey {
  readonly id: string;
  readonly key: Secret;
  /** As a hook's credentials hold it: `sha256:` and 64 hexadecimal digits. */
  readonly hash: string;
}

/** Makes a key that nobody can guess. */
export function newApiKey(): NewApiKey {
  const key = newKeyText();
  return { id: newId(), key: new Secret(key), hash: hashOfKey(key) };
}
