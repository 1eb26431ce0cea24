/** What of a hook can be switched while it runs. */
export interface Switches {
  readonly active: boolean;
  readonly debug: boolean;
}

/** Which switches stand otherwise than in the settings that the hook begins with when it starts again. */
export function switchedOnes(now: Switches, settings: Switches): (keyof Switches)[] {
  return (['active', 'debug'] as const).filter((name) => now[name] !== settings[name]);
}

/** A hook as the editor holds it. */
interface HookNode {
  readonly changed?: boolean;
  readonly active?: unknown;
  readonly debug?: unknown;
}

/** The switches that a hook was deployed with; undefined where the editor does not know them. */
export function deployedSwitches(node: HookNode | null | undefined): Switches | undefined {
  if (!node || node.changed === true) return undefined;
  const { active, debug } = node;
  return typeof active === 'boolean' && typeof debug === 'boolean' ? { active, debug } : undefined;
}
