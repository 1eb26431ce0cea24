import type { EmailHook, EmailTrouble } from './email-hook.ts';
import type { ParsedListener } from './listener-settings.ts';
import type { Listening } from './listeners.ts';

interface Circumstances {
  /** The listener it names; undefined where there is none. */
  readonly parsed: ParsedListener | undefined;
  /** Who has its address. */
  readonly owner: EmailHook | undefined;
  readonly state: Listening | undefined;
}

/** What keeps mail from a hook; undefined = nothing, `unknown` = it will be told in a moment. */
export function troubleOf(
  hook: EmailHook,
  { parsed, owner, state }: Circumstances,
): EmailTrouble | 'unknown' | undefined {
  if (!parsed) return { code: 'listener-missing' };
  if (parsed.kind === 'invalid') return { code: 'listener-invalid' };
  if (owner && owner !== hook) return { code: 'address-taken', name: owner.name || owner.id };
  if (state?.kind === 'listening') return undefined;
  if (state?.kind !== 'failed') return 'unknown';
  const { host, port } = parsed.listener;
  return { code: state.fault, host, port };
}
