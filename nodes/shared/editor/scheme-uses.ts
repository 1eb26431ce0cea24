import { genericFacts } from './generic-scheme.ts';
import { isSchemeId, SCHEME_FACTS } from '../../../src/signature/scheme-facts.ts';

/**
 * What a dialog has to ask or say of a scheme: `generic` its own settings, `time` that a time is signed and `no-time` that none is,
 * `url` that the URL is, `both` that one request carries the signatures of both secrets, `one` that it does not.
 */
export type SchemeUse = 'generic' | 'time' | 'no-time' | 'url' | 'both' | 'one';

/** Of a scheme that is not known, nothing. */
export function usesOf(scheme: string, generic: Parameters<typeof genericFacts>[0]): ReadonlySet<SchemeUse> {
  if (!isSchemeId(scheme)) return new Set();
  const uses = scheme === 'generic' ? genericFacts(generic) : SCHEME_FACTS[scheme];
  return new Set<SchemeUse>([
    ...(scheme === 'generic' ? ['generic' as const] : []),
    ...(uses.signsUrl ? ['url' as const] : []),
    uses.signsTime ? 'time' : 'no-time',
    uses.sendsBoth ? 'both' : 'one',
  ]);
}
