import type { DeliveryEngine } from '../../../../src/delivery/engine.ts';
import type { Tell } from '../../../../src/delivery/reports.ts';

/** The nodes that use the engine: as long as there is one, it is open. An out node among them is told its outcomes. */
export class EngineUsers {
  readonly #users = new Map<string, Tell | undefined>();
  readonly #leavers = new Map<string, () => void>();

  get count(): number {
    return this.#users.size;
  }

  add(nodeId: string, tell: Tell | undefined): void {
    this.#users.set(nodeId, tell);
  }

  /** Takes the node out, unless another one has come under its id meanwhile, as with a deploy. */
  remove(nodeId: string, tell: Tell | undefined): void {
    if (this.#users.get(nodeId) !== tell) return;
    this.#users.delete(nodeId);
    this.#leavers.get(nodeId)?.();
    this.#leavers.delete(nodeId);
  }

  /** Names a node to the engine, if it is told outcomes. */
  register(engine: DeliveryEngine, nodeId: string): void {
    const tell = this.#users.get(nodeId);
    if (tell) this.#leavers.set(nodeId, engine.register(nodeId, tell));
  }

  registerAll(engine: DeliveryEngine): void {
    for (const nodeId of this.#users.keys()) this.register(engine, nodeId);
  }
}
