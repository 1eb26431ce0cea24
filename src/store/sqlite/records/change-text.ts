import { HookError } from '../../../errors.ts';
import type { RecordChange } from '../../../records/record-store.ts';

/**
 * A change as it crosses to the writer's thread: JSON, because what a message holds may be no plain data, and would fail the calls that
 * share its commit. HOOK_STORE_ROW_REFUSED where JSON cannot hold it.
 */
export function encodeChange(change: RecordChange): string {
  try {
    return JSON.stringify(change, refuseNoNumber);
  } catch (cause) {
    if (cause instanceof HookError) throw cause;
    const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
    throw new HookError('HOOK_STORE_ROW_REFUSED', `The record cannot be written as JSON: ${reason}.`, {
      cause,
    });
  }
}

/** The change that `encodeChange` made the text of. */
export const decodeChange = (text: string): RecordChange => JSON.parse(text) as RecordChange;

/** JSON writes NaN and the infinities as null, and a time that is null would count as not sent. */
function refuseNoNumber(name: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  throw new HookError('HOOK_STORE_ROW_REFUSED', `The record's ${name} is ${value}, which is no number.`);
}
