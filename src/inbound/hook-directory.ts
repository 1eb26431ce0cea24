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
  /** Stopped, by a deploy perhaps that is about to make them anew. */
  readonly #stopped = new Set<string>();
  readonly #listeners = new Set<(id: string) => void>();

  /**
   * A hook starts with its settings: what was switched while it ran before counts no longer. Its interactions stay where they can
   * still be looked at.
   */
  join(facts: HookFacts, settings: HookSwitches): HookActivity {
    const activity = this.#hooks.get(facts.id)?.activity ?? this.#begin(facts.id);
    this.#hooks.set(facts.id, { facts, activity });
    this.#stopped.delete(facts.id);
    activity.switchTo(settings);
    return activity;
  }

  /** A hook stops; it stays listed until it is known whether it starts again. */
  leave(id: string): void {
    this.#stopped.add(id);
  }

  /** Takes out all that have not started again: to be called when the flows run. */
  dropStopped(): void {
    for (const id of this.#stopped) {
      const activity = this.#hooks.get(id)?.activity;
      this.#hooks.delete(id);
      activity?.switchTo({ isDebugged: false });
    }
    this.#stopped.clear();
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

  /** Something beside its activity has changed at a hook, such as how many of its events are parked. */
  noteChange(id: string): void {
    for (const listener of this.#listeners) listener(id);
  }

  #begin(id: string): HookActivity {
    const activity = new HookActivity();
    activity.onChange(() => this.noteChange(id));
    return activity;
  }
}
