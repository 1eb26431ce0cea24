import { DatabaseSync } from 'node:sqlite';
import path from 'node:path';
import { HookError } from '../../errors.ts';
import { resultCodeOf } from './errors.ts';
import { makePrivateFile } from './private-file.ts';

const SQLITE_BUSY = 5;

/** The ownership of a database while it lasts. */
export interface Ownership {
  readonly release: () => void;
}

/**
 * Takes the ownership of a database for this process: an exclusive transaction held open on a small database beside it,
 * which the kernel ends when the process dies. HOOK_STORE_LOCKED if another has it. (`locking_mode = exclusive` on the
 * database itself would shut out our own reader.)
 */
export function takeOwnership(file: string): Ownership {
  const lockFile = `${file}-lock`;
  makePrivateFile(lockFile);
  const database = new DatabaseSync(lockFile);
  try {
    database.exec('begin exclusive');
  } catch (cause) {
    database.close();
    if (resultCodeOf(cause) !== SQLITE_BUSY) throw cause;
    const name = path.basename(file);
    throw new HookError(
      'HOOK_STORE_LOCKED',
      `The store ${name} is in use by another Node-RED. Give each Node-RED a store file of its own, or stop the other one.`,
      { cause },
    );
  }
  return { release: () => database.close() };
}
