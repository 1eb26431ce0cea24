import { setTimeout as sleep } from 'node:timers/promises';
import { call } from './http.ts';

/** Between one event of a sender and the next, in ms. */
const PAUSE_MS = 5;

/** Sends events to a hook until it is stopped, some at a time; each has an id of its own, and none is sent twice. */
export class EventLoad {
  /** The ids of those that were answered 200. */
  readonly accepted: string[] = [];
  /** How many were refused with a 503 that says when to come again. */
  refusedCount = 0;
  /** How many got no answer: nobody was there, or not any more. */
  unansweredCount = 0;
  /** Answers that no sender expects, each once. */
  readonly odd = new Set<string>();
  readonly #url: string;
  readonly #bodyOf: (id: string) => unknown;
  readonly #senders: Promise<void>[];
  #isStopped = false;

  /** `name` begins the ids; `bodyOf` makes of an id what is sent. */
  constructor(
    url: string,
    {
      name,
      senders = 8,
      bodyOf = (id) => ({ id }),
    }: { name: string; senders?: number; bodyOf?: (id: string) => unknown },
  ) {
    this.#url = url;
    this.#bodyOf = bodyOf;
    this.#senders = Array.from({ length: senders }, (_, sender) => this.#send(`${name}-${sender}`));
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#senders);
  }

  async #send(name: string): Promise<void> {
    for (let number = 0; !this.#isStopped; number++) {
      await this.#sendOne(`${name}-${number}`);
      await sleep(PAUSE_MS);
    }
  }

  async #sendOne(id: string): Promise<void> {
    const answer = await call(this.#url, { body: this.#bodyOf(id), timeoutMs: 30_000 }).catch(
      () => undefined,
    );
    if (!answer) this.unansweredCount++;
    else if (answer.status === 200) this.accepted.push(id);
    else if (answer.status === 503 && answer.headers.has('retry-after')) this.refusedCount++;
    else this.odd.add(`${answer.status} ${answer.text}`);
  }
}
