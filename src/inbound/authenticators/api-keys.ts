import { parseKeyHash } from './key-hash.ts';

/** A key that senders of a hook may have. Of the key itself only the digest is known. */
export interface ApiKey {
  readonly name: string;
  readonly digest: Buffer;
  /** What it may be used for; empty = nothing. */
  readonly roles: readonly string[];
}

/**
 * The keys of JSON such as `[{"id":"1","name":"shop","hash":"sha256:…","roles":["org.hooks"]}]`; none of an empty text. Undefined
 * where anything in it is not such a key: half a list would let in whoever the other half keeps out.
 */
export function parseApiKeys(text: string): readonly ApiKey[] | undefined {
  if (text.trim() === '') return [];
  const entries = parseJson(text);
  if (!Array.isArray(entries)) return undefined;
  const keys = entries.map(readKey);
  return keys.every((key) => key !== undefined) ? keys : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readKey(entry: unknown): ApiKey | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { name, hash, roles } = entry as Record<string, unknown>;
  if (typeof name !== 'string' || typeof hash !== 'string' || !isTextList(roles)) return undefined;
  const digest = parseKeyHash(hash);
  return digest && { name, digest, roles: roles.map((role) => role.trim()).filter((role) => role !== '') };
}

const isTextList = (list: unknown): list is string[] =>
  Array.isArray(list) && list.every((text) => typeof text === 'string');
