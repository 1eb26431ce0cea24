/** What of a hook can be switched while it runs. */
export interface Switches {
  readonly active: boolean;
  readonly debug: boolean;
}

/** Which switches stand otherwise than in the settings that the hook begins with when it starts again. */
export function switchedOnes(now: Switches, settings: Switches): (keyof Switches)[] {
  return (['active', 'debug'] as const).filter((name) => now[name] !== settings[name]);
}

/** The settings that a hook was deployed with; undefined where the editor does not know them. */
export function deployedSwitches(node: EditorNode | null | undefined): Switches | undefined {
  if (!node || node.changed === true || !('active' in node) || !('debug' in node)) return undefined;
  return { active: node.active !== false, debug: node.debug === true };
}
