import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import path from 'node:path';
import { HookError } from '../../errors.ts';

const OWNER_ONLY = 0o600;

/**
 * Makes an empty file that only its owner reads, with its folder; takes the others' rights from one that is there. SQLite gives its
 * side files the same rights. HOOK_CONFIG_STORE_FILE where that cannot be.
 */
export function makePrivateFile(file: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    if (!createFile(file)) restrictFile(file);
  } catch (cause) {
    if (cause instanceof HookError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new HookError(
      'HOOK_CONFIG_STORE_FILE',
      `The store ${path.basename(file)} cannot be made or read at its place (${code}). Choose a file in a folder that Node-RED may write to.`,
      { cause },
    );
  }
}

/** An existing file is never opened here: closing it would take away the locks that SQLite holds on it for this process. */
function createFile(file: string): boolean {
  try {
    closeSync(openSync(file, 'wx', OWNER_ONLY));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function restrictFile(file: string): void {
  const stat = statSync(file);
  if (!stat.isFile())
    throw new HookError(
      'HOOK_CONFIG_STORE_FILE',
      `The store ${path.basename(file)} is not a file. Choose another name.`,
    );
  if ((stat.mode & 0o777) !== OWNER_ONLY) chmodSync(file, OWNER_ONLY);
}
