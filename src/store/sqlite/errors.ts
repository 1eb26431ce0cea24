import { HOOK_ERRORS, HookError, type HookErrorCode } from '../../errors.ts';

/** A HookError as it crosses from a worker thread. */
export interface WireError {
  readonly code: HookErrorCode;
  readonly message: string;
  readonly details: Record<string, unknown>;
}

/** The primary result codes of SQLite that mean something to us (https://www.sqlite.org/rescode.html). */
const RESULT_CODES: Readonly<Record<number, readonly [HookErrorCode, string]>> = {
  3: ['HOOK_STORE_UNAVAILABLE', 'it may not be read or written'],
  5: ['HOOK_STORE_UNAVAILABLE', 'another program holds it'],
  6: ['HOOK_STORE_UNAVAILABLE', 'another program holds it'],
  7: ['HOOK_STORE_UNAVAILABLE', 'there is not enough memory'],
  8: ['HOOK_STORE_UNAVAILABLE', 'it is read-only'],
  10: ['HOOK_STORE_UNAVAILABLE', 'the disk reports an error'],
  11: ['HOOK_STORE_CORRUPT', 'it is damaged; put back a backup or move it away'],
  13: ['HOOK_STORE_FULL', 'the disk is full'],
  14: ['HOOK_STORE_UNAVAILABLE', 'it cannot be opened'],
  15: ['HOOK_STORE_UNAVAILABLE', 'another program holds it'],
  18: ['HOOK_STORE_ROW_REFUSED', 'a value is too large'],
  19: ['HOOK_STORE_ROW_REFUSED', 'a value breaks a rule of its tables'],
  20: ['HOOK_STORE_ROW_REFUSED', 'a value has the wrong type'],
  26: ['HOOK_STORE_CORRUPT', 'it is damaged, or no database at all; put back a backup or move it away'],
};

const property = (thrown: unknown, name: string): unknown =>
  thrown instanceof Error ? (thrown as unknown as Record<string, unknown>)[name] : undefined;

/** SQLite's primary result code, or undefined where something else was thrown. */
export function resultCodeOf(thrown: unknown): number | undefined {
  const code = property(thrown, 'errcode');
  return typeof code === 'number' ? code & 0xff : undefined;
}

/** What was thrown while using a database, as an error of ours; the message names the file without its folder. */
export function storeError(thrown: unknown, fileName: string): HookError {
  if (thrown instanceof HookError) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  const resultCode = resultCodeOf(thrown);
  const known = resultCode === undefined ? undefined : RESULT_CODES[resultCode];
  if (known) {
    const [code, words] = known;
    return new HookError(code, `The store ${fileName}: ${words} (${text}).`, {
      cause: thrown,
      details: { resultCode },
    });
  }
  // A value that cannot be bound: not of any type that a column has.
  if (property(thrown, 'code') === 'ERR_INVALID_ARG_TYPE')
    return new HookError('HOOK_STORE_ROW_REFUSED', `The store ${fileName}: ${text}`, { cause: thrown });
  return new HookError('HOOK_INVARIANT', `The store ${fileName}: ${text}`, { cause: thrown });
}

/** Whether the error is that of one call, so that the others of its transaction may go on. */
export const isOwnFault = ({ code }: HookError): boolean =>
  HOOK_ERRORS[code].kind === 'config' || code === 'HOOK_STORE_ROW_REFUSED' || code === 'HOOK_INVARIANT';

export const toWire = ({ code, message, details }: HookError): WireError => ({ code, message, details });

export const fromWire = ({ code, message, details }: WireError): HookError =>
  new HookError(code, message, { details });
