import { readLocalPart } from '../../src/email/local-part.ts';
import type { HookSwitches } from '../../src/inbound/hook-activity.ts';
import { textOf } from '../../src/platform/settings-check.ts';

/** The node's settings, as a flow holds them; a flow written by hand may leave any of them out. */
export interface EmailSettings {
  readonly description?: unknown;
  readonly listener?: unknown;
  readonly address?: unknown;
  readonly active?: unknown;
  readonly debug?: unknown;
}

/** What the settings make of an email hook. */
export interface UnderstoodEmailHook {
  readonly description: string;
  readonly listenerId: string;
  readonly localPart: string;
  readonly switches: HookSwitches;
}

/** Undefined where no mail could be sent to the address. */
export function readEmailSettings(settings: EmailSettings): UnderstoodEmailHook | undefined {
  const { description, listener, address, active, debug } = settings;
  const localPart = readLocalPart(textOf(address));
  if (localPart === undefined) return undefined;
  return {
    description: textOf(description),
    listenerId: textOf(listener),
    localPart,
    switches: { isActive: active !== false, isDebugged: debug === true },
  };
}
