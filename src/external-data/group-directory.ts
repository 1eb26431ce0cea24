import type { ExternalDataGroup } from './external-data.ts';

/** The external data groups of the flows that run, by id. */
export class GroupDirectory {
  readonly #groups = new Map<string, ExternalDataGroup>();

  set(group: ExternalDataGroup): void {
    this.#groups.set(group.id, group);
  }

  remove(id: string): void {
    this.#groups.delete(id);
  }

  /** Takes out all that are not there: Node-RED tells nobody that a node is gone which stood in a subflow. */
  keep(isThere: (id: string) => boolean): void {
    for (const id of this.#groups.keys()) if (!isThere(id)) this.#groups.delete(id);
  }

  /** Undefined = not in the flows, or not valid. */
  find(id: string): ExternalDataGroup | undefined {
    return this.#groups.get(id);
  }

  /** The group of this name, to the letter; undefined where there is none, or more than one. */
  findByName(name: string): ExternalDataGroup | undefined {
    const [group, ...others] = this.all().filter((one) => one.name === name);
    return others.length === 0 ? group : undefined;
  }

  all(): ExternalDataGroup[] {
    return [...this.#groups.values()];
  }
}
