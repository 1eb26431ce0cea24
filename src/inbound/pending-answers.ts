import type { Clock, Timer } from '../platform/clock.ts';
import { answerRefusal, silence } from './answer.ts';
import type { Arrival } from './gate-host.ts';
import { refusal, type RefusalCode } from './refusals.ts';

interface Pending {
  readonly arrival: Arrival;
  readonly hookId: string;
  readonly timer: Timer;
}

/** The requests whose answer is the flow's to give. */
export class PendingAnswers {
  readonly #pending = new Set<Pending>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get count(): number {
    return this.#pending.size;
  }

  /** Answers 504 when the flow has not begun to answer after `timeoutMs`. */
  await(arrival: Arrival, hook: { readonly id: string; readonly timeoutMs: number }): void {
    const { response } = arrival;
    const timer = this.#clock.after(hook.timeoutMs, () => this.#refuse(pending, 'flow_timeout'));
    const pending = { arrival, hookId: hook.id, timer };
    this.#pending.add(pending);
    const forget = (): void => this.#forget(pending);
    response.once('finish', forget).once('close', forget);
  }

  /** Answers 503 to those that still wait, of one hook or of all: their flow has been stopped. */
  refuseAll(hookId?: string): void {
    for (const pending of [...this.#pending])
      if (hookId === undefined || pending.hookId === hookId) this.#refuse(pending, 'flows_not_running');
  }

  #forget(pending: Pending): void {
    pending.timer.cancel();
    this.#pending.delete(pending);
  }

  #refuse(pending: Pending, code: RefusalCode): void {
    this.#forget(pending);
    const { response, recording } = pending.arrival;
    // A flow that has begun to answer, in parts for instance, is left to finish.
    if (response.headersSent) return;
    recording?.refuse(refusal(code));
    answerRefusal(pending.arrival, refusal(code), this.#clock);
    silence(response);
  }
}
