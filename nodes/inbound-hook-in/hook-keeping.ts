import { parseDedupeRule, type DedupeRule } from '../../src/inbound/deduplication/dedupe-rule.ts';
import type { Deduplication } from '../../src/inbound/deduplication/deduplication.ts';
import { parseDuration } from '../../src/platform/duration.ts';
import type { HookSettings } from './hook-settings.ts';

const STANDARD_WINDOW = '24h';

/** What the settings say of keeping events and knowing them again. */
export interface HookKeeping {
  readonly isDurable: boolean;
  readonly dedupe: Deduplication | undefined;
}

interface KeepingFault {
  readonly setting: 'dedupe' | 'dedupeWindow';
}

/** Where the flow answers it has the event by then, so keeping it too would help nobody. */
export function readKeeping(
  { durable, dedupe = '', dedupeWindow, respond }: HookSettings,
  { signingId }: { readonly signingId: string | undefined },
): HookKeeping | KeepingFault {
  const isDurable = durable !== false && respond !== 'flow';
  if (dedupe === '') return { isDurable, dedupe: undefined };
  const rule = typeof dedupe === 'string' ? readRule(dedupe, signingId) : undefined;
  if (!rule) return { setting: 'dedupe' };
  const windowMs = readWindow(dedupeWindow);
  return windowMs === undefined ? { setting: 'dedupeWindow' } : { isDurable, dedupe: { rule, windowMs } };
}

/** No id is signed where nothing is. */
function readRule(text: string, signingId: string | undefined): DedupeRule | undefined {
  const rule = parseDedupeRule(text);
  return rule?.by === 'signature' && signingId === undefined ? undefined : rule;
}

function readWindow(text: unknown = STANDARD_WINDOW): number | undefined {
  if (typeof text !== 'string') return undefined;
  const windowMs = parseDuration(text || STANDARD_WINDOW);
  return windowMs === 0 ? undefined : windowMs;
}
