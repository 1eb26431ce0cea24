import { toText } from './text.ts';

/** A key that senders may have, as a hook's credentials hold it: of the key itself only its hash. */
export interface ListedKey {
  readonly id: string;
  readonly name: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly hash: string;
  readonly roles: readonly string[];
}

/** The keys of a credential's text; what is none in it is left out, as it lets nobody in. */
export function readApiKeys(text: string): ListedKey[] {
  const entries = parseJson(text);
  return Array.isArray(entries) ? entries.map(readKey).filter(({ hash }) => hash !== '') : [];
}

/** An entry of the list, or an answer of the admin API, as a key. */
export function readKey(entry: unknown): ListedKey {
  const key = (entry ?? {}) as Partial<Record<keyof ListedKey, unknown>>;
  const roles: unknown[] = Array.isArray(key.roles) ? key.roles : [];
  return {
    id: toText(key.id),
    name: toText(key.name),
    hash: toText(key.hash),
    roles: roles.map(toText),
  };
}

/** The credential's text; empty where there is no key. */
export const writeApiKeys = (keys: readonly ListedKey[]): string =>
  keys.length === 0
    ? ''
    : JSON.stringify(keys.map(({ id, name, hash, roles }) => ({ id, name, hash, roles })));

/** The roles of a text such as `surveys, contacts`; each once. */
export const readRoles = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((role) => role.trim())
      .filter((role) => role !== ''),
  ),
];

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
