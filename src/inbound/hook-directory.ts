import { HookActivity, type HookSwitches } from './hook-activity.ts';

/** What is known of a hook from its settings. */
export interface HookFacts {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly kind: 'webhook' | 'form' | 'email';
  /** Where it receives: a path with the host's root before it, or a mail address. The public host is not known. */
  readonly url: string;
  /** In capital letters; none of an email hook. */
  readonly methods: readonly string[];
}

/** A hook of the flows that run. */
export interface ListedHook {
  readonly facts: HookFacts;
  readonly activity: HookActivity;
}

/** The hooks of the flows, of every kind, by id. A deploy makes them anew; what they have received is counted on. */
export class HookDirectory {
  readonly #hooks = new Map<string, ListedHook>();
  readonly #listeners = new Set<(id: string) => void>();

  /**
   * A hook starts with its settings: what was switched while it ran before counts no longer. Its interactions stay where they can
   * still be looked at.
   */
  join(facts: HookFacts, settings: HookSwitches): HookActivity {
    const activity = this.#hooks.get(facts.id)?.activity ?? this.#begin(facts.id);
    this.#hooks.set(facts.id, { facts, activity });
    activity.switchTo(settings);
    return activity;
  }

  /** Takes out all that are not there: Node-RED tells nobody that a node is gone which stood in a subflow. */
  keep(isThere: (id: string) => boolean): void {
    for (const [id, { activity }] of [...this.#hooks]) {
      if (isThere(id)) continue;
      this.#hooks.delete(id);
      activity.switchTo({ isDebugged: false });
    }
  }

  find(id: string): ListedHook | undefined {
    return this.#hooks.get(id);
  }

  all(): readonly ListedHook[] {
    return [...this.#hooks.values()];
  }

  /** Calls back with the id when a hook comes or goes, and after anything changed at it; answers how to stop that. */
  onChange(listener: (id: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #begin(id: string): HookActivity {
    const activity = new HookActivity();
    activity.onChange(() => {
      for (const listener of this.#listeners) listener(id);
    });
    return activity;
  }
}
