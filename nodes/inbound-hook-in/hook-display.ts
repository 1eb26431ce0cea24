import type { Node, NodeAPI } from 'node-red';
import { statusOf, type Status } from '../shared/runtime/status.ts';
import { reportOn, type HookCondition } from './hook-condition.ts';

/** Shows the condition of a hook at its node, and logs each trouble once, when it begins. */
export class HookDisplay {
  readonly #node: Node;
  readonly #RED: NodeAPI;
  readonly #status: Status;
  #condition: HookCondition;
  #isRouted = false;
  #logged = '';

  constructor(RED: NodeAPI, node: Node, condition: HookCondition) {
    this.#RED = RED;
    this.#node = node;
    this.#status = statusOf(node);
    this.#condition = condition;
  }

  /** Takes the decision on the hook's path; before it nothing is shown. */
  route(pathRefusal: HookCondition['pathRefusal']): void {
    this.#isRouted = true;
    this.change({ pathRefusal });
  }

  /** Takes the outcome of a signature's check: undefined = it was good. Most often nothing changes with it. */
  judge(rejection: HookCondition['rejection']): void {
    if (rejection !== this.#condition.rejection) this.change({ rejection });
  }

  change(changes: Partial<HookCondition>): void {
    this.#condition = { ...this.#condition, ...changes };
    if (!this.#isRouted) return;
    const { status, problem } = reportOn(this.#condition);
    this.#status.show(status);
    const words = problem ? this.#RED._(problem.key, problem.values) : '';
    if (words !== this.#logged && words !== '') this.#node.error(words);
    this.#logged = words;
  }
}
