import type { Interaction } from './interaction.ts';

/** How many interactions of a hook can be looked at. */
const MOST = 10;

/** An interaction that may still change: its answer comes later. */
export interface LoggedInteraction {
  /** Whether anyone can still look at it. */
  readonly isKept: boolean;
  change(changes: Partial<Pick<Interaction, 'decision' | 'answer'>>): void;
}

/** The last interactions of a hook, in memory only, while somebody wants to look at them. */
export class InteractionLog {
  readonly #entries: { interaction: Interaction }[] = [];
  readonly #onChange: () => void;

  /** `onChange` is told of each interaction and of each change of one. */
  constructor(onChange: () => void = () => undefined) {
    this.#onChange = onChange;
  }

  /** The newest first, ten at most. */
  list(): readonly Interaction[] {
    return this.#entries.map(({ interaction }) => interaction);
  }

  add(interaction: Interaction): LoggedInteraction {
    const entry = { interaction };
    this.#entries.unshift(entry);
    this.#entries.splice(MOST);
    this.#onChange();
    const isKept = (): boolean => this.#entries.includes(entry);
    return {
      get isKept() {
        return isKept();
      },
      change: (changes) => {
        if (!isKept()) return;
        entry.interaction = { ...entry.interaction, ...changes };
        this.#onChange();
      },
    };
  }

  /** Forgets them all, also what would still come of those that are under way. */
  clear(): void {
    this.#entries.splice(0);
  }
}
