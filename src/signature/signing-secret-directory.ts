import type { SigningSecret } from './signing-secret.ts';
import type { ParsedSigningSecret } from './signing-secret-settings.ts';

/**
 * The signing secrets of the flows that run, by id. What a deploy only replaces stays here meanwhile, so that nothing is refused
 * or sent unsigned in between.
 */
export class SigningSecretDirectory {
  readonly #entries = new Map<string, ParsedSigningSecret>();
  readonly #listeners = new Set<(id: string) => void>();

  set(parsed: ParsedSigningSecret): void {
    const id = parsed.kind === 'valid' ? parsed.secret.id : parsed.id;
    this.#entries.set(id, parsed);
    this.#tell(id);
  }

  /** Takes out a secret that was deleted or disabled in the flows. */
  remove(id: string): void {
    if (this.#entries.delete(id)) this.#tell(id);
  }

  /** Takes out all that are not there: Node-RED tells nobody that a node is gone which stood in a subflow. */
  keep(isThere: (id: string) => boolean): void {
    for (const id of [...this.#entries.keys()]) if (!isThere(id)) this.remove(id);
  }

  /** The secret, if it is there and can be used. */
  find(id: string): SigningSecret | undefined {
    const entry = this.#entries.get(id);
    return entry?.kind === 'valid' ? entry.secret : undefined;
  }

  /** Calls back with the id after each change; answers how to stop that. */
  onChange(listener: (id: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(id: string): void {
    for (const listener of this.#listeners) listener(id);
  }
}
