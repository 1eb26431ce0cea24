/** The files of the pack's nodes, as the sources hold them. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..');

export const readText = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** Paths from the root that fit a pattern. */
export const findFiles = (pattern: string): string[] =>
  globSync(pattern, { cwd: root }).map((file) => file.split(path.sep).join('/'));

interface Manifest {
  readonly 'node-red': Readonly<Record<'nodes' | 'plugins', Readonly<Record<string, string>>>>;
}

const { nodes, plugins } = (JSON.parse(readText('package.json')) as Manifest)['node-red'];

/** The node types that the package brings. */
export const NODE_TYPES: readonly string[] = Object.keys(nodes);

/** The plugins that the package brings. */
export const PLUGINS: readonly string[] = Object.keys(plugins);

/** The words of a node's or plugin's catalogue by their whole keys. */
export function readWords(type: string): Map<string, string> {
  const words = new Map<string, string>();
  const add = (value: unknown, key: string): void => {
    if (typeof value === 'string') words.set(key, value);
    else
      for (const [name, inner] of Object.entries(value as object)) add(inner, key ? `${key}.${name}` : name);
  };
  add(JSON.parse(readText(`nodes/${type}/locales/en-US/${type}.json`)), '');
  return words;
}
