import { HookError } from '../errors.ts';
import type { Violation } from '../violation.ts';

/** Says why the store does not take a record, where that is due to the record and not to the store: undefined for any other error. */
export function explainRefusal(error: unknown): Violation | undefined {
  if (!(error instanceof HookError) || error.code !== 'HOOK_STORE_ROW_REFUSED') return undefined;
  const message = 'The record cannot be stored: with what is stored of it already, it would be too large.';
  return { field: '', path: '', rule: 'size', message };
}
