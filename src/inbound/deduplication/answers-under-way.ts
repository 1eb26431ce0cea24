import type { RememberedAnswer } from '../inbox/inbox-store.ts';
import type { Refusal } from '../refusals.ts';

/** Duplicates that may wait at one time, each with its connection; further ones are told to come again. */
const MOST_WAITING = 1000;

/** What those who wait for the answer to a request get. */
export type Shared = RememberedAnswer | Refusal;

/** A request that a flow is answering, and the duplicates that wait for the same answer. */
export class AnswerUnderWay {
  readonly hookId: string;
  readonly answer: Promise<Shared>;
  #resolve: (answer: Shared) => void = () => undefined;
  /** Gives up waiting for the flow. */
  abandon: () => void = () => undefined;

  constructor(hookId: string) {
    this.hookId = hookId;
    this.answer = new Promise((resolve) => (this.#resolve = resolve));
  }

  /** Tells those who wait; again: nothing. */
  end(answer: Shared): void {
    this.#resolve(answer);
  }
}

/** The requests that flows are answering, where a duplicate would be known again, by what tells them apart. */
export class AnswersUnderWay {
  readonly #underWay = new Map<string, AnswerUnderWay>();
  #waitingCount = 0;

  find(key: string): AnswerUnderWay | undefined {
    return this.#underWay.get(key);
  }

  begin(key: string, hookId: string): AnswerUnderWay {
    const underWay = new AnswerUnderWay(hookId);
    this.#underWay.set(key, underWay);
    return underWay;
  }

  /** It is answered, and its mark in the store says so. */
  remove(key: string): void {
    this.#underWay.delete(key);
  }

  /** The answer of a request, when there is one; undefined where too many wait already. */
  async share({ answer }: AnswerUnderWay): Promise<Shared | undefined> {
    if (this.#waitingCount >= MOST_WAITING) return undefined;
    this.#waitingCount++;
    try {
      return await answer;
    } finally {
      this.#waitingCount--;
    }
  }

  /** Gives up waiting for flows that are stopped: those of one hook, or all. */
  abandonAll(hookId?: string): void {
    for (const underWay of [...this.#underWay.values()])
      if (hookId === undefined || underWay.hookId === hookId) underWay.abandon();
  }
}
