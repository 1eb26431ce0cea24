import type { Node, NodeAPI, NodeStatus } from 'node-red';
import type { EmailTrouble } from '../../src/email/email-hook.ts';
import { statusOf } from '../shared/runtime/status.ts';

/** What decides whether an email hook can receive. */
interface Condition {
  readonly isActive: boolean;
  readonly isStoreDown: boolean;
  /** `unknown` until it is decided. */
  readonly trouble: EmailTrouble | 'unknown' | undefined;
}

const ring = (fill: 'red' | 'yellow' | 'grey', name: string): NodeStatus => ({
  fill,
  shape: 'ring',
  text: `email-hook-in.status.${name}`,
});

const STATUS = {
  ready: { fill: 'green', shape: 'dot', text: 'email-hook-in.status.ready' },
  inactive: ring('grey', 'inactive'),
  storeDown: ring('yellow', 'store-down'),
} as const satisfies Record<string, NodeStatus>;

/** Shows the condition of an email hook at its node, and logs each trouble once, when it begins. */
export class EmailDisplay {
  readonly #node: Node;
  readonly #RED: NodeAPI;
  readonly #status: ReturnType<typeof statusOf>;
  #condition: Condition;
  #logged = '';

  constructor(RED: NodeAPI, node: Node, isActive: boolean) {
    this.#RED = RED;
    this.#node = node;
    this.#status = statusOf(node);
    this.#condition = { isActive, isStoreDown: false, trouble: 'unknown' };
  }

  get isStoreDown(): boolean {
    return this.#condition.isStoreDown;
  }

  change(changes: Partial<Condition>): void {
    this.#condition = { ...this.#condition, ...changes };
    const { trouble, isActive, isStoreDown } = this.#condition;
    if (trouble === 'unknown') return;
    if (trouble) this.#status.show(ring('red', trouble.code));
    else if (!isActive) this.#status.show(STATUS.inactive);
    else this.#status.show(isStoreDown ? STATUS.storeDown : STATUS.ready);
    this.#log(trouble);
  }

  #log(trouble: EmailTrouble | undefined): void {
    const words = trouble ? this.#RED._(`email-hook-in.errors.${trouble.code}`, { ...trouble }) : '';
    if (words !== this.#logged && words !== '') this.#node.error(words);
    this.#logged = words;
  }
}
