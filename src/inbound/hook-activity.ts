import { InteractionLog } from './interactions/interaction-log.ts';

/** What can be switched at a hook while it runs. */
export interface HookSwitches {
  readonly isActive: boolean;
  /** Whether its last interactions can be looked at. */
  readonly isDebugged: boolean;
}

/** What a hook has received since the process started. */
export interface HookCounts {
  /** Requests that were accepted, duplicates of such too. */
  readonly received: number;
  /** Requests that were answered with a refusal. */
  readonly refused: number;
  /** UTC epoch ms of the latest accepted one; undefined = none yet. */
  readonly lastReceivedAt: number | undefined;
}

/** How a hook stands at this moment, and what it has done. In memory only. */
export class HookActivity {
  readonly #listeners = new Set<() => void>();
  readonly #onSwitch = new Set<(switches: HookSwitches) => void>();
  #isActive = true;
  #log: InteractionLog | undefined;
  #received = 0;
  #refused = 0;
  #lastReceivedAt: number | undefined;

  get switches(): HookSwitches {
    return { isActive: this.#isActive, isDebugged: this.#log !== undefined };
  }

  get isActive(): boolean {
    return this.#isActive;
  }

  /** Where requests are shown; undefined while nobody wants to look at them. */
  get interactions(): InteractionLog | undefined {
    return this.#log;
  }

  get counts(): HookCounts {
    return { received: this.#received, refused: this.#refused, lastReceivedAt: this.#lastReceivedAt };
  }

  noteReceived(at: number): void {
    this.#received++;
    this.#lastReceivedAt = at;
    this.#tell();
  }

  noteRefused(): void {
    this.#refused++;
    this.#tell();
  }

  /** Looking off forgets all interactions; looking on when it is on already keeps them. */
  switchTo(changes: Partial<HookSwitches>): void {
    const { isActive, isDebugged } = { ...this.switches, ...changes };
    this.#isActive = isActive;
    if (isDebugged) this.#log ??= new InteractionLog(() => this.#tell());
    else {
      this.#log?.clear();
      this.#log = undefined;
    }
    for (const listener of this.#onSwitch) listener(this.switches);
    this.#tell();
  }

  /** Calls back after each switch; answers how to stop that. */
  onSwitch(listener: (switches: HookSwitches) => void): () => void {
    this.#onSwitch.add(listener);
    return () => this.#onSwitch.delete(listener);
  }

  /** Calls back after anything changed, with each request at least once; answers how to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
