import type { InboundHook, PathRefusal } from './hook.ts';
import { covers, reachesInto, type PathPattern } from './path-pattern.ts';

/** A hook that wants its path. */
export interface PathClaim {
  readonly hook: InboundHook;
  readonly pattern: PathPattern;
}

/** A path of the host that hooks must leave alone. */
export interface ForeignRoute {
  readonly owner: 'editor' | 'node';
  /** As people know it. */
  readonly name: string;
  readonly pattern: PathPattern;
  /** Everything below the path is the owner's too. */
  readonly isTerritory: boolean;
}

/** Who keeps each hook from its path. Of two hooks that want the same requests the earlier claim wins. */
export function decideClaims(
  claims: Iterable<PathClaim>,
  foreign: readonly ForeignRoute[],
): Map<InboundHook, PathRefusal | undefined> {
  const decisions = new Map<InboundHook, PathRefusal | undefined>();
  const granted: PathClaim[] = [];
  for (const claim of claims) {
    const refusal = refuseForeign(claim, foreign) ?? refuseSecond(claim, granted);
    decisions.set(claim.hook, refusal);
    if (!refusal) granted.push(claim);
  }
  return decisions;
}

function refuseForeign({ pattern }: PathClaim, foreign: readonly ForeignRoute[]): PathRefusal | undefined {
  const route = foreign.find((one) =>
    one.isTerritory ? reachesInto(pattern, one.pattern) : covers(pattern, one.pattern),
  );
  return route && { code: 'path_taken', by: route.owner, name: route.name };
}

function refuseSecond(claim: PathClaim, granted: readonly PathClaim[]): PathRefusal | undefined {
  const other = granted.find(
    ({ hook, pattern }) =>
      hook.methods.some((method) => claim.hook.methods.includes(method)) &&
      (covers(pattern, claim.pattern) || covers(claim.pattern, pattern)),
  );
  return other && { code: 'path_taken', by: 'hook', name: other.hook.name || other.hook.path };
}
