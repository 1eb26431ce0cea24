import type { Clock } from '../../platform/clock.ts';
import type { InboundHook } from '../hook.ts';
import { isRefusal, refusal, type Refusal } from '../refusals.ts';
import { FailureLimit } from './failure-limit.ts';
import { RateLimit } from './rate-limit.ts';

/** A request's sender, as far as the connection tells. */
export interface Sender {
  readonly hook: InboundHook;
  readonly remoteAddress: string | null;
}

/** What keeps the senders of hooks within bounds. It outlives deploys, so that none of them gives new tries to who guesses. */
export class SenderLimits {
  readonly #failures: FailureLimit;
  readonly #rates: RateLimit;

  constructor(clock: Clock) {
    this.#failures = new FailureLimit(clock);
    this.#rates = new RateLimit(clock);
  }

  /** Refuses who may not send from there, or has failed too often, before anything that was sent is looked at. */
  refuseSender(sender: Sender): Refusal | undefined {
    if (!sender.hook.allowedAddresses.includes(sender.remoteAddress)) return refusal('address_not_allowed');
    const waitMs = asksForProof(sender.hook) ? this.#failures.waitMs(idOf(sender)) : 0;
    return waitMs > 0 ? refusal('too_many_failures', retryAfter(waitMs)) : undefined;
  }

  /** Refuses what goes beyond the hook's rate. */
  refuseExcess({ hook }: Sender): Refusal | undefined {
    const waitMs = this.#rates.take(hook, hook.ratePerSecond);
    return waitMs > 0 ? refusal('rate_limited', retryAfter(waitMs)) : undefined;
  }

  /** Takes what came of a check of the sender, whether of credentials or of a signature; other refusals tell nothing of the sender. */
  noteCheck(sender: Sender, result: object): void {
    if (!asksForProof(sender.hook)) return;
    if (!isRefusal(result)) this.#failures.noteSuccess(idOf(sender));
    else if (result.refused === 'unauthorized' || result.refused === 'forbidden')
      this.#failures.noteFailure(idOf(sender));
  }
}

const asksForProof = ({ authenticator, signing, isGuardedByHost }: InboundHook): boolean =>
  isGuardedByHost || signing !== undefined || authenticator.scheme !== 'none';

const idOf = ({ hook, remoteAddress }: Sender) => ({ hookId: hook.id, remoteAddress });

const retryAfter = (waitMs: number) => ({ 'Retry-After': String(Math.ceil(waitMs / 1000)) });
