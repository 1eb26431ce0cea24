import { HookError } from '../../src/errors.ts';
import { textOf } from '../../src/platform/settings-check.ts';
import { LOOKUPS, type Lookup } from '../../src/records/lookup.ts';

/** The node's settings as a flow holds them. */
export interface LookupSettings {
  readonly lookup?: string;
  readonly value?: string;
  readonly valueType?: string;
  readonly days?: number | string;
}

const DEFAULT_DAYS = 30;
/** A hundred years. */
const MOST_DAYS = 36_500;

/**
 * What is looked up, and how far back; `expand` fills variables in. Throws HOOK_CONFIG_INVALID with what a person has to change, also where
 * a variable is not set: another time than the one that was meant would be looked back.
 */
export function readLookup(
  settings: LookupSettings,
  expand: (text: string) => string,
): { readonly lookup: Lookup; readonly days: number } {
  const wanted = expand(textOf(settings.lookup)) || 'account';
  const lookup = LOOKUPS.find((known) => known === wanted);
  if (!lookup)
    throw new HookError('HOOK_CONFIG_INVALID', `What to look up must be one of ${LOOKUPS.join(', ')}.`);
  const written = expand(textOf(settings.days).trim() || String(DEFAULT_DAYS)).trim();
  const days = /^\d{1,5}$/.test(written) ? Number(written) : NaN;
  if (days >= 1 && days <= MOST_DAYS) return { lookup, days };
  throw new HookError('HOOK_CONFIG_INVALID', `Days must be a whole number from 1 to ${MOST_DAYS}.`);
}
